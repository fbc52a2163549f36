// Where nothing can be kept: it is said why, what is typed can be taken out as a file all the
// same, and what lies on the device is not touched.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { count } from "./base.js";
import { journey } from "./stage.js";

// All rows of the form's base, in words, or nothing where there is no base to look into.
function rows(page) {
  return page.evaluate(async () => {
    const wait = (request) => new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    const base = await wait(globalThis.realBases.open("ruhu"));
    const names = [...base.objectStoreNames].filter((name) => name !== "meta");
    const read = base.transaction(names);
    const all = await Promise.all(names.map(async (name) => {
      const values = await wait(read.objectStore(name).getAll());
      return values.map((one) => JSON.stringify(one, (_, part) =>
        ArrayBuffer.isView(part) ? [...part].join() : part));
    }));
    base.close();
    return all;
  });
}

// A page of the same place that is no form.
async function elsewhere(device, page, work) {
  // It has no icon.
  device.forgive(/404/);
  await page.goto(`${device.url}precache-manifest.json`);
  return page.evaluate(work);
}

const change = (work) => `(async () => {
  const asked = indexedDB.open("ruhu", ${work.version ?? ""});
  await new Promise((done) => { asked.onsuccess = done; });
  const base = asked.result;
  ${work.meta ? `const change = base.transaction("meta", "readwrite");
  change.objectStore("meta").delete(${JSON.stringify(work.meta)});
  await new Promise((done) => { change.oncomplete = done; });` : ""}
  base.close();
})()`;

const ways = {
  none: {
    before: () => Object.defineProperty(globalThis, "indexedDB", { value: undefined }),
  },
  insecure: {
    before: () => {
      Object.defineProperty(Crypto.prototype, "subtle", { value: undefined });
      Object.defineProperty(globalThis, "isSecureContext", { value: false });
    },
  },
  old_form: { work: change({ version: 99 }) },
  key_gone: { work: change({ meta: "key" }) },
};

for (const [why, { before, work }] of Object.entries(ways)) {
  journey(`cannot-keep-${why}`, `where nothing can be kept it is said, and a file can be made: ${why}`, async (device, form) => {
    await form.page.addInitScript(() => {
      globalThis.realBases = globalThis.indexedDB;
    });
    await form.page.reload();
    await form.isReady();
    await form.household("苏甲", "东村");
    await form.isSaved();
    const there = await rows(form.page);
    if (before) await form.page.addInitScript(before);
    if (work) await elsewhere(device, form.page, work);
    await form.page.goto(device.url);
    const banner = form.page.getByRole("alert").filter({ hasText: form.words.text(`kept.${why}`) });
    await banner.waitFor();
    await form.goTo("visit");
    await form.answers({ village: "西村" });
    await form.picture(why);
    // A moment in which anything could be kept that should not be.
    await form.page.waitForTimeout(1200);
    await banner.getByRole("button").click();
    await form.press(form.main.getByText(form.words.ui("plain"), { exact: true }));
    const [file] = await Promise.all([
      form.page.waitForEvent("download"), form.pressButton("plain_yes"),
    ]);
    const made = JSON.parse(await readFile(await file.path(), "utf8"));
    assert.equal(made.answers.village, "西村");
    await banner.waitFor();
    assert.deepEqual(await rows(form.page), there);
  });
}

journey("cannot-keep-old_page", "a window with an older form stands in the way, is told, and once it is closed all is kept", async (device, form) => {
  const older = await device.context.newPage();
  await elsewhere(device, form.page, () => new Promise((done) => {
    indexedDB.deleteDatabase("ruhu").onsuccess = done;
  }));
  await elsewhere(device, older, async () => {
    const asked = indexedDB.open("ruhu", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("drafts");
    await new Promise((done) => { asked.onsuccess = done; });
    // Held on to, whatever is asked of it.
    globalThis.held = asked.result;
  });
  await form.page.bringToFront();
  await form.page.goto(device.url);
  await form.page.getByRole("alert").getByText(form.words.text("kept.old_page")).waitFor();
  await form.goTo("visit");
  await form.answers({ village: "西村" });
  await form.picture("told");
  await older.close();
  await form.isSaved();
  const other = await device.visit();
  await other.list();
  const nobody = form.words.ui("nobody_named");
  await other.areListed([nobody]);
  await other.openVisit(nobody);
  await other.goTo("visit");
  assert.equal(await other.value("village"), "西村");
  await other.page.close();
  // No connection of the form's own stands in the way of a later version.
  await form.page.evaluate(() => new Promise((done, fail) => {
    const asked = indexedDB.open("ruhu", 99);
    asked.onblocked = () => fail(new Error("blocked"));
    asked.onsuccess = () => done(asked.result.close());
  }));
});

journey("cannot-keep-slow", "a base that cannot begin a new log is not written into, which is said, and is tried again", async (device, form) => {
  await form.page.addInitScript(() => {
    const [wait, { open }] = [globalThis.setTimeout, IDBFactory.prototype];
    // Nobody waits twenty seconds here.
    globalThis.setTimeout = (then, time, ...given) => wait(then, time === 20_000 ? 2_000 : time, ...given);
    IDBFactory.prototype.open = function (name, ...given) {
      const isHeld = name === "ruhu log" && !globalThis.isQuick;
      return isHeld ? {} : open.call(this, name, ...given);
    };
  });
  await form.page.reload();
  await form.isReady();
  await form.goTo("visit");
  await form.answers({ village: "西村" });
  const banner = form.page.getByRole("alert").filter({ hasText: form.words.text("kept.failed") });
  await banner.waitFor();
  assert.deepEqual(await count(form.page, ["visits", "heads", "journal"]), [0, 0, 0]);
  await form.page.evaluate(() => { globalThis.isQuick = true; });
  await form.isSaved();
  await banner.waitFor({ state: "detached" });
  assert.deepEqual(await count(form.page, ["visits", "heads"]), [1, 1]);
});
