// Servers of others to which records are sent: each in a folder of its own, on loopback, for
// as long as a test needs it.
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { root } from "./place.js";

/** A program that `cargo xtask test` has installed, or unpacked. */
function found(name) {
  const folders = [...process.env.PATH.split(delimiter), "/usr/sbin", join(root, "target/servers/usr/sbin")];
  const file = folders.map((folder) => join(folder, name)).find(existsSync);
  if (!file) throw new Error(`${name} is not here: run \`cargo xtask test package\``);
  return file;
}

const listening = (server) => new Promise((done) => server.listen(0, "127.0.0.1", () => done(server.address().port)));

/** A port that nobody has, a moment ago. */
async function free() {
  const server = createServer();
  const port = await listening(server);
  await new Promise((done) => server.close(done));
  return port;
}

async function answers(url, child) {
  for (let turn = 0; turn < 200; turn += 1) {
    if (child.exitCode !== null) throw new Error(`it ended: ${child.said}`);
    const isThere = await fetch(url).then(() => true, () => false);
    if (isThere) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`nobody answers at ${url}: ${child.said}`);
}

/** Starts a program that serves `records/` of a folder of its own, by what `configure` writes. */
async function started(name, words, configure) {
  const folder = mkdtempSync(join(tmpdir(), `ruhu-${name}-`));
  const records = join(folder, "records");
  for (const one of [records, join(folder, "own")]) mkdirSync(one);
  const port = await free();
  const file = join(folder, "server.conf");
  writeFileSync(file, configure({ folder, port }));
  const child = spawn(found(name), words(file, folder), { stdio: ["ignore", "pipe", "pipe"] });
  child.said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part) => { child.said += part; });
  }
  const ended = new Promise((done) => child.on("exit", done));
  const close = async () => {
    child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}/`;
  try {
    await answers(url, child);
  } catch (why) {
    await close();
    throw why;
  }
  return { url: `${url}records/`, folder: records, close };
}

/** Who a server may be that root starts: neither of them serves as root. */
const isRoot = process.getuid?.() === 0;

function giveAway(folder) {
  if (!isRoot) return;
  const [user, group] = ["-u", "-g"].map((word) => Number(execFileSync("id", [word, "www-data"])));
  for (const one of [folder, join(folder, "records"), join(folder, "own")]) chownSync(one, user, group);
}

/** Apache with WebDAV, which heeds preconditions; its tags are digests of what is there. */
export function apache() {
  const places = ["/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/usr/libexec/apache2"];
  const modules = places.find(existsSync);
  return started("apache2", (file) => ["-f", file, "-D", "FOREGROUND"], ({ folder, port }) => {
    giveAway(folder);
    const load = (name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`;
    return [
      ...["mpm_event", "authz_core", "dav", "dav_fs"].map(load),
      ...isRoot ? ["User www-data", "Group www-data"] : [],
      `ServerRoot ${folder}`, "ServerName 127.0.0.1", `Listen 127.0.0.1:${port}`,
      `PidFile ${folder}/own/pid`, `ErrorLog ${folder}/own/errors`, `DocumentRoot ${folder}`,
      `DavLockDB ${folder}/own/locks`, "FileETag Digest", "LimitRequestBody 100000",
      `<Directory ${folder}/records>`, "Dav On", "</Directory>",
    ].join("\n");
  });
}

/** nginx with WebDAV, which lets one copy overwrite another. */
export function nginx() {
  return started("nginx", (file, folder) => ["-e", `${folder}/own/errors`, "-c", file], ({ folder, port }) => {
    giveAway(folder);
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map((name) => `${name}_temp_path ${folder}/own/${name};`);
    return [
      "daemon off; worker_processes 1; events {}", `pid ${folder}/own/pid;`,
      ...isRoot ? ["user www-data;"] : [], "http {", "access_log off;", ...temporary,
      `server { listen 127.0.0.1:${port}; root ${folder};`,
      "location /records/ { dav_methods PUT DELETE; } } }",
    ].join("\n");
  });
}

/** Serves what `answer(request, reply, body)` says. */
export async function serving(answer) {
  const asked = [];
  const server = createServer(async (request, reply) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts).toString();
    const { method, url, headers } = request;
    asked.push({ method, path: url, name: decodeURIComponent(url.split("/").at(-1)), headers, body });
    try {
      await answer(request, reply, body);
    } catch {
      // Whoever answers by a failure breaks the line.
      reply.destroy();
    }
  });
  const port = await listening(server);
  return {
    asked,
    /** How often something other than the probe was put there. */
    puts: () => asked.filter(({ method, name }) => method === "PUT" && name !== "probe").length,
    url: `http://127.0.0.1:${port}/records/`,
    close: () => new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    }),
  };
}

/** Stands in front of a server; `spoil(request)` true cuts the way back, once all is done. */
export function inFrontOf(url, spoil) {
  return serving(async (request, reply, body) => {
    const { method, headers } = request;
    const { host, connection, "content-length": length, "transfer-encoding": coding, ...others } = headers;
    const name = request.url.split("/").at(-1);
    const answer = await fetch(url + name, { method, headers: others, body: body || undefined });
    const text = await answer.text();
    if (spoil(request)) return reply.destroy();
    const { "content-encoding": packed, "content-length": size, connection: kept, ...told } = Object.fromEntries(answer.headers);
    reply.writeHead(answer.status, told).end(text);
  });
}
