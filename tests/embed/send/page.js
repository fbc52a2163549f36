// In a browser, under a strict policy: what is to be sent is kept sealed, of two pages one
// sends, and what two forms have answered differently is decided in one of them.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { args, nothingElse, open } from "../browser.js";
import { STRICT, packed, root, serve } from "../place.js";
import { serving } from "../servers.js";
import { Office, overHttp } from "./office.js";
import { outbox, put, record, sent } from "./outbox.js";

const pictures = join(root, "target/embed");

const files = {
  "index.html": `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>portal</title>
    <body><script type="module" src="page.js"></script></html>`,
  "page.js": `
    import { Outbox, put } from "./ruhu/send.js";
    import { define } from "./ruhu/visit.js";
    define();
    globalThis.told = [];
    globalThis.begin = (place) => {
      globalThis.box = new Outbox(put(place));
      for (const name of ["sent", "merged", "conflict", "unsent", "waiting"]) {
        box.addEventListener("ruhu-" + name, ({ detail }) => told.push({ name, detail }));
      }
    };
    globalThis.states = async () => Object.fromEntries((await box.items()).map(({ id, state }) => [id, state]));`,
};

/** Every file below a folder, as bytes. */
async function bytes(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const all = entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath ?? entry.path, entry.name)));
  return Promise.all(all);
}

/** A text as it may lie on a disk. */
function spelt(text) {
  const little = Buffer.from(text, "utf16le");
  return [Buffer.from(text), little, Buffer.from(little).swap16()];
}

const isIn = (all, text) => all.some((file) => spelt(text).some((one) => file.includes(one)));

