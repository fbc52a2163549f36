// What was handed over and has arrived is marked, and taken off the device in time: never
// by itself, and never what was changed since.
import assert from "node:assert/strict";
import { audit } from "./audit.js";
import { Desk, state } from "./desk.js";
import { record } from "./households.js";
import { journey } from "./stage.js";

const day = 86_400_000;

const named = (id, name) => {
  const one = record();
  one.id = id;
  one.lists.member.rows[0].answers.member_name = name;
  return one;
};

async function make(form) {
  const desk = new Desk(form);
  await desk.press("by_passphrase");
  await desk.box("passphrase").fill("correct horse");
  await desk.box("again").fill("correct horse");
  await desk.make();
  return desk;
}

async function told(form, key, parts) {
  await form.page.getByText(form.words.ui(key, parts), { exact: true }).waitFor();
}

// The stage that a line of the list shows.
async function isStage(form, name, stage) {
  await form.line(name).getByText(form.words.text(`stage.${stage}`), { exact: true }).waitFor();
}

const acts = async (form) => JSON.parse(await state(form)).log.entries.map((entry) => entry[3]);

journey("handed", "what has arrived is marked as handed over until it is changed", async (device, form) => {
  const { words } = form;
  const wrong = [];
  await form.load(named("a", "甲"));
  await form.isSaved();
  await form.pressButton("export");
  const desk = await make(form);
  await form.picture("made");
  wrong.push(...await audit(form, "made"));
  await desk.press("arrived");
  await told(form, "handed", { count: 1 });
  assert.equal((await acts(form)).at(-1), "handed_over");
  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  await form.list();
  await isStage(form, "甲", "handed_over");
  await form.picture("list", { fullPage: true });
  wrong.push(...await audit(form, "list"));
  await form.openVisit("甲");
  await form.goTo("water");
  await form.answer("water_litres", "60");
  await form.isSaved();
  await form.list();
  await isStage(form, "甲", "under_way");
  await form.line("甲").getByText(words.like("ui.handed_before")).waitFor();
  assert.deepEqual(wrong, []);
});

journey("handed-plain", "a file that is not encrypted can arrive as well", async (device, form) => {
  await form.load(named("a", "甲"));
  await form.isSaved();
  await form.pressButton("export");
  await form.press(form.main.getByText(form.words.ui("plain"), { exact: true }));
  await Promise.all([form.page.waitForEvent("download"), form.pressButton("plain_yes")]);
  const desk = new Desk(form);
  await desk.isTitled("made");
  await desk.press("arrived");
  await told(form, "handed", { count: 1 });
  assert.equal((await acts(form)).at(-1), "handed_over");
});

journey("handed-changed", "what was changed after the file was made is not marked", async (device, form) => {
  await form.load(named("a", "甲"));
  await form.isSaved();
  await form.pressButton("export");
  const desk = await make(form);
  await form.page.evaluate(() => globalThis.ruhu.answer("", 0, "water_litres", "61"));
  await desk.press("arrived");
  await told(form, "handed_some", { count: 0, left: 1 });
  assert.ok(!(await acts(form)).includes("handed_over"));
});

journey("handed-all", "all of a list is marked, and taken off after the days that were chosen", async (device, form) => {
  const { words } = form;
  const wrong = [];
  await form.load(named("a", "甲"));
  await form.isSaved();
  await form.load(named("b", "乙"));
  await form.isSaved();
  await form.list();
  await form.pressButton("give_all");
  const desk = await make(form);
  await desk.press("arrived");
  await told(form, "handed", { count: 2 });
  await isStage(form, "甲", "handed_over");
  await isStage(form, "乙", "handed_over");
  await form.pressButton("retention_days", { days: 7 });
  await form.isPressed(form.button(words.ui("retention_days", { days: 7 })));
  await form.press(form.button(words.ui("new")));
  await form.isAt(words.ui("title"));
  await form.household("丙", "东村");

  // A clock that ran eight days on; it may be wrong, so it is asked.
  await form.page.clock.setSystemTime(Date.now() + 8 * day);
  await form.page.reload();
  await form.isReady();
  await form.list();
  await form.picture("due", { fullPage: true });
  wrong.push(...await audit(form, "due"));
  await form.press(form.main.getByText(words.ui("due_forget", { count: 2 }), { exact: true }));
  await form.pressButton("due_yes", { count: 2 });
  await form.areListed(["丙"]);
  await form.page.reload();
  await form.isReady();
  await form.list();
  await form.areListed(["丙"]);
  assert.deepEqual(wrong, []);
});
