// The form beside a page written by hand, in one run and taking turns: ratios, no verdict.
// node tests/bench/run.mjs [--quick] [--only=load,keys,add,memory,keep,core];
// RUHU_URL is the form as served, dist/ where it is not.
import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { contestants } from "./page/contestants.mjs";
import { compareCore } from "./page/core.mjs";
import { exporting, listing, saving, unlocking } from "./page/keep.mjs";
import { adds, keys, load, memory } from "./page/measure.mjs";
import { serve } from "./page/serve.mjs";
import { median, quantile } from "./page/stats.mjs";

const quick = process.argv.includes("--quick");
const only = process.argv.find((word) => word.startsWith("--only="))?.slice(7).split(",");
const wanted = (part) => !only || only.includes(part);
const rounds = quick ? 3 : 9;
const edits = quick ? 20 : 60;
const sessions = quick ? 1 : 2;
const rows = quick ? 3 : 6;
const rates = [1, 6];
const sizes = [5, 50];
const folder = (path) => fileURLToPath(new URL(path, import.meta.url));
const [vanilla, ours] = contestants;
const missing = [];
const loads = [];

/** Runs it for each in turn, several times over; what each one gave, by its id. */
async function inTurn(times, measure) {
  const found = Object.fromEntries(contestants.map(({ id }) => [id, []]));
  for (let round = 0; round < times; round++) {
    const order = round % 2 ? [...contestants].reverse() : contestants;
    for (const contestant of order) {
      try {
        found[contestant.id].push(await measure(contestant));
      } catch (error) {
        missing.push(error.message.split("\n")[0]);
      }
      loads.push(loadavg()[0]);
    }
  }
  return found;
}

const table = [];

function row(figure, [by, our], digits = 1, reach = "", is = () => true) {
  const isThere = Number.isFinite(our);
  const show = (value) => (Number.isFinite(value) ? value.toFixed(digits) : "–");
  const ratio = isThere && by > 0 ? our / by : undefined;
  const told = reach && isThere ? `${reach} ${is(ratio, our) ? "✓" : "✗"}` : reach;
  table.push([figure, show(by), show(our), ratio === undefined ? "–" : ratio.toFixed(2), told]);
}

const both = (found, of) => [of(found.vanilla.flat()), of(found.ours.flat())];
const most = (limit) => [`≤ ${limit}×`, (ratio) => ratio <= limit];

async function loading(browser) {
  for (const rate of rates) {
    for (const members of [0, ...sizes]) {
      const found = await inTurn(rounds, (one) => load(browser, one, { members, rate }));
      const what = members ? `${members} members` : "blank form";
      const of = (name) => both(found, (all) => median(all.map((one) => one[name])));
      row(`usable, ${what}, CPU ${rate}× (ms)`, of("usable"), 0, ...most(1.5));
      row(`whole, ${what}, CPU ${rate}× (ms)`, of("whole"), 0);
      if (rate === 1) row(`of it, processor time of the page's thread, ${what} (ms)`, of("busy"), 0);
    }
  }
}

async function typing(browser) {
  for (const rate of rates) {
    const p50 = [];
    for (const members of sizes) {
      const found = await inTurn(sessions, (one) => keys(browser, one, { members, rate, edits }));
      const part = (all, name, share) => quantile(all.map((one) => one[name]), share);
      const of = (name, share) => both(found, (all) => part(all, name, share));
      const what = `${members} members, CPU ${rate}× (ms)`;
      p50.push(of("key", 0.5));
      row(`key → verdict p50, ${what}`, of("key", 0.5), 2, ...most(1.5));
      row(`key → verdict p95, ${what}`, of("key", 0.95), 2, ...most(1.5));
      row(`of it, from the input event p50, ${what}`, of("input", 0.5), 2);
    }
    const flat = [0, 1].map((at) => p50[1][at] / p50[0][at]);
    row(`key p50, 50 members over 5, CPU ${rate}×`, flat, 2, "≤ 1.2", (_, our) => our <= 1.2);
  }
}

