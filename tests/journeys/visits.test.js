// Many households on one device: each is found again, none is lost, nobody else reads them.
import assert from "node:assert/strict";
import { chosen, count, drop, isSealed, spoil } from "./base.js";
import { Desk, handover } from "./desk.js";
import { record } from "./households.js";
import { journey } from "./stage.js";

journey("visits", "two households are kept, listed, found and opened again", async (device, form) => {
  await form.household("甲木", "东村");
  await form.startAnew();
  await form.household("乙", "西村");
  await form.list();
  await form.areListed(["乙", "甲木"]);
  await form.picture("list");
  const find = form.main.getByLabel(form.words.ui("find"));
  for (const text of ["JM", "甲", "东 jm"]) {
    await find.fill(text);
    await form.areListed(["甲木"]);
  }
  await find.fill("丁");
  await form.main.getByText(form.words.ui("none_found")).waitFor();
  await form.picture("none-found");
  await find.fill("");
  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  await form.isListed();
  await form.openVisit("甲木");
  await form.goTo("visit");
  assert.equal(await form.value("village"), "东村");
  await form.goTo("members");
  await form.openRow("甲木");
  assert.ok(await isSealed(form.page, ["甲木", "东村", "西村"]), "what is kept can be read");
});

journey("forget", "a visit is taken away, brought back, and taken away for good", async (device, form) => {
  await form.household("甲", "东村");
  await form.startAnew();
  await form.household("乙", "西村");
  await form.list();
  const forget = (name) => form.press(form.button(form.words.ui("forget", { name })));
  await forget("甲");
  await form.areListed(["乙"]);
  await form.picture("forgotten");
  await form.undo();
  await form.areListed(["乙", "甲"]);
  await forget("甲");
  await forget("乙");
  await form.page.getByRole("button", { name: form.words.ui("dismiss") }).last().click();
  await form.main.getByText(form.words.ui("no_visits")).waitFor();
  await form.until(async () => {
    const left = await count(form.page, ["visits", "heads", "journal", "notes"]);
    assert.deepEqual(left, [0, 0, 0, 0]);
  });
  await form.picture("empty");
  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  await form.isListed();
  await form.areListed([]);
});

journey("file-visit", "a file is a visit of its own, beside the one on the screen", async (device, form) => {
  await form.household("甲", "东村");
  const record = JSON.parse(await form.page.evaluate(() => window.ruhu.record()));
  record.answers.village = "别村";
  await form.load(record);
  await form.goTo("visit");
  assert.equal(await form.value("village"), "别村");
  await form.isSaved();
  await form.list();
  await form.areListed(["甲", "甲"]);
});

journey("left", "what was typed last is not left behind when a portal opens another visit", async (device, form) => {
  await form.household("甲", "东村");
  await form.goTo("visit");
  const other = JSON.stringify({ ruhu: 1, id: "b", answers: { village: "别村" } });
  await form.page.evaluate((other) => {
    const box = document.getElementById("township");
    box.value = "甲乡";
    box.dispatchEvent(new Event("input", { bubbles: true }));
    window.ruhu.load(other);
  }, other);
  await form.isSaved();
  await form.list();
  await form.openVisit("甲");
  await form.goTo("visit");
  assert.equal(await form.value("township"), "甲乡");
});