describe("in a page", { concurrency: false }, () => {
  let portal;
  let folder;
  let office;
  let server;
  let isCut = false;

  before(async () => {
    await mkdir(pictures, { recursive: true });
    folder = await mkdtemp(join(tmpdir(), "ruhu-send-"));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    office = new Office();
    server = await serving(overHttp(office, () => {
      if (isCut) throw new Error("cut");
    }));
    const policy = `${STRICT}; connect-src 'self' ${new URL(server.url).origin}`;
    portal = await serve({ "/": folder, "/ruhu/": join(packed(), "ruhu") }, policy);
  });

  after(async () => {
    await Promise.all([portal, server].map((one) => one?.close()));
    await rm(folder, { recursive: true, force: true });
  });

  /** A page of a browser, with an outbox; what it complains of is gathered. */
  async function opened(context, complaints = []) {
    const page = await context.newPage();
    page.on("console", (said) => {
      if (["error", "warning"].includes(said.type())) complaints.push(said.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await begun(page);
    return page;
  }

  async function begun(page) {
    await page.goto(portal.url);
    await page.waitForFunction(() => globalThis.begin);
    await page.evaluate((place) => begin(place), server.url);
  }

  async function inContext(options, work) {
    const context = await (await open()).newContext({ locale: "zh-CN", ...options });
    const complaints = [];
    try {
      await work(context, complaints);
      nothingElse(complaints, /404 \(Not Found\)|412 \(Precondition Failed\)|ERR_EMPTY_RESPONSE|ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
    } finally {
      await context.close();
    }
  }

  const states = (page) => page.evaluate(() => globalThis.states());
  const puts = (id) => server.asked.filter(({ method, name }) => method === "PUT" && name === id).length;
  async function arrived(page, ...ids) {
    const until = Date.now() + 12_000;
    let all;
    while (Date.now() < until) {
      all = await states(page);
      if (ids.every((id) => all[id] === "sent")) return;
      await page.waitForTimeout(50);
    }
    assert.fail(JSON.stringify(all));
  }

  test("what was added is there when the browser begins again, and nobody can read it", { timeout: 90_000 }, async (context) => {
    const place = await mkdtemp(join(tmpdir(), "ruhu-browser-"));
    const launch = () => chromium.launchPersistentContext(place, {
      executablePath: process.env.RUHU_CHROMIUM ?? "/usr/bin/chromium", args, locale: "zh-CN",
    });
    isCut = true;
    let browser = await launch();
    context.after(async () => {
      await browser.close();
      await rm(place, { recursive: true, force: true });
    });
    let page = await opened(browser);
    await page.evaluate((one) => box.add(one), record("kept-0001", { householder: "欧阳娜娜", village: "Xanadu-Village", note: "靠打工" }));
    await page.evaluate((one) => box.add(one), record("kept-0001", { householder: "欧阳娜娜", village: "Xanadu-Village", note: "靠种地" }));
    await page.evaluate(() => box.run(true));
    assert.deepEqual(await states(page), { "kept-0001": "waiting" });
    await begun(page);
    assert.deepEqual(await states(page), { "kept-0001": "waiting" });
    await page.close();
    await browser.close();
    const all = await bytes(join(place, "Default", "IndexedDB"));
    // The search finds what is there, such as the id by which it is kept.
    assert.ok(isIn(all, "kept-0001"));
    for (const text of ["欧阳娜娜", "Xanadu", "打工", "种地", "householder", "village", "answers"]) {
      assert.ok(!isIn(all, text), text);
    }
    isCut = false;
    browser = await launch();
    page = await opened(browser);
    await arrived(page, "kept-0001");
    assert.equal(JSON.parse(office.copies.get("kept-0001").text).answers.note, "靠种地");
  });

  test("of two pages each record is sent by one, once", { timeout: 60_000 }, () =>
    inContext({}, async (context, complaints) => {
      const pages = [await opened(context, complaints), await opened(context, complaints)];
      const ids = Array.from({ length: 12 }, (_, at) => `twice-${at}`);
      const made = ids.map((id) => record(id, { village: id }));
      await Promise.all(pages.map((page) => page.evaluate((all) =>
        Promise.all(all.map((one) => box.add(one))), made)));
      await Promise.all(pages.map((page) => page.evaluate(() => box.run(true))));
      await arrived(pages[0], ...ids);
      assert.deepEqual(ids.map(puts), ids.map(() => 1));
    }));

  test("when the network is back it is sent at once", { timeout: 60_000 }, () =>
    inContext({}, async (context, complaints) => {
      const page = await opened(context, complaints);
      await context.setOffline(true);
      await page.evaluate((one) => box.add(one), record("online", { village: "东村" }));
      // Often enough that it would wait for ten seconds and more.
      for (let turn = 0; turn < 4; turn += 1) await page.evaluate(() => box.run());
      assert.deepEqual(await states(page), { online: "waiting" });
      const last = (await page.evaluate(() => told)).at(-1);
      assert.deepEqual([last.name, last.detail.code, last.detail.count], ["waiting", "offline", 1]);
      const from = Date.now();
      await context.setOffline(false);
      await arrived(page, "online");
      assert.ok(Date.now() - from < 9_000, `${Date.now() - from} ms`);
      // It may be said to be back a moment before it is: the waiting begins over again.
      isCut = true;
      await page.evaluate((one) => box.add(one), record("moment", { village: "东村" }));
      for (let turn = 0; turn < 4; turn += 1) await page.evaluate(() => box.run());
      await page.evaluate(() => { dispatchEvent(new Event("online")); });
      await page.waitForTimeout(500);
      isCut = false;
      await arrived(page, "moment");
    }));

  test("a page that has it at all can keep without a network from the first moment", { timeout: 60_000 }, () =>
    inContext({}, async (context, complaints) => {
      const page = await context.newPage();
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.goto(portal.url);
      await page.waitForFunction(() => globalThis.begin);
      await context.setOffline(true);
      await page.evaluate((place) => begin(place), server.url);
      await page.evaluate((one) => box.add(one), record("fetched", { village: "东村" }));
      await context.setOffline(false);
      await arrived(page, "fetched");
    }));

  test("spoilt bytes are told and hold up nothing, until something takes their place", { timeout: 60_000 }, () =>
    inContext({}, async (context, complaints) => {
      const page = await opened(context, complaints);
      isCut = true;
      for (const id of ["spoilt-1", "spoilt-2", "whole"]) await page.evaluate((one) => box.add(one), record(id));
      await page.evaluate(() => box.run(true));
      await page.evaluate(async () => {
        const base = await new Promise((done) => {
          indexedDB.open("ruhu outbox records").onsuccess = ({ target }) => done(target.result);
        });
        const change = base.transaction("outbox", "readwrite");
        const shelf = change.objectStore("outbox");
        shelf.get("spoilt-1").onsuccess = ({ target }) => {
          target.result[20] ^= 1;
          shelf.put(target.result, "spoilt-1");
        };
        shelf.put("no bytes", "spoilt-2");
        await new Promise((done) => { change.oncomplete = done; });
        base.close();
      });
      isCut = false;
      await begun(page);
      await arrived(page, "whole");
      assert.deepEqual(await states(page), { "spoilt-1": "spoilt", "spoilt-2": "spoilt", whole: "sent" });
      await page.evaluate(() => Promise.all([box.retry("spoilt-1"), box.item("spoilt-1")]));
      assert.deepEqual([puts("spoilt-1"), puts("spoilt-2")].map((count) => count > 1), [false, false]);
      await page.evaluate((one) => box.add(one), record("spoilt-1", { village: "东村" }));
      await page.evaluate(() => box.remove("spoilt-2"));
      await arrived(page, "spoilt-1");
      assert.deepEqual(await states(page), { "spoilt-1": "sent", whole: "sent" });
    }));

  const onForm = (page, work, given) => page.locator("ruhu-visit").evaluate(work, given);

  /** A form that keeps nothing, with a record that came from the server. */
  async function form(page, copy) {
    await page.evaluate(async ([given, copy]) => {
      const it = Object.assign(document.createElement("ruhu-visit"), { record: given });
      document.body.append(it);
      await it.ready;
      box.addEventListener("ruhu-conflict", ({ detail }) => it.merge(detail.theirs));
      await box.add(it.record, { base: copy });
      await box.run(true);
    }, [copy.text, copy]);
  }

  const answer = (page, fact, text) => onForm(page, async (it, [fact, text]) => {
    it.answer(fact, text);
    await box.add(it.record);
    await box.run(true);
  }, [fact, text]);

  for (const [width, height, by] of [[360, 640, "a form"], [1280, 800, "an office that writes JSON"]]) {
    test(`what a phone and ${by} have answered differently is seen and decided, at ${width}×${height}`, { timeout: 60_000 }, () =>
      inContext({ viewport: { width, height } }, async (context, complaints) => {
        const id = `form-${width}`;
        const first = outbox(put(server.url));
        await sent(first.box, record(id, { village: "东村" }));
        const copy = () => put(server.url).get(id);
        const page = await opened(context, complaints);
        await form(page, await copy());
        await answer(page, "has_tv", "yes");
        if (by === "a form") {
          const other = await opened(await (await open()).newContext(), complaints);
          await form(other, await copy());
          await answer(other, "village", "西村");
          await other.context().close();
        } else {
          const { text, tag } = await copy();
          const { log, versions, ...others } = JSON.parse(text);
          others.answers.village = "西村";
          await put(server.url).put(id, JSON.stringify(others), tag);
        }
        await answer(page, "village", "北村");
        assert.equal((await states(page))[id], "conflict");
        const element = page.locator("ruhu-visit");
        for (const text of ["西村", "北村"]) await element.getByText(text).first().waitFor();
        await page.screenshot({ path: join(pictures, `send-conflict-${width}.png`) });
        await element.getByRole("button", { name: /北村/ }).click();
        await element.getByRole("button", { name: /合并/ }).first().click();
        await page.waitForFunction(() => document.querySelector("ruhu-visit").record.versions?.length);
        await onForm(page, async (it) => {
          await box.add(it.record);
          await box.run(true);
        });
        await page.screenshot({ path: join(pictures, `send-decided-${width}.png`) });
        assert.equal((await states(page))[id], "sent");
        const told = await page.evaluate(() => globalThis.told.map(({ name }) => name));
        assert.equal(told.filter((name) => name === "conflict").length, 1, told.join());
        const { answers } = JSON.parse(office.copies.get(id).text);
        assert.deepEqual([answers.village, answers.has_tv], ["北村", "yes"]);
        assert.deepEqual(office.wrong, []);
        first.box.close();
      }));
  }
});
