// Two windows on one device: one writes, the other reads, and takes over on request.
import assert from "node:assert/strict";
import { journey } from "./stage.js";

// A window in which something was written, and a second one of the same device.
async function two(device, form) {
  await form.goTo("visit");
  await form.answers({ village: "东村" });
  await form.isSaved();
  const other = await device.visit();
  await other.isReading();
  await other.isIn("visit");
  assert.equal(await other.value("village"), "东村");
  return other;
}

journey("windows", "a second window reads, takes over, and gives back", async (device, form) => {
  const other = await two(device, form);
  await other.picture("reading");
  await form.page.bringToFront();
  await form.answers({ township: "甲乡" });
  await other.until(async () => assert.equal(await other.value("township"), "甲乡"));
  await other.page.bringToFront();
  await other.takeOver();
  await form.isReading();
  await other.answers({ village_group: "三组" });
  await other.isSaved();
  await form.until(async () => assert.equal(await form.value("village_group"), "三组"));
  // The window that wrote is closed: the one that is left writes again by itself.
  await other.page.close();
  await form.page.bringToFront();
  await form.isWriting();
  await form.answers({ township: "乙乡" });
  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  assert.equal(await form.value("township"), "乙乡");
  assert.equal(await form.value("village_group"), "三组");
});

journey("windows-noted", "what was typed last in a window that is closed comes up in the one that is left", async (device, form) => {
  const other = await two(device, form);
  await form.page.bringToFront();
  // Its time is up before anything can be sealed.
  await form.page.evaluate(() => {
    SubtleCrypto.prototype.encrypt = () => new Promise(() => {});
  });
  await form.box("village").fill("东村四组");
  await form.page.close();
  await other.page.bringToFront();
  await other.isWriting();
  await other.until(async () => assert.equal(await other.value("village"), "东村四组"));
  await other.answers({ township: "乙乡" });
  await other.isSaved();
  await other.page.reload();
  await other.isReady();
  assert.equal(await other.value("village"), "东村四组");
  assert.equal(await other.value("township"), "乙乡");
});

journey("stalled", "a window that does not answer is not waited for, and cannot write later", async (device, form) => {
  const other = await two(device, form);
  await form.page.evaluate(() => setTimeout(() => {
    const end = Date.now() + 8_000;
    while (Date.now() < end);
  }));
  await other.page.bringToFront();
  await other.takeOver();
  await other.answers({ village: "西村" });
  await other.isSaved();
  await form.page.bringToFront();
  await form.isReading();
  await form.until(async () => assert.equal(await form.value("village"), "西村"));
  await other.page.reload();
  await other.isReady();
  assert.equal(await other.value("village"), "西村");
});

journey("unyielding", "a window that could not save does not yield before it is asked twice", async (device, form) => {
  const other = await two(device, form);
  // From now on whatever this window writes fails.
  await form.page.evaluate(() => {
    globalThis.realPut = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  await form.page.bringToFront();
  await form.answers({ village: "西村" });
  await form.page.getByRole("alert").getByText(form.words.text("kept.full")).waitFor();
  await other.page.bringToFront();
  await other.press(other.page.getByRole("button", { name: other.words.ui("take_over") }));
  await other.page.getByText(other.words.ui("reading_refused")).waitFor();
  await other.picture("refused");
  assert.equal(await form.value("village"), "西村");
  await other.press(other.page.getByRole("button", { name: other.words.ui("take_over_anyway") }));
  await other.isWriting();
  // What could not be saved is still on the screen of the other, and said.
  await form.page.bringToFront();
  await form.page.getByRole("alert").getByText(form.words.text("kept.taken")).waitFor();
  assert.equal(await form.value("village"), "西村");
  await form.picture("taken");
  await other.page.bringToFront();
  await other.answers({ village: "南村" });
  await other.isSaved();
  assert.equal(await form.value("village"), "西村");
  // There is room again, and the other is closed: both are kept, side by side.
  await form.page.evaluate(() => { IDBObjectStore.prototype.put = globalThis.realPut; });
  await other.page.close();
  await form.page.bringToFront();
  await form.isWriting();
  await form.list();
  await form.until(async () => assert.equal(await form.lines.count(), 2));
  const places = await form.lines.locator(".visit-note").allInnerTexts();
  for (const village of ["西村", "南村"]) {
    assert.ok(places.some((place) => place.includes(village)), `${places}`);
  }
});

journey("leases", "the same in a browser that knows no locks", async (device, form) => {
  await device.context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
  });
  await form.page.goto("about:blank");
  await form.page.goto(device.url);
  await form.isReady();
  const other = await two(device, form);
  await other.takeOver();
  await form.isReading();
  await other.answers({ village: "西村" });
  await other.isSaved();
  await form.until(async () => assert.equal(await form.value("village"), "西村"));
  // The window that wrote is gone without a word: after a while the other one writes.
  await other.page.close();
  await form.isWriting();
  await form.answers({ township: "甲乡" });
  await form.isSaved();
});
