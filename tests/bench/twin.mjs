// How much slower the twins in JavaScript are than the WebAssembly that they stand for: the
// same page twice, once under a policy that forbids it. Ratios of one run.
// node tests/bench/twin.mjs; RUHU_PACKAGE is the folder of `cargo xtask package`.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { median } from "./page/stats.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(process.env.RUHU_PACKAGE ?? join(root, "target/package"), "ruhu");
const ROUNDS = 7;

const types = {
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
};
const PAGE = `<!doctype html><meta charset="utf-8"><ruhu-visit></ruhu-visit>
<script type="module" src="page.js"></script>`;
const SCRIPT = `import { define } from "./visit.js";
import * as ruhu from "./ruhu.js";
define();
globalThis.ruhu = ruhu;`;

async function serve(policy) {
  const server = createServer((request, reply) => {
    const name = new URL(request.url, "http://x").pathname.slice(1) || "index.html";
    const own = { "index.html": PAGE, "page.js": SCRIPT }[name];
    try {
      const body = own ?? readFileSync(join(folder, name));
      reply.writeHead(200, {
        "content-type": types[extname(name)] ?? "text/plain", "content-security-policy": policy,
      }).end(body);
    } catch {
      reply.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** In a page: milliseconds until the form is there, of an answer with what it changed, of a record. */
async function measured(records) {
  const visit = document.querySelector("ruhu-visit");
  await visit.ready;
  const ready = performance.now();
  await ruhu.ready();
  const each = (all, work) => {
    const began = performance.now();
    all.forEach(work);
    return (performance.now() - began) / all.length;
  };
  visit.record = records[0];
  const keys = Array.from({ length: 60 }, (_, at) => `${at % 2 ? 5 : 60}`);
  const answer = (text) => {
    if (!visit.answer("water_litres", text)) throw new Error("nothing was judged otherwise");
  };
  const assess = (text) => ruhu.assess(text, { as: "text" });
  // What is run for the first time is compiled then.
  each(keys, answer);
  each(records, assess);
  return { ready, key: each(keys, answer), assess: each(records, assess) };
}

const made = execFileSync(process.env.RUHU_CLI ?? join(root, "target/release/ruhu"), [
  "sample", "--households", "200", "--seed", "1",
], { maxBuffer: 1 << 26 });
const records = made.toString().trim().split("\n");
const places = {
  wasm: await serve("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"),
  twin: await serve("default-src 'self'"),
};
const browser = await chromium.launch({
  executablePath: process.env.RUHU_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const found = { wasm: [], twin: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, { url }] of Object.entries(places)) {
    const context = await browser.newContext({ viewport: { width: 412, height: 915 } });
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForFunction(() => globalThis.ruhu);
    found[name].push(await page.evaluate(measured, records));
    await context.close();
  }
}
await browser.close();
Object.values(places).forEach((place) => place.close());
for (const [what, said] of [["ready", "the form is there"], ["key", "an answer"], ["assess", "assess()"]]) {
  const [wasm, twin] = ["wasm", "twin"].map((name) => median(found[name].map((one) => one[what])));
  console.log(`${said.padEnd(18)} ${wasm.toFixed(2)} ms, by the twin ${twin.toFixed(2)}: ${(twin / wasm).toFixed(1)} times`);
}
