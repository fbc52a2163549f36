// A browser for portals; whatever a page complains of is held against it.
import assert from "node:assert/strict";
import { after } from "node:test";
import { chromium } from "playwright-core";

export const args = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--js-flags=--expose-gc", "--enable-precise-memory-info",
];

let browser;

export function open() {
  browser ??= chromium.launch({
    executablePath: process.env.RUHU_CHROMIUM ?? "/usr/bin/chromium", args,
  });
  return browser;
}

after(async () => (await browser)?.close());

/** A page at an address, with what it complained of; `first` runs before its own scripts. */
export async function visit(url, look = { viewport: { width: 1280, height: 800 } }, first = () => {}) {
  const context = await (await open()).newContext({ locale: "zh-CN", ...look });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (said) => {
    if (["error", "warning"].includes(said.type())) complaints.push(said.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.addInitScript(() => {
    // The memories of the forms, as long as somebody holds them.
    globalThis.memories = [];
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = async (...given) => {
      const made = await instantiate(...given);
      if (made.exports?.memory) memories.push(new WeakRef(made.exports.memory));
      return made;
    };
    globalThis.heard = [];
    for (const name of ["ready", "change", "verdict", "finish", "refused", "crash"]) {
      addEventListener(`ruhu-${name}`, ({ detail, target }) => {
        heard.push({ name, detail: JSON.parse(JSON.stringify(detail)), id: target.id });
      });
    }
  });
  await page.addInitScript(first);
  await page.goto(url);
  return { page, complaints, close: () => context.close() };
}

/** What the element of a page says of itself once it is there. */
export async function isReady(page, which = "ruhu-visit") {
  await page.waitForSelector(which, { state: "attached", timeout: 30_000 });
  await page.locator(which).evaluate((element) => element.ready);
}

export const heard = (page, name) => page.evaluate((name) =>
  heard.filter((one) => one.name === name), name);

export async function until(page, name, count = 1) {
  await page.waitForFunction(([name, count]) =>
    heard.filter((one) => one.name === name).length >= count, [name, count]);
  return (await heard(page, name)).at(-1).detail;
}

/** The favicon that nobody has is not the form's. */
export function nothingElse(complaints, but = /404 \(Not Found\)/) {
  assert.deepEqual(complaints.filter((one) => !but.test(one)), []);
}