journey("spoilt", "spoilt rows take no visit with them that can still be read", async (device, form) => {
  await form.household("甲", "东村");
  const again = async () => {
    await form.page.reload();
    await form.isReady();
    await form.home();
  };
  // The row itself is gone bad: the journal still has all of it.
  await spoil(form.page, "visits");
  await again();
  assert.equal(await form.main.locator("#notices").count(), 0);
  await form.goTo("visit");
  assert.equal(await form.value("village"), "东村");
  await form.answers({ township: "甲乡" });
  await form.isSaved();
  await form.answers({ village_group: "三组" });
  await form.isSaved();
  // The last change in the journal as well: that is told, and the rest is there.
  await spoil(form.page, "visits");
  await spoil(form.page, "journal", -1);
  await again();
  await form.main.locator("#notices").getByText("1").first().waitFor();
  await form.picture("missing");
  await form.goTo("visit");
  assert.equal(await form.value("township"), "甲乡");
  assert.equal(await form.value("village_group"), "");
  // Nothing of it is left: that is said, and the others open.
  await form.startAnew();
  await form.household("乙", "西村");
  await spoil(form.page, "journal");
  await spoil(form.page, "heads", 0);
  await form.list();
  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  await form.isListed();
  await form.main.getByText(form.words.text("kept.spoilt_line")).waitFor();
  await form.picture("spoilt-list");
  await form.press(form.lines.last().getByRole("button").first());
  await form.alert.getByText(form.words.text("kept.spoilt")).waitFor();
  await form.picture("spoilt");
  await form.openVisit("乙");
  await form.goTo("visit");
  assert.equal(await form.value("village"), "西村");
  // What cannot be read is not in the file of them all, and that is said there.
  await form.list();
  const desk = new Desk(form);
  await form.pressButton("give_all");
  await desk.press("by_passphrase");
  await desk.box("passphrase").fill("correct horse");
  await desk.box("again").fill("correct horse");
  await desk.make();
  await desk.said.getByText(form.words.ui("not_given", { count: "1" })).waitFor();
  await form.picture("not-given");
});

journey("full", "with a full disk nothing is lost, and it is saved when there is room", async (device, form) => {
  await form.household("甲", "东村");
  const session = await device.context.newCDPSession(form.page);
  const origin = new URL(device.url).origin;
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  await form.goTo("visit");
  // The browser looks at the room only every half minute.
  const alert = form.page.getByRole("alert").getByText(form.words.text("kept.full"));
  for (let tries = 0; tries < 90 && await alert.count() === 0; tries += 1) {
    await form.answers({ township: `乙乡${tries}` });
    await form.page.waitForTimeout(500);
  }
  await alert.waitFor();
  await form.answers({ township: "乙乡" });
  await form.picture("full");
  // Who would leave it now is told, and stays.
  await form.list();
  await form.press(form.button(form.words.ui("new")));
  await form.alert.getByText(form.words.ui("leave_unkept")).waitFor();
  await form.openVisit("甲");
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await form.home();
  await form.isSaved();
  await alert.waitFor({ state: "detached" });
  await form.page.reload();
  await form.isReady();
  await form.goTo("visit");
  assert.equal(await form.value("township"), "乙乡");
});

// What was chosen for this device; which visit and page were on the screen is another thing.
async function settings(form) {
  const [look, standards] = await chosen(form.page);
  return { ...JSON.parse(look), visit: 0, page: 0, section: 0, standards };
}

// Until so long after the page was opened, its base does not open.
const shut = (until) => {
  const own = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function open(...given) {
    const request = own.apply(this, performance.now() < until ? ["other"] : given);
    if (performance.now() >= until) return request;
    const asked = new EventTarget();
    request.onsuccess = () => {
      request.result.close();
      asked.error = new DOMException("Internal error opening backing store", "UnknownError");
      asked.onerror?.(new Event("error"));
    };
    return asked;
  };
};

journey("opens-later", "a base that does not open at once is tried again before a blank form is shown", async (device, form) => {
  await form.household("苏甲", "乙村");
  await form.isSaved();
  await form.page.addInitScript(shut, 900);
  await form.page.reload();
  await form.isReady();
  await form.list();
  await form.areListed(["苏甲"]);
  await form.isSaved();
});

journey("opens-never", "where it stays shut, that is said; what is typed is kept beside what was there once it opens", async (device, form) => {
  await form.household("苏甲", "乙村");
  await form.home();
  await form.pressButton("large");
  await form.isSaved();
  const before = await settings(form);
  await form.page.addInitScript(shut, 9000);
  await form.page.reload();
  await form.main.locator("#page-title").waitFor({ timeout: 15_000 });
  await form.page.getByText(form.words.text("kept.failed")).waitFor();
  await form.picture("shut");
  await form.isReady();
  await form.household("苏乙", "乙村");
  await form.isSaved();
  await form.list();
  await form.areListed(["苏乙", "苏甲"]);
  // What was chosen for this device could not be read at first, and holds again.
  await form.until(async () => assert.deepEqual(await settings(form), before));
  await form.home();
  assert.equal(await form.button(form.words.ui("large")).getAttribute("aria-pressed"), "true");
});

