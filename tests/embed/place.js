// Where things are, and a server of files under the policy that a careful portal has.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = fileURLToPath(new URL("../../", import.meta.url));

const needed = (name, how) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run \`cargo xtask test package\`, or set it to ${how}`);
  return value;
};

/** The folder with the package, and `ruhu-<version>.tgz` beside it. */
export const packed = () => needed("RUHU_PACKAGE", "target/package");
/** The command line. */
export const program = () => needed("RUHU_CLI", "target/release/ruhu");

export const run = promisify(execFile);

const types = {
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css",
  ".wasm": "application/wasm", ".txt": "text/plain; charset=utf-8", ".json": "application/json",
};

/** The policy of a portal that allows nothing it need not. */
export const STRICT = [
  "default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", "require-trusted-types-for 'script'",
].join("; ");

/** Serves files by folder: `{ "/": one, "/ruhu/": another }`, and writes down who asks what. */
export async function serve(folders, policy = STRICT) {
  const asked = [];
  const server = createServer(async (request, reply) => {
    const { pathname } = new URL(request.url, "http://localhost");
    asked.push(pathname);
    const known = Object.keys(folders).filter((start) => pathname.startsWith(start));
    const start = known.sort((a, b) => b.length - a.length)[0];
    const name = normalize(pathname.slice(start.length)) || "index.html";
    const file = typeof folders[start] === "string" ? join(folders[start], name === "." ? "index.html" : name) : undefined;
    try {
      const bytes = await readFile(file);
      reply.writeHead(200, {
        "content-type": types[extname(file)] ?? "application/octet-stream",
        "content-security-policy": policy,
      });
      reply.end(bytes);
    } catch {
      reply.writeHead(404, { "content-type": "text/plain" }).end("no such file");
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    asked,
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    }),
  };
}
