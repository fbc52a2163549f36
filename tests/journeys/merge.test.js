// One household on two phones, changed on both, becomes one again: nothing unasked is lost.
import assert from "node:assert/strict";
import { audit } from "./audit.js";
import { Desk, handover, state } from "./desk.js";
import { record } from "./households.js";
import { journey } from "./stage.js";

const read = async (form) => JSON.parse(await state(form));

// The same record on a colleague's phone, with some answers of hers.
async function elsewhere(device, text, answers) {
  const context = await device.context.browser().newContext({ locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto(device.url);
  await page.waitForFunction(() => typeof globalThis.ruhu?.record === "function");
  const changed = await page.evaluate(({ text, answers }) => {
    ruhu.load(text);
    for (const [list, row, fact, answer] of answers) {
      if (ruhu.answer(list, row, fact, answer) === undefined) throw new Error(fact);
    }
    return ruhu.record();
  }, { text, answers });
  await context.close();
  return JSON.parse(changed);
}

const line = (desk, label) => desk.place.getByRole("group", { name: label, exact: true });

async function looks(form, step, wrong) {
  await form.page.locator(".desk").scrollIntoViewIfNeeded();
  await form.picture(step);
  await form.page.evaluate(() => scrollTo(0, 0));
  wrong.push(...await audit(form, step));
}

journey("merge", "what both phones changed is chosen one by one, the rest takes itself", async (device, form) => {
  const { words } = form;
  const wrong = [];
  await form.load(record());
  await form.isSaved();
  const shared = await state(form);
  const other = await elsewhere(device, shared, [
    ["", 0, "water_litres", "12"], ["", 0, "household_phone", "13812345678"],
    ["member", 2, "health", "chronic_ill"],
  ]);
  await form.goTo("water");
  await form.answer("water_litres", "55");
  await form.goTo("power");
  await form.answer("power_connected", "no");
  await form.isSaved();
  const mine = await read(form);

  const desk = new Desk(form);
  await desk.open("colleague.json", handover(other));
  await desk.isTitled("inside");
  await desk.place.getByText(words.ui("inside_apart")).waitFor();
  await looks(form, "offered", wrong);
  await form.press(desk.offer("甲", "merge"));
  await desk.isTitled("merging");
  assert.equal(await desk.place.getByRole("group").count(), 1, "only what both changed is asked");
  const water = line(desk, words.fact("water_litres"));
  const said = await water.innerText();
  assert.ok(said.includes("55") && said.includes("12"), said);
  await looks(form, "merging", wrong);
  await desk.press("merge_do");
  await desk.said.filter({ hasText: words.ui("merge_left", { count: 1 }) }).waitFor();
  assert.equal((await read(form)).answers.water_litres, "55", "nothing is done unasked");
  await form.press(water.getByRole("button").nth(1));
  await desk.press("merge_do");
  await desk.place.waitFor({ state: "detached" });
  await form.isAt(words.ui("title"));

  const merged = await read(form);
  assert.deepEqual(merged.answers, {
    ...mine.answers, water_litres: "12", household_phone: "13812345678",
  });
  assert.equal(merged.lists.member.rows[1].answers.health, "chronic_ill");
  assert.deepEqual(merged.versions.map((one) => one.answers.water_litres), ["55", "12"]);
  await form.isSaved();
  await form.list();
  await form.areListed(["甲"]);

  // The colleague went on meanwhile: what was settled is not asked again.
  const later = await elsewhere(device, JSON.stringify(other), [["", 0, "has_tv", "no"]]);
  await desk.open("colleague.json", handover(later));
  await desk.isTitled("inside");
  await desk.place.getByText(words.ui("inside_apart")).waitFor();
  await form.press(desk.offer("甲", "merge"));
  await desk.isTitled("merging");
  assert.equal(await desk.place.getByRole("group").count(), 0);
  await looks(form, "nothing-to-ask", wrong);
  await desk.press("merge_back");
  await desk.isTitled("inside");
  await form.press(desk.offer("甲", "merge"));
  await desk.isTitled("merging");
  await desk.press("merge_do");
  await desk.place.waitFor({ state: "detached" });
  const { answers } = await read(form);
  assert.deepEqual([answers.water_litres, answers.has_tv], ["12", "no"]);
  // And back: the household before it was merged.
  await form.undo();
  await form.until(async () => assert.deepEqual((await read(form)).answers, merged.answers));
  assert.deepEqual(wrong, []);
});

journey("merge-newer", "what went on elsewhere goes on here, and can be brought back", async (device, form) => {
  const { words } = form;
  await form.load(record());
  await form.isSaved();
  const before = await read(form);
  const newer = await elsewhere(device, JSON.stringify(before), [["", 0, "water_litres", "12"]]);
  const desk = new Desk(form);
  for (const [file, stand, name] of [
    [before, "inside_same", "take_here"], [newer, "inside_newer", "take_newer"],
  ]) {
    await desk.open("file.json", handover(file));
    await desk.isTitled("inside");
    await desk.place.getByText(words.ui(stand)).waitFor();
    await form.press(desk.offer("甲", name));
    await desk.place.waitFor({ state: "detached" });
  }
  await form.until(async () => assert.equal((await read(form)).answers.water_litres, "12"));
  await form.undo();
  await form.until(async () => {
    assert.equal((await read(form)).answers.water_litres, before.answers.water_litres);
  });
  await form.isSaved();
  await form.list();
  await form.areListed(["甲"]);
  // The one in the file is older once more is known here.
  await form.openVisit("甲");
  await form.goTo("water");
  await form.answer("water_litres", "60");
  await form.isSaved();
  await desk.open("file.json", handover(before));
  await desk.isTitled("inside");
  await desk.place.getByText(words.ui("inside_older")).waitFor();
});

journey("merge-all", "all of a file at once: what both changed waits to be merged", async (device, form) => {
  const { words } = form;
  const named = (id, name) => {
    const one = record();
    one.id = id;
    one.lists.member.rows[0].answers.member_name = name;
    return one;
  };
  await form.load(named("a", "甲"));
  await form.isSaved();
  const other = await elsewhere(device, await state(form), [["", 0, "water_litres", "12"]]);
  await form.goTo("water");
  await form.answer("water_litres", "55");
  await form.isSaved();
  const desk = new Desk(form);
  await desk.open("file.json", handover(other, named("b", "戊")));
  assert.equal((await desk.inside()).length, 2);
  await desk.press("take_all");
  const told = words.ui("taken_all", { new: 1, newer: 0, same: 0, apart: 1 });
  await form.page.getByText(told).waitFor();
  await desk.place.getByText(words.ui("inside_apart")).waitFor();
  await form.areListed(["戊", "甲"]);
  await form.press(desk.offer("甲", "merge"));
  await desk.isTitled("merging");
  await form.picture("one-left");
});
