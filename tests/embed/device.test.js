// An element that keeps on this device, and one that meets another copy of its record.
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { isReady, nothingElse, open, until, visit } from "./browser.js";
import { packed, root, serve } from "./place.js";

const pictures = join(root, "target/embed");
const record = {
  ruhu: 1, id: "one", standard: "sichuan-household-2016", year: 2017, date: "2017-10-15",
  answers: { village: "东村" },
};

let folder;
let server;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "ruhu-device-"));
  await writeFile(join(folder, "index.html"), `<!doctype html><html lang="zh-CN">
    <meta charset="utf-8"><title>portal</title><body><script type="module" src="page.js"></script>`);
  await writeFile(join(folder, "page.js"), `
    import { define } from "./ruhu/visit.js";
    define();
    globalThis.put = (record, storage) => {
      const it = Object.assign(document.createElement("ruhu-visit"), { record, storage });
      it.id = "a";
      document.body.replaceChildren(it);
    };`);
  server = await serve({ "/": folder, "/ruhu/": join(packed(), "ruhu") });
});

after(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const on = (page, work, given) => page.locator("#a").evaluate(work, given);

/** An element in a page, with a record. */
async function put(page, given = record, storage = "indexeddb") {
  await page.waitForFunction(() => globalThis.put);
  await page.evaluate(([given, storage]) => globalThis.put(given, storage), [given, storage]);
}

async function shown(page, given, storage) {
  await put(page, given, storage);
  await isReady(page);
}

const isKept = (page) => page.locator("#a .kept").filter({ hasText: "已保存" }).first().waitFor();

/** Everything that lies in the bases of a page, as text. */
const bytes = (page) => page.evaluate(async () => {
  const told = (value) => value instanceof Uint8Array ? new TextDecoder("utf-8").decode(value)
    : value instanceof CryptoKey ? "key" : value && typeof value === "object"
      ? Object.entries(value).map(([key, one]) => key + told(one)).join() : String(value);
  const all = [];
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done) => {
      indexedDB.open(name).onsuccess = ({ target }) => done(target.result);
    });
    for (const shelf of base.objectStoreNames) {
      const values = await new Promise((done) => {
        base.transaction(shelf).objectStore(shelf).getAll().onsuccess = ({ target }) => done(target.result);
      });
      all.push(`${name} ${shelf} ${values.map(told)}`);
    }
    base.close();
  }
  return all.join("\n");
});

/** Pages of one device. */
async function device(work, { init, forgiven } = {}) {
  const context = await (await open()).newContext({ locale: "zh-CN" });
  const complaints = [];
  const page = async () => {
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    if (init) await page.addInitScript(init);
    await page.addInitScript(() => {
      globalThis.heard = [];
      for (const name of ["ready", "change", "verdict", "finish", "refused", "crash"]) {
        addEventListener(`ruhu-${name}`, ({ detail }) => {
          heard.push({ name, detail: JSON.parse(JSON.stringify(detail)) });
        });
      }
    });
    await page.goto(server.url);
    return page;
  };
  try {
    await work(page, context);
    nothingElse(complaints, forgiven);
  } finally {
    await context.close();
  }
}

test("what was filled in is there again, each visit by its id, and nobody can read it", { timeout: 90_000 }, () =>
  device(async (open) => {
    let page = await open();
    await shown(page);
    await on(page, (it) => it.answer("village", "西村"));
    await until(page, "change");
    await isKept(page);
    await put(page, { ...record, id: "two" });
    await isReady(page);
    assert.equal(await on(page, (it) => it.record.answers.village), "东村");
    // Typed last, and the page is left at once.
    await shown(page);
    assert.equal(await on(page, (it) => it.record.answers.village), "西村");
    await isKept(page);
    await on(page, (it) => it.answer("village", "南村"));
    await page.reload();
    await shown(page);
    // The page that was left may have held the pen a moment longer.
    await page.waitForFunction(() => document.querySelector("#a").record.answers.village === "南村");
    await page.close();
    page = await open();
    await shown(page);
    assert.equal(await on(page, (it) => it.record.answers.village), "南村");
    const all = await bytes(page);
    assert.match(all, /ruhu visits/);
    for (const text of ["村", "village", "answers"]) assert.ok(!all.includes(text), text);
  }));

test("a second page with the same visit reads, and takes over when it is asked to", { timeout: 90_000 }, () =>
  device(async (open) => {
    const first = await open();
    await shown(first);
    await on(first, (it) => it.answer("village", "西村"));
    await isKept(first);
    const second = await open();
    await shown(second);
    assert.equal(await on(second, (it) => it.record.answers.village), "西村");
    await second.locator("#a").getByRole("button", { name: /改到这里|这里填写|接着填|在这里/ }).first().click();
    await first.locator("#a").getByText(/另一个窗口|别的窗口/).first().waitFor();
    await on(second, (it) => it.answer("village", "北村"));
    await isKept(second);
    await second.reload();
    await shown(second);
    assert.equal(await on(second, (it) => it.record.answers.village), "北村");
  }));

test("two elements with one visit on one page: the later one reads", { timeout: 90_000 }, () =>
  device(async (open) => {
    const page = await open();
    await shown(page);
    await on(page, (it) => it.answer("village", "西村"));
    await isKept(page);
    await page.evaluate((record) => {
      const it = Object.assign(document.createElement("ruhu-visit"), { record, storage: "indexeddb" });
      it.id = "b";
      document.body.append(it);
    }, record);
    await isReady(page, "#b");
    await page.locator("#b").getByText(/另一个窗口|别的窗口/).first().waitFor();
    assert.equal(await page.locator("#a").getByText(/另一个窗口|别的窗口/).count(), 0);
  }));

