// A host of the build that does what hosts do: it goes away, gives out a newer build, fails
// at one file. It writes down whatever is asked of it, or, as the device's proxy, of anyone.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { url } from "./address.js";

const digest = (bytes) => createHash("sha256").update(bytes);
const print = (bytes) => digest(bytes).digest("hex").slice(0, 10);
const integrity = (bytes) => `sha256-${digest(bytes).digest("base64")}`;
const lasting = /\.[0-9a-f]{10}(?=\.\w+$)/;
const isText = /\.(html|js|css|svg|webmanifest|json)$/;

// The build that the journeys are given, file by file, as its own server hands it out.
export async function build() {
  const take = async (name) => {
    const answer = await fetch(new URL(name, url));
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return { headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  const list = JSON.parse((await take("precache-manifest.json")).bytes);
  const names = [...list.map((one) => one.url), "sw.js"];
  return new Map(await Promise.all(names.map(async (name) => [name, await take(name)])));
}

// A newer build: some files changed, and by the build's own rule every name that follows
// from that, the worker's list and its version.
export function renew(files, change) {
  const made = new Map(files);
  const put = (name, text) => {
    const bytes = Buffer.from(text);
    const { headers } = made.get(name);
    made.delete(name);
    const done = name.replace(lasting, `.${print(bytes)}`);
    made.set(done, { headers, bytes });
    const names = ([other, file]) => done !== name && other !== "sw.js" &&
      isText.test(other) && file.bytes.includes(name);
    for (let other; (other = [...made].find(names));) {
      put(other[0], other[1].bytes.toString().replaceAll(name, done));
    }
  };
  for (const [start, edit] of Object.entries(change)) {
    const name = [...made.keys()].find((name) => name.startsWith(start));
    put(name, edit(made.get(name).bytes.toString()));
  }
  const kept = [...made].filter(([name]) => name !== "sw.js");
  const list = Object.fromEntries(kept.map(([name, { bytes }]) => [name, integrity(bytes)]));
  const all = JSON.stringify(list, null, 2);
  put("sw.js", made.get("sw.js").bytes.toString()
    .replace(/const FILES = \{[^}]*\}/, () => `const FILES = ${all}`)
    .replace(/const VERSION = "\w+"/, `const VERSION = "${print(Buffer.from(all))}"`));
  return made;
}

export class Host {
  constructor(files, folder = "/") {
    this.files = files;
    this.folder = folder;
    this.asked = [];
    this.fails = new Map();
  }

  async start(port = 0) {
    this.server = createServer((request, reply) => this.#answer(request, reply));
    this.server.on("connect", (request, socket) => {
      this.asked.push(`CONNECT ${request.url}`);
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    await new Promise((done) => this.server.listen(port, "127.0.0.1", done));
    this.port = this.server.address().port;
    this.url = `http://127.0.0.1:${this.port}${this.folder}`;
    return this;
  }

  // Gone: whoever asks is refused.
  async stop() {
    if (!this.server.listening) return;
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  again() {
    return this.start(this.port);
  }

  #answer(request, reply) {
    const at = new URL(request.url, this.url).href;
    this.asked.push(`${request.method} ${at}`);
    const path = at.startsWith(this.url) ? at.slice(this.url.length) : undefined;
    const name = path === "" ? "index.html" : path;
    const file = this.files.get(name);
    const fails = this.fails.get(name);
    if (fails || !file) {
      const { status, body } = fails ?? { status: 404, body: "no such file" };
      reply.writeHead(status, { "content-type": "text/html", "cache-control": "no-store" });
      return reply.end(body);
    }
    for (const key of ["content-type", "cache-control", "content-security-policy"]) {
      reply.setHeader(key, file.headers.get(key));
    }
    reply.end(file.bytes);
  }
}