journey("emptied", "a base that was emptied beside the form is not shown as a first visit", async (device, form) => {
  await form.household("苏甲", "乙村");
  await form.isSaved();
  await form.page.goto(`${device.url}precache-manifest.json`);
  await form.page.evaluate(() => new Promise((done) => {
    const asked = indexedDB.deleteDatabase("ruhu");
    asked.onsuccess = done;
  }));
  await form.page.goto(device.url);
  await form.isReady();
  await form.alert.getByText(form.words.ui("all_gone")).waitFor();
  await form.picture("gone");
  // Once something is kept again, it is a device like any other.
  await form.household("苏乙", "乙村");
  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  assert.equal(await form.page.getByText(form.words.ui("all_gone")).count(), 0);
  await form.list();
  await form.areListed(["苏乙"]);
  // The page that is no form has no icon.
  device.forgive(/404/);
});

journey("look-lost", "where it is not known which visit was on the screen last, the list is shown", async (device, form) => {
  await form.household("苏甲", "乙村");
  await form.isSaved();
  for (const name of ["look", "standards"]) await drop(form.page, name);
  await form.page.reload();
  await form.isReady();
  await form.isListed();
  await form.areListed(["苏甲"]);
});

journey("many", "a long list is drawn where it is looked at, and found, opened and shortened all the same", async (device, form) => {
  const count = 110;
  const named = (at) => {
    const one = record();
    one.id = `many-${at}`;
    one.lists.member.rows[0].answers.member_name = `户${at}`;
    return one;
  };
  const desk = new Desk(form);
  await desk.open("many.json", handover(...Array.from({ length: count }, (_, at) => named(at))));
  await desk.isTitled("inside");
  await desk.press("take_all");
  // A hundred take a while.
  await form.main.locator("#find").waitFor({ timeout: 60_000 });
  await form.isListed();
  const lines = () => form.lines.count();
  const end = form.lines.filter({ hasText: "户0" });
  await form.until(async () => assert.ok(await lines() >= 10));
  assert.ok(await lines() < count, "not all of them are drawn");
  await form.picture("top");
  // Where a browser holds nothing in its place, the list comes to rest all the same.
  await form.page.evaluate(() => {
    document.documentElement.style.overflowAnchor = "none";
    globalThis.changes = 0;
    new MutationObserver(() => { globalThis.changes += 1; }).observe(
      document.querySelector(".visits"), { subtree: true, childList: true },
    );
  });
  const rests = () => form.until(async () => {
    assert.equal(await form.page.evaluate(() => new Promise((done) => {
      const before = globalThis.changes;
      setTimeout(() => done(globalThis.changes - before), 300);
    })), 0);
  });
  await form.page.evaluate(() => scrollTo(0, 4000));
  await rests();
  // A gap comes near by less than it is higher than what fills it.
  await form.page.evaluate(() => {
    const bottoms = [...document.querySelectorAll(".block.far:not(.stretch)")]
      .map((gap) => gap.getBoundingClientRect().bottom).filter((bottom) => bottom < -810);
    scrollBy(0, bottoms.at(-1) + 797);
  });
  await rests();
  await form.page.evaluate(() => scrollTo(0, 0));
  // Down to the end, as a finger does it.
  await form.until(async () => {
    await form.page.evaluate(() => scrollBy(0, 400));
    assert.equal(await end.count(), 1);
  });
  await end.scrollIntoViewIfNeeded();
  const number = () => end.getAttribute("aria-posinset");
  assert.deepEqual([await number(), await end.getAttribute("aria-setsize")], [`${count}`, `${count}`]);
  await form.picture("end");
  // One less: what is on the screen stays there.
  const second = form.lines.filter({ hasText: "户1" }).last();
  await form.press(second.getByRole("button").last());
  await form.until(async () => assert.equal(await number(), `${count - 1}`));
  await form.main.getByLabel(form.words.ui("find")).fill("户23");
  await form.areListed(["户23"]);
  await form.openVisit("户23");
  await form.goTo("members");
  await form.openRow("户23");
});
