// What earlier builds left on a device, byte for byte: stored/1.json is the base of the last
// build that kept a single draft, stored/2.json of one of the first that kept many, under a
// PIN. Of the second its pad is left out: random bytes under which nothing lay.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { journey } from "./stage.js";

// Puts such a base where the form keeps its own, and opens the form.
async function left(device, form, name) {
  const text = await readFile(new URL(`stored/${name}.json`, import.meta.url), "utf8");
  // A page of the same place that is no form, and has no icon.
  device.forgive(/404/);
  await form.page.goto(`${device.url}precache-manifest.json`);
  await form.page.evaluate(async (text) => {
    const { version, shelves } = JSON.parse(text);
    const made = (value) => {
      if (value === null || typeof value !== "object") return value;
      const { bytes, buffer } = value;
      const plain = bytes ?? buffer;
      if (plain === undefined) {
        return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, made(one)]));
      }
      const array = Uint8Array.from(atob(plain), (sign) => sign.charCodeAt(0));
      return bytes === undefined ? array.buffer : array;
    };
    const wait = (request) => new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    await wait(indexedDB.deleteDatabase("ruhu"));
    const asked = indexedDB.open("ruhu", version);
    asked.onupgradeneeded = () => {
      for (const name of Object.keys(shelves)) asked.result.createObjectStore(name);
    };
    const base = await wait(asked);
    const change = base.transaction(Object.keys(shelves), "readwrite");
    for (const [name, rows] of Object.entries(shelves)) {
      for (const [key, value] of rows) change.objectStore(name).put(made(value), key);
    }
    await new Promise((done) => { change.oncomplete = done; });
    base.close();
  }, text);
  await form.page.goto(device.url);
}

// How many rows the base has, shelf by shelf, and its version.
function rows(page, names) {
  return page.evaluate(async (names) => {
    const wait = (request) => new Promise((done) => {
      request.onsuccess = () => done(request.result);
    });
    const base = await wait(indexedDB.open("ruhu"));
    const read = base.transaction(names);
    const counts = await Promise.all(names.map((name) => wait(read.objectStore(name).count())));
    base.close();
    return [base.version, ...counts];
  }, names);
}

journey("stored-draft", "the one draft of an earlier form is a visit now", async (device, form) => {
  await left(device, form, "1");
  await form.isReady();
  await form.isIn("members");
  await form.goTo("visit");
  assert.equal(await form.value("village"), "东村");
  assert.equal(await form.value("township"), "甲乡");
  await form.isSaved();
  await form.until(async () => {
    assert.deepEqual(await rows(form.page, ["drafts", "visits"]), [2, 0, 1]);
  });
  await form.page.reload();
  await form.isReady();
  assert.equal(await form.value("village"), "东村");
  assert.deepEqual(await form.page.evaluate(() => {
    const { year, lists } = JSON.parse(globalThis.ruhu.record());
    return [year, lists.member.rows[0].answers.member_name];
  }), [2018, "苏甲"]);
  await form.list();
  await form.areListed(["苏甲"]);
});

journey("stored-locked", "what an earlier form kept under a PIN opens by it, and is kept on", async (device, form) => {
  const pin = "马边 1879";
  const unlock = async () => {
    await form.isAt(form.words.ui("locked"));
    await form.box("pin").fill(pin);
    await form.page.keyboard.press("Enter");
  };
  await left(device, form, "2");
  await unlock();
  await form.isListed();
  const nobody = form.words.ui("nobody_named");
  await form.areListed([nobody, nobody]);
  await form.box("find").fill("东村");
  await form.areListed([nobody]);
  await form.openVisit(nobody);
  await form.goTo("visit");
  assert.equal(await form.value("village_group"), "三组");
  await form.answers({ village_group: "四组" });
  await form.isSaved();
  await form.page.reload();
  await unlock();
  await form.isIn("visit");
  assert.equal(await form.value("village"), "东村");
  assert.equal(await form.value("village_group"), "四组");
});
