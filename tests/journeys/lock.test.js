// A PIN: nothing can be read without it, and everything is there with it.
import assert from "node:assert/strict";
import { audit } from "./audit.js";
import { count } from "./base.js";
import { journey } from "./stage.js";

const pin = "三峡 1879";

async function setPin(form) {
  await form.goTo("visit");
  await form.answers({ village: "东村" });
  await form.isSaved();
  await form.list();
  await form.press(form.main.getByText(form.words.ui("pin_set"), { exact: true }));
  await form.box("pin_new").fill("1879");
  await form.pressButton("pin_keep");
  await form.alert.getByText(form.words.ui("pin_short")).waitFor();
  await form.box("pin_new").fill(pin);
  await form.box("pin_again").fill("other one");
  await form.pressButton("pin_keep");
  await form.alert.getByText(form.words.ui("pin_differs")).waitFor();
  await form.box("pin_again").fill(pin);
  await form.picture("set", { fullPage: true });
  await form.pressButton("pin_keep");
  await form.main.getByText(form.words.ui("lock_on")).waitFor();
  await form.isTold("pin_is_set");
}

// The same, with a clock that stands still until it is moved; somebody was there just now.
async function setPinByClock(form) {
  await form.page.clock.install();
  await form.page.reload();
  await form.isReady();
  await setPin(form);
  // It is looked every few seconds whether somebody is there.
  await form.page.clock.runFor("00:06");
}

async function changePin(form, old, next) {
  await form.box("pin_old").fill(old);
  for (const box of ["pin_new", "pin_again"]) await form.box(box).fill(next);
  await form.pressButton("pin_keep");
}

// What stands in the way is all that is there.
async function isLocked(form) {
  await form.isAt(form.words.ui("locked"));
  const text = await form.page.locator("body").innerText();
  assert.ok(!text.includes("东村"), text);
  await form.page.waitForFunction(() => globalThis.ruhu?.record);
  assert.ok(!(await form.page.evaluate(() => globalThis.ruhu.record())).includes("东村"));
}

async function unlock(form, by) {
  await form.box("pin").fill(by);
  await form.page.keyboard.press("Enter");
}

journey("lock", "locked, a wrong PIN, the right one: the visit is where it was left", async (device, form) => {
  await setPin(form);
  await form.goTo("visit");
  await form.isSaved();
  await form.page.reload();
  await isLocked(form);
  assert.deepEqual(await audit(form, "locked"), []);
  await form.picture("locked");
  await unlock(form, "wrong one");
  await form.alert.getByText(form.words.text("kept.wrong_pin")).waitFor();
  await unlock(form, pin);
  await form.isIn("visit");
  assert.equal(await form.value("village"), "东村");
  await form.answers({ village: "西村" });
  await form.isSaved();
  await form.list();
  await form.pressButton("lock_now");
  await isLocked(form);
  await unlock(form, pin);
  await form.isListed();
  // Taken away again: nothing stands in the way.
  await form.press(form.main.getByText(form.words.ui("pin_change"), { exact: true }));
  await form.box("pin_old").fill(pin);
  await form.pressButton("pin_away");
  await form.main.getByText(form.words.ui("lock_off")).waitFor();
  await form.isTold("pin_is_away");
  await form.page.reload();
  await form.isListed();
});

journey("lock-wait", "wrong PINs slow down, also over a reload", async (device, form) => {
  await setPin(form);
  await form.page.reload();
  await form.isAt(form.words.ui("locked"));
  for (let tries = 0; tries < 3; tries += 1) {
    await unlock(form, `wrong ${tries}`);
    await form.until(async () => assert.match(await form.alert.innerText(), /不对/));
    await form.box("pin").fill("");
  }
  await form.picture("wait");
  await unlock(form, pin);
  await form.until(async () => assert.match(await form.alert.innerText(), /输错多次/));
  await form.page.reload();
  await form.isAt(form.words.ui("locked"));
  await unlock(form, pin);
  await form.until(async () => assert.match(await form.alert.innerText(), /输错多次/));
  await form.page.waitForTimeout(5_500);
  await unlock(form, pin);
  await form.isListed();
});

journey("lock-idle", "it locks by itself when nobody was there for five minutes", async (device, form) => {
  await setPinByClock(form);
  await form.page.clock.fastForward("04:50");
  await form.box("find").press("a");
  await form.page.clock.runFor("00:06");
  await form.page.clock.fastForward("04:50");
  await form.isListed();
  await form.page.clock.fastForward("00:15");
  await isLocked(form);
});

journey("lock-change", "another PIN: the old one opens nothing any more", async (device, form) => {
  await setPin(form);
  await form.press(form.main.getByText(form.words.ui("pin_change"), { exact: true }));
  const other = "马边 1880";
  await changePin(form, "not it", other);
  await form.alert.getByText(form.words.text("kept.wrong_pin")).waitFor();
  await changePin(form, pin, other);
  await form.isTold("pin_is_changed");
  await form.box("pin_old").waitFor({ state: "hidden" });
  assert.equal(await form.box("pin_new").inputValue(), "");
  await form.page.reload();
  await isLocked(form);
  await unlock(form, pin);
  await form.alert.getByText(form.words.text("kept.wrong_pin")).waitFor();
  await unlock(form, other);
  await form.isListed();
  await form.areListed([form.words.ui("nobody_named")]);
});

journey("lock-asleep", "a phone that slept too long is locked, whoever wakes it", async (device, form) => {
  await setPinByClock(form);
  // Asleep: the clock goes on, and nothing else does.
  const now = await form.page.evaluate(() => Date.now());
  await form.page.clock.setSystemTime(now + 301_000);
  await form.box("find").press("a");
  await form.page.clock.runFor("00:06");
  await isLocked(form);
});

journey("wipe-windows", "what is wiped in one window stays in no other", async (device, form) => {
  await form.household("苏甲", "东村");
  await form.isSaved();
  const other = await device.visit();
  await other.goTo("visit");
  assert.equal(await other.value("village"), "东村");
  await form.page.bringToFront();
  await form.list();
  await form.press(form.main.getByText(form.words.ui("wipe"), { exact: true }).first());
  await form.box("wipe").fill(form.words.ui("wipe_word"));
  // In the same moment something is still to be kept: it must not come back by the way.
  await form.page.evaluate((name) => {
    const buttons = [...document.querySelectorAll("main button")];
    const wipe = buttons.find((button) => button.textContent === name);
    ruhu.answer("", 0, "village", "西村");
    wipe.click();
  }, form.words.ui("wipe"));
  await form.isAt(form.words.ui("title"));
  assert.deepEqual(await count(form.page, ["notes", "visits", "heads", "journal"]), [0, 0, 0, 0]);
  await other.until(async () => {
    const record = await other.page.evaluate(() => globalThis.ruhu?.record() ?? "东村");
    assert.ok(!record.includes("东村"), "the other window has nothing of it");
  });
});

journey("wipe", "a forgotten PIN leaves an empty device, and only after a word is typed", async (device, form) => {
  await setPin(form);
  await form.page.reload();
  await form.isAt(form.words.ui("locked"));
  await form.press(form.main.getByText(form.words.ui("pin_forgotten"), { exact: true }));
  await form.picture("forgotten");
  await form.pressButton("wipe");
  await form.alert.waitFor();
  await form.box("wipe").fill(form.words.ui("wipe_word"));
  await form.pressButton("wipe");
  await form.isAt(form.words.ui("title"));
  await form.list();
  await form.areListed([]);
});
