// The form in a frame, across two origins: who may talk to it, and that nobody else hears.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { nothingElse, visit } from "./browser.js";
import { packed, serve } from "./place.js";

const record = { ruhu: 1, id: "one", standard: "sichuan-household-2016", year: 2017, date: "2017-10-15" };

let portal;
let forms;
let stranger;
let folders;

const page = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>portal</title>
<iframe id="frame" title="form" width="800"></iframe><script type="module" src="page.js"></script></html>`;

const script = `
  import { FramedVisit } from "./ruhu/connect.js";
  globalThis.FramedVisit = FramedVisit;
  globalThis.posted = [];
  addEventListener("message", ({ data, origin }) => posted.push([data, origin]));`;

before(async () => {
  folders = await Promise.all(["portal", "forms"].map((name) => mkdtemp(join(tmpdir(), `ruhu-${name}-`))));
  const [at, behind] = folders;
  await writeFile(join(at, "index.html"), page);
  await writeFile(join(at, "page.js"), script);
  await cp(join(packed(), "ruhu"), behind, { recursive: true });
  const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; frame-src *";
  portal = await serve({ "/": at, "/ruhu/": join(packed(), "ruhu") }, policy);
  stranger = await serve({ "/": at, "/ruhu/": join(packed(), "ruhu") }, policy);
  forms = await serve({ "/": behind }, "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'");
  const frame = join(behind, "frame.html");
  const text = await readFile(frame, "utf8");
  const { origin } = new URL(portal.url);
  const named = text.replace(/(name="?ruhu-parents"? content=)""/, `$1"https://other.example ${origin}"`);
  assert.notEqual(named, text);
  await writeFile(frame, named);
});

after(async () => {
  await Promise.all([portal, forms, stranger].map((one) => one?.close()));
  await Promise.all(folders.map((one) => rm(one, { recursive: true, force: true })));
});

const connect = (page, settings) => page.evaluate(([url, settings]) => {
  const frame = document.querySelector("#frame");
  globalThis.kept = [];
  const keep = settings.storage === "host" ? async (text) => { kept.push(JSON.parse(text)); } : undefined;
  globalThis.framed = new FramedVisit(frame, new URL(url).origin, { ...settings, keep });
  globalThis.told = [];
  for (const name of ["verdict", "change", "finish", "refused", "height"]) {
    framed.addEventListener(`ruhu-${name}`, ({ detail }) => told.push([name, detail]));
  }
  frame.src = `${url}frame.html`;
}, [forms.url, settings]);

test("a portal that is named talks to it: prefill, verdict, keeping, height", { timeout: 60_000 }, async () => {
  const { page, complaints, close } = await visit(portal.url);
  await page.waitForFunction(() => globalThis.FramedVisit);
  await connect(page, { record: { ...record, answers: { village: "东村" } }, storage: "host" });
  await page.evaluate(() => framed.ready);
  assert.equal((await page.evaluate(() => framed.record())).answers.village, "东村");
  const said = await page.evaluate(() => framed.answer("eats_enough", "no"));
  assert.match(said, /未达标/);
  await page.waitForFunction(() => told.some(([name]) => name === "verdict"));
  assert.equal((await page.evaluate(() => told.find(([name]) => name === "verdict")[1])).verdict, "not_met");
  assert.equal(await page.evaluate(() => framed.flush()), true);
  assert.equal((await page.evaluate(() => kept)).at(-1).answers.eats_enough, "no");
  await page.waitForFunction(() => document.querySelector("#frame").clientHeight > 600);
  const before = await page.evaluate(() => document.querySelector("#frame").clientHeight);
  await page.waitForTimeout(600);
  assert.equal(await page.evaluate(() => document.querySelector("#frame").clientHeight), before, "it does not grow by itself");
  assert.equal((await page.evaluate(() => framed.report())).verdict, "not_met");
  await page.evaluate(() => framed.set("language", "en"));
  await page.frameLocator("#frame").getByRole("heading", { level: 1, name: "Household visit: exit from poverty" }).waitFor();
  const wrong = await page.evaluate(() => framed.load("x").catch((why) => why.message));
  assert.match(wrong, /`record` is an object/);
  assert.match(await page.evaluate(() => framed.set("nonce", "1").catch((why) => why.message)), /cannot be set/);
  // What went by the window was the hello, and held nothing.
  const posted = await page.evaluate(() => posted);
  assert.deepEqual(posted.map(([data]) => Object.keys(data).sort().join()), ["ruhu,type,version"]);
  nothingElse(complaints);
  await close();
});

test("any other page hears nothing and is not answered", { timeout: 60_000 }, async () => {
  const { page, close } = await visit(stranger.url);
  await page.waitForFunction(() => globalThis.FramedVisit);
  await connect(page, { record });
  await page.waitForTimeout(1500);
  assert.deepEqual(await page.evaluate(() => posted), []);
  // Not even if it speaks first.
  await page.evaluate((url) => {
    const { port1, port2 } = new MessageChannel();
    globalThis.heardOverPort = [];
    port1.onmessage = ({ data }) => heardOverPort.push(data);
    const frame = document.querySelector("#frame").contentWindow;
    frame.postMessage({ ruhu: 1, type: "begin", payload: {} }, new URL(url).origin, [port2]);
  }, forms.url);
  await page.waitForTimeout(1500);
  assert.deepEqual(await page.evaluate(() => heardOverPort), []);
  assert.equal(await page.frameLocator("#frame").locator("ruhu-visit").count(), 0);
  await close();
});

test("another version is not answered, and neither is a window that is not its parent", { timeout: 60_000 }, async () => {
  const { page, close } = await visit(portal.url);
  await page.waitForFunction(() => globalThis.FramedVisit);
  await page.evaluate((url) => { document.querySelector("#frame").src = `${url}frame.html`; }, forms.url);
  await page.waitForFunction(() => posted.length === 1);
  await page.evaluate((url) => {
    const frame = document.querySelector("#frame").contentWindow;
    const { origin } = new URL(url);
    frame.postMessage({ ruhu: 2, type: "begin", payload: {} }, origin, [new MessageChannel().port2]);
    frame.postMessage({ ruhu: 1, type: "begin", payload: {} }, origin);
    const other = document.createElement("iframe");
    document.body.append(other);
    const post = other.contentWindow.Function("frame", "origin", `
      frame.postMessage({ ruhu: 1, type: "begin", payload: {} }, origin, [new MessageChannel().port2]);`);
    post(frame, origin);
  }, forms.url).catch((why) => assert.match(why.message, /unsafe-eval|CSP|Content Security/));
  await page.waitForTimeout(1000);
  assert.equal(await page.frameLocator("#frame").locator("ruhu-visit").count(), 0);
  await close();
});

test("a frame that is loaded anew goes on with what was kept last, and with what was set", { timeout: 60_000 }, async () => {
  const { page, complaints, close } = await visit(portal.url);
  await page.waitForFunction(() => globalThis.FramedVisit);
  await connect(page, { record: { ...record, answers: { village: "东村" } }, storage: "host", year: 2018 });
  await page.evaluate(() => framed.ready);
  assert.equal((await page.evaluate(() => framed.record())).year, 2018);
  await page.evaluate(() => framed.answer("village", "西村"));
  // Somebody chooses another year in the form: it is the record's, and no longer the page's.
  await page.frameLocator("#frame").getByLabel("退出年度").selectOption("2017");
  await page.evaluate(() => framed.set("language", "en"));
  assert.equal(await page.evaluate(() => framed.flush()), true);
  const reload = () => page.evaluate(() => new Promise((done) => {
    framed.addEventListener("ruhu-ready", done, { once: true });
    document.querySelector("#frame").src += "";
  }));
  await reload();
  const { year, answers } = await page.evaluate(() => framed.record());
  assert.deepEqual([year, answers.village], [2017, "西村"]);
  await page.frameLocator("#frame").getByRole("heading", { level: 1, name: "Household visit: exit from poverty" }).waitFor();
  // What was loaded last counts, and not what the page had begun with, also where it keeps
  // nothing.
  await page.evaluate(() => framed.close());
  await connect(page, { record });
  await page.evaluate(() => framed.ready);
  await page.evaluate((record) => framed.load(record), { ...record, id: "two", answers: { village: "南村" } });
  await reload();
  assert.equal((await page.evaluate(() => framed.record())).id, "two");
  nothingElse(complaints);
  await close();
});

test("what no message can hold is sent as JSON; what is no record is told, and the form comes", { timeout: 60_000 }, async () => {
  const { page, close } = await visit(portal.url);
  await page.waitForFunction(() => globalThis.FramedVisit);
  await page.evaluate(([url, record]) => {
    // As a framework wraps what it watches.
    const watched = new Proxy(record, {});
    globalThis.framed = new FramedVisit(document.querySelector("#frame"), new URL(url).origin, { record: watched });
    document.querySelector("#frame").src = `${url}frame.html`;
  }, [forms.url, { ...record, answers: { village: "东村" } }]);
  await page.evaluate(() => framed.ready);
  assert.equal((await page.evaluate(() => framed.record())).answers.village, "东村");
  await page.evaluate((record) => framed.load(new Proxy(record, {})), { ...record, answers: { village: "西村" } });
  assert.equal((await page.evaluate(() => framed.record())).answers.village, "西村");
  await page.evaluate(() => framed.close());
  await connect(page, { record: "[]" });
  await page.evaluate(() => framed.ready);
  const [, { text }] = await page.evaluate(() => told.find(([name]) => name === "refused"));
  assert.match(text, /`record` is an object/);
  assert.equal((await page.evaluate(() => framed.report())).verdict, "unknown");
  await close();
});

test("who stops listening before the form is there is told so", { timeout: 60_000 }, async () => {
  const { page, close } = await visit(portal.url);
  await page.waitForFunction(() => globalThis.FramedVisit);
  const said = await page.evaluate((url) => {
    const framed = new FramedVisit(document.querySelector("#frame"), new URL(url).origin);
    framed.close();
    return framed.ready.then(() => "ready", (why) => why.message);
  }, forms.url);
  assert.equal(said, "closed");
  await close();
});
