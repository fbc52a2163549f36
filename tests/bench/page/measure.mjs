// The measurements, each on one page in a context of its own that is closed afterwards.
import { readFileSync } from "node:fs";
import { amount, household } from "./households.mjs";
import { household as values } from "./vanilla/household.js";
import { judge } from "./vanilla/judge.js";

const probe = readFileSync(new URL("probe.js", import.meta.url), "utf8");
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** What the bar says of a household all of which is known. */
function barOf(record) {
  const met = judge(values(record)).met.filter(Boolean).length;
  return [met, 9 - met, 0].join("/");
}

const blankBar = "0/0/9";

/** A fresh phone, slowed down, with a page that is usable as a whole. */
async function open(browser, contestant, { members, rate }) {
  const viewport = { width: 412, height: 915 };
  const context = await browser.newContext({ viewport, locale: "zh-CN" });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  const record = members && household(members);
  const looks = Object.entries(contestant.look);
  const look = looks.map(([name, how]) => `${name}: (all, text) => () => ${how}`).join();
  const want = record ? barOf(record) : blankBar;
  const given = { want, record: record && JSON.stringify(record) };
  const filled = `Object.assign(${JSON.stringify(given)}, { look: { ${look} } })`;
  await page.addInitScript(probe.replace("/* given */", () => filled));
  const cdp = await context.newCDPSession(page);
  // Durations below are processor time of the page's own thread: other programs cost none.
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  if (rate > 1) await cdp.send("Emulation.setCPUThrottlingRate", { rate });
  const close = () => context.close();
  try {
    await page.goto(contestant.url, { waitUntil: "commit" });
    const seen = page.evaluate(() => Promise.all([window.__bench.usable, window.__bench.whole]));
    const [usable, whole] = await within(60_000, seen);
    if (problems.length > 0) throw new Error(problems[0]);
    return { page, cdp, usable, whole, close };
  } catch (error) {
    const seen = page.evaluate(() => window.__bench.see.bar());
    const bar = await within(2000, seen).catch(() => "?");
    await close();
    throw new Error(`${contestant.id}: not usable (bar ${bar}, want ${want}): ${error.message}`);
  }
}

function within(ms, promise) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`nothing after ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Milliseconds from navigation to a first question and to a whole page that can be filled
 *  in, and of processor time. */
export async function load(browser, contestant, how) {
  const { cdp, usable, whole, close } = await open(browser, contestant, how);
  try {
    const { metrics } = await cdp.send("Performance.getMetrics");
    const busy = metrics.find((one) => one.name === "TaskDuration")?.value;
    return { usable, whole, busy: busy * 1000 };
  } finally {
    await close();
  }
}

/** Bytes after two collections: objects of JavaScript, and WebAssembly's own memory. */
export async function memory(browser, contestant, how) {
  const { page, cdp, close } = await open(browser, contestant, { ...how, rate: 1 });
  try {
    await pause(1000);
    await cdp.send("HeapProfiler.collectGarbage");
    await cdp.send("HeapProfiler.collectGarbage");
    const { usedSize } = await cdp.send("Runtime.getHeapUsage");
    return { heap: usedSize, wasm: await page.evaluate(() => window.__bench.wasm()) };
  } finally {
    await close();
  }
}

/** From a key to the right bar and the right sentence; a digit and Backspace in turn. */
export async function keys(browser, contestant, { members, rate, edits }) {
  const { page, close } = await open(browser, contestant, { members, rate });
  const patience = rate > 1 ? 8000 : 4000;
  const base = amount(members);
  const bars = [barOf(household(members, `${base}7`)), barOf(household(members))];
  const sentences = [];
  const samples = [];
  try {
    await contestant.toAmount(page);
    const box = page.locator(contestant.amount);
    await box.scrollIntoViewIfNeeded();
    await box.focus();
    await page.keyboard.press("End");
    await pause(500);
    for (let at = 0; at < edits + 6; at++) {
      const turn = at % 2;
      await page.evaluate(
        ([bar, sentence, ms]) => window.__bench.armKey(bar, sentence, ms),
        [bars[turn], sentences[turn], patience],
      );
      await page.keyboard.press(turn ? "Backspace" : "7");
      const took = await page.evaluate(() => window.__bench.result);
      if (!took) throw new Error(await page.evaluate(() => `bar ${window.__bench.see.bar()}`));
      await pause(rate > 1 ? 150 : 70);
      // The first rounds warm up, and show what sentence each amount has.
      if (at < 2) sentences[turn] = await page.evaluate(() => window.__bench.see.sentence());
      if (at >= 6) samples.push(took);
    }
    if (!sentences[0] || sentences[0] === sentences[1]) throw new Error("its sentence stays");
    return samples;
  } catch (error) {
    throw new Error(`${contestant.id}: ${members} members, a key: ${error.message}`);
  } finally {
    await close();
  }
}

/** From the press of "add" to the new member's questions, and the nodes it touches. */
export async function adds(browser, contestant, { members, rate, rows }) {
  const { page, close } = await open(browser, contestant, { members, rate });
  const samples = [];
  try {
    await contestant.toMembers(page);
    await pause(rate > 1 ? 1500 : 700);
    for (let at = 0; at < rows; at++) {
      await page.evaluate((ms) => window.__bench.armAdd(ms), rate > 1 ? 15_000 : 8000);
      await page.evaluate(() => window.__bench.see.add().click());
      const took = await page.evaluate(() => window.__bench.result);
      if (!took) throw new Error("no new row");
      await pause(rate > 1 ? 1200 : 600);
      const touched = await page.evaluate(() => window.__bench.touched());
      samples.push({ time: took.key, touched });
    }
    return samples;
  } catch (error) {
    throw new Error(`${contestant.id}: ${members} members, one more: ${error.message}`);
  } finally {
    await close();
  }
}
