// What a portal pays: the element beside the form's own page, a record judged on Node beside
// reading and writing the same JSON, and the bytes of each way in. Ratios of one run.
// node tests/bench/portal.mjs; RUHU_PACKAGE is the folder of `cargo xtask package`, and
// RUHU_URL the form as served.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "playwright-core";
import { median } from "./page/stats.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(process.env.RUHU_PACKAGE ?? join(root, "target/package"), "ruhu");
const ROUNDS = 15;

const types = {
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
};
const PAGE = `<!doctype html><meta charset="utf-8"><ruhu-visit></ruhu-visit>
<script type="module">import { define } from "./visit.js"; define();</script>`;

/** The bytes that a browser loads for these, as a web server would compress them. */
function weigh(names) {
  const packed = names.map((name) => brotliCompressSync(readFileSync(join(folder, name)), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
  }).length);
  return packed.reduce((all, one) => all + one, 0);
}

function bytes() {
  const all = readdirSync(folder);
  const named = (...stems) => all.filter((name) => stems.includes(name.split(".")[0]) &&
    !name.endsWith(".d.ts") && !name.endsWith(".json") && statSync(join(folder, name)).isFile());
  const kind = (end, names) => names.filter((name) => name.endsWith(end));
  const first = [
    ...named("visit", "form", "element", "ruhu_web_bg", "twin"), ...kind(".js", named("rest")),
  ];
  const rest = [...kind(".wasm", named("rest")), ...kind(".css", named("rest"))];
  console.log(`element, first load   ${weigh(first)} bytes brotli -11 (reach: 160,000)`);
  console.log(`  what follows        ${weigh(rest)}`);
  console.log(`in one file           ${weigh(["single.js"])} (reach: 240,000)`);
  console.log(`core without a form   ${weigh(named("ruhu", "ruhu_assess", "ruhu_assess_bg", "twin"))}`);
}

async function node() {
  const ruhu = await import(pathToFileURL(join(folder, "node.js")));
  const made = execFileSync(process.env.RUHU_CLI ?? join(root, "target/release/ruhu"), [
    "sample", "--households", "300", "--seed", "1",
  ], { maxBuffer: 1 << 26 });
  const records = made.toString().trim().split("\n").map((line) => JSON.parse(line));
  const reports = ruhu.assess(records);
  const both = records.map((record, at) => [JSON.stringify(record), JSON.stringify(reports[at])]);
  const time = (work) => {
    const began = performance.now();
    for (let at = 0; at < records.length; at += 1) work(at);
    return (performance.now() - began) / records.length * 1000;
  };
  const found = { json: [], assess: [], decide: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    found.json.push(time((at) => both[at].forEach((text) => JSON.stringify(JSON.parse(text)))));
    found.assess.push(time((at) => ruhu.assess(records[at])));
    found.decide.push(time((at) => ruhu.decide(records[at])));
  }
  const [json, assess, decide] = [found.json, found.assess, found.decide].map(median);
  console.log(`JSON read and written ${json.toFixed(0)} µs a record with its report`);
  console.log(`assess()              ${assess.toFixed(0)} µs, ${(assess / json).toFixed(1)} times (reach: 4)`);
  console.log(`decide()              ${decide.toFixed(0)} µs`);
}

async function element() {
  const url = process.env.RUHU_URL;
  if (!url) return console.log("RUHU_URL is not set: the element is not measured beside the page");
  const server = createServer((request, reply) => {
    const name = new URL(request.url, "http://x").pathname.slice(1);
    try {
      const body = name ? readFileSync(join(folder, name)) : PAGE;
      reply.writeHead(200, { "content-type": types[extname(name || "x.html")] ?? "text/plain" }).end(body);
    } catch {
      reply.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const places = { page: url, element: `http://127.0.0.1:${server.address().port}/` };
  const browser = await chromium.launch({
    executablePath: process.env.RUHU_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const found = { page: [], element: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, at] of Object.entries(places)) {
      const context = await browser.newContext({ viewport: { width: 412, height: 915 } });
      const page = await context.newPage();
      await page.goto(at);
      const drawn = await page.evaluate(() => new Promise((done) => {
        const look = () => {
          const shadow = document.querySelector("ruhu-visit")?.shadowRoot;
          const bar = (shadow ?? document).querySelector(".ruhu .bar");
          if (bar) done(performance.now());
          else requestAnimationFrame(look);
        };
        look();
      }));
      found[name].push(drawn);
      await context.close();
    }
  }
  await browser.close();
  server.close();
  const [page, drawn] = [found.page, found.element].map(median);
  console.log(`the form's own page   ${page.toFixed(0)} ms until it is drawn`);
  console.log(`the element           ${drawn.toFixed(0)} ms, ${(drawn / page).toFixed(2)} times (reach: 1.2)`);
}

bytes();
await node();
await element();
