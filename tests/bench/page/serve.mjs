// A static server on loopback, compressing as a web server would.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
};

/** Serves a folder, compressed beforehand; gives its address and the way to end it. */
export async function serve(folder) {
  const files = new Map();
  for (const name of readdirSync(folder, { recursive: true })) {
    const path = join(folder, name);
    if (name.endsWith(".br") || statSync(path).isDirectory()) continue;
    const ready = existsSync(`${path}.br`);
    const body = ready ? readFileSync(`${path}.br`) : brotliCompressSync(readFileSync(path));
    files.set(`/${name}`, body);
  }
  const server = createServer((request, response) => {
    const asked = new URL(request.url, "http://localhost").pathname;
    const path = asked.endsWith("/") ? `${asked}index.html` : asked;
    const body = files.get(path);
    if (!body) return response.writeHead(404).end();
    const type = types[extname(path)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-encoding": "br" }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}