async function adding(browser) {
  for (const rate of rates) {
    const touched = [];
    for (const members of sizes) {
      const found = await inTurn(sessions, (one) => adds(browser, one, { members, rate, rows }));
      const of = (name) => both(found, (all) => median(all.map((one) => one[name])));
      touched.push(of("touched"));
      row(`add a member at ${members}, CPU ${rate}× (ms)`, of("time"), 1, ...most(2));
    }
    if (rate > 1) continue;
    sizes.forEach((members, at) => row(`nodes touched, at ${members}`, touched[at], 0));
    const flat = [0, 1].map((at) => touched[1][at] / touched[0][at]);
    row("nodes touched, 50 members over 5", flat, 2, "= 1", (_, our) => Math.abs(our - 1) < 0.05);
  }
}

async function weighing(browser) {
  const mb = (bytes) => bytes / 1e6;
  for (const members of [0, 5, 50]) {
    const found = await inTurn(quick ? 1 : 3, (one) => memory(browser, one, { members }));
    const of = (name) => both(found, (all) => mb(median(all.map(name))));
    const what = members ? `${members} members` : "blank form";
    const is = (_, our) => our <= 6;
    row(`memory, ${what} (MB)`, of((one) => one.heap + one.wasm), 2, "≤ 6 MB", is);
    row(`of it, WebAssembly's, ${what} (MB)`, of((one) => one.wasm), 2);
  }
}

async function keeping(browser) {
  const times = (found) => [median(found.by), median(found.our)];
  const { url } = ours;
  const saved = await saving(browser, url, quick ? 60 : 300);
  row("one change saved, over a bare put of the visit (ms)", times(saved), 2, ...most(2));
  const opened = await unlocking(browser, url, quick ? 5 : 20);
  row("unlocked by a PIN, over Argon2id alone (ms)", times(opened), 0, ...most(1.1));
  const given = await exporting(browser, url, 500, quick ? 3 : 7);
  row("500 visits handed over, over sealing and saving alone (ms)", times(given), 0, ...most(3));
  const lists = { few: [], many: [] };
  for (let round = 0; round < (quick ? 3 : 7); round += 1) {
    lists.few.push(await listing(browser, url, 30, 6));
    lists.many.push(await listing(browser, url, 2000, 6));
  }
  const of = (name) => [lists.few, lists.many].map((all) => median(all.map((one) => one[name])));
  const frame = (_, our) => our <= 100;
  const what = "2,000 visits, over 30";
  row(`${what}: longest frame while opened, CPU 6× (ms)`, of("opening"), 0, "≤ 100 ms", frame);
  row(`${what}: longest frame while scrolled, CPU 6× (ms)`, of("scrolling"), 0, "≤ 100 ms", frame);
  const bytes = of("bytes").map((count) => count / 1e6);
  row(`${what}: memory (MB)`, bytes, 1, "≤ 40 MB", (_, our) => our <= 40);
  loads.push(loadavg()[0]);
}

function print(browser) {
  const [least, middle, greatest] = [0, 0.5, 1].map((share) => quantile(loads, share)?.toFixed(1));
  console.log(`\n${new Date().toISOString()}, Chromium ${browser}, Node ${process.version}.`);
  console.log(`The machine's load was ${middle} (${least} to ${greatest}).`);
  console.log("CPU 6× is slowed down six times. Ratios may be quoted; times are this machine's.\n");
  console.log("| figure | vanilla | ours | ratio | reach |\n|---|---|---|---|---|");
  for (const cells of table) console.log(`| ${cells.join(" | ")} |`);
}

const servers = [await serve(folder("page/vanilla"))];
vanilla.url = servers[0].url;
ours.url = process.env.RUHU_URL;
const dist = folder("../../dist");
if (!ours.url && existsSync(`${dist}/index.html`)) {
  servers.push(await serve(dist));
  ours.url = servers[1].url;
}
if (!ours.url) throw new Error("no form to measure: run `cargo xtask build`, or give RUHU_URL");

const browser = await chromium.launch({
  executablePath: process.env.RUHU_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});
const version = browser.version();
// Whatever hangs, it ends.
setTimeout(() => process.exit(1), (quick ? 10 : 40) * 60_000).unref();
try {
  const parts = { load: loading, keys: typing, add: adding, memory: weighing, keep: keeping };
  for (const [name, part] of Object.entries(parts)) if (wanted(name)) await part(browser);
} finally {
  await browser.close();
}
print(version);
if (wanted("core")) {
  await compareCore(ours.url).catch((error) => missing.push(`the judges: ${error.message}`));
}
for (const server of servers) server.close();
for (const text of new Set(missing)) console.log(`\nnot measured: ${text}`);
process.exit(missing.length > 0 ? 1 : 0);