test("under a PIN the element asks for it, and opens nothing before", { timeout: 90_000 }, () =>
  device(async (open) => {
    const page = await open();
    await shown(page);
    await on(page, (it) => it.answer("village", "西村"));
    await isKept(page);
    await page.evaluate(() => document.body.replaceChildren());
    const files = await readdir(join(packed(), "ruhu"));
    const [keep, work] = ["keep", "work"].map((stem) =>
      files.find((name) => new RegExp(`^${stem}\\.\\w+\\.js$`).test(name)));
    await page.reload();
    await page.evaluate(async ([keep, work]) => {
      const [{ Keep }, { ask }] = await Promise.all([import(`./ruhu/${keep}`), import(`./ruhu/${work}`)]);
      const it = new Keep((...given) => ask("safe", "stretch", ...given));
      await it.opened({ writer() {}, changed() {}, flush: async () => true });
      await it.setPin("", "135790");
    }, [keep, work]);
    await page.reload();
    await put(page);
    const box = page.locator("#a").getByLabel(/密码|PIN|口令/).first();
    // What is on the screen is nobody's visit yet.
    await page.waitForTimeout(500);
    assert.deepEqual(await page.evaluate(() => heard.filter(({ name }) => name === "ready")), []);
    assert.equal(await on(page, (it) => it.record.id), "one");
    await box.fill("111111");
    await box.press("Enter");
    await page.locator("#a").getByText(/不对|不正确/).first().waitFor();
    await box.fill("135790");
    await box.press("Enter");
    await isReady(page);
    await page.waitForFunction(() => document.querySelector("#a").record.answers?.village === "西村");
    await page.locator("#a").screenshot({ path: join(pictures, "device-pin.png") });
  }));

test("where nothing can be kept, 未保存 is shown and the form goes on", { timeout: 90_000 }, () =>
  device(async (open) => {
    const page = await open();
    await shown(page);
    await on(page, (it) => it.answer("village", "西村"));
    await page.locator("#a").getByText(/未保存|没有保存|不能保存/).first().waitFor();
    assert.equal(await on(page, (it) => it.record.answers.village), "西村");
    assert.equal(await on(page, (it) => it.flush()), false);
  }, { init: () => Object.defineProperty(globalThis, "indexedDB", { value: undefined }) }));

/** Two copies of one record that were changed apart, each by a form. */
async function copies(page, ...changes) {
  const made = [];
  await shown(page, record, "memory");
  await on(page, (it) => it.answer("has_tv", "yes"));
  const common = await on(page, (it) => it.record);
  for (const [fact, text] of changes) {
    await shown(page, common, "memory");
    await on(page, (it, [fact, text]) => it.answer(fact, text), [fact, text]);
    made.push(await on(page, (it) => it.record));
  }
  return made;
}

test("a copy of the server's is merged with what is here; a prefill is not", { timeout: 90_000 }, () =>
  device(async (open) => {
    const page = await open();
    const [here, there] = await copies(page, ["village", "西村"], ["village_group", "二组"]);
    await shown(page, here);
    await on(page, (it) => it.answer("eats_enough", "yes"));
    await isKept(page);
    await page.reload();
    await shown(page, there);
    await page.waitForFunction(() => document.querySelector("#a").record.answers.village_group === "二组");
    const { answers } = await on(page, (it) => it.record);
    assert.deepEqual([answers.village, answers.eats_enough], ["西村", "yes"]);
    await isKept(page);
    await page.reload();
    await shown(page, { ...record, answers: { village: "北村", village_group: "九组" } });
    const again = await on(page, (it) => it.record.answers);
    assert.deepEqual([again.village, again.village_group], ["西村", "二组"]);
    await isKept(page);
    assert.equal(await page.locator("#a").getByRole("button", { name: "合并" }).count(), 0, "nothing is asked");
  }));

for (const [width, height] of [[360, 640], [1280, 800]]) {
  test(`what both changed is asked with both values, at ${width}×${height}`, { timeout: 90_000 }, async () => {
    const opened = await visit(server.url, { viewport: { width, height } });
    try {
      const { page } = opened;
      const [here, there] = await copies(page, ["village", "西村"], ["village", "北村"]);
      await shown(page, here, "memory");
      await on(page, (it, there) => it.merge(there), there);
      const element = page.locator("#a");
      await element.getByText("西村").first().waitFor();
      await element.getByText("北村").first().waitFor();
      await page.screenshot({ path: join(pictures, `merge-${width}.png`) });
      // What is answered while it is asked is part of what is here, and it is asked again.
      await on(page, (it) => it.answer("eats_enough", "yes"));
      await element.getByRole("button", { name: /北村/ }).click();
      await element.getByRole("button", { name: /合并/ }).first().click();
      await element.getByRole("button", { name: /北村/ }).click();
      await element.getByRole("button", { name: /合并/ }).first().click();
      await page.waitForFunction(() => document.querySelector("#a").record.answers.eats_enough === "yes");
      await page.waitForFunction(() => document.querySelector("#a").record.answers.village === "北村");
      // Once decided, neither copy asks again.
      await on(page, (it, both) => both.forEach((one) => it.merge(one)), [here, there]);
      assert.equal(await on(page, (it) => it.record.answers.village), "北村");
      await until(page, "change");
      const why = await on(page, (it) => {
        try {
          return it.merge({ ruhu: 1, id: "another" });
        } catch (error) {
          return error.message;
        }
      });
      assert.match(why, /another visit/);
      nothingElse(opened.complaints);
    } finally {
      await opened.close();
    }
  });
}
