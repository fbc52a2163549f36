// What was done to a record can be read, line by line, and what was done beside the form is
// told when the record is opened.
import assert from "node:assert/strict";
import { audit } from "./audit.js";
import { Desk, state } from "./desk.js";
import { record } from "./households.js";
import { journey } from "./stage.js";

const traces = (form) => form.main.locator(".traces");

async function lines(form) {
  const [head] = await traces(form).locator("summary").all();
  if (!await traces(form).evaluate((one) => one.open)) await form.press(head);
  return traces(form).getByRole("listitem").allInnerTexts();
}

journey("log", "who changed what and when, and never what to; a spoilt log is told", async (device, form) => {
  const { words } = form;
  await form.check();
  assert.equal(await traces(form).count(), 0, "nothing was done yet");
  await form.home();
  await form.load(record());
  await form.goTo("water");
  await form.answer("water_litres", "77");
  await form.isSaved();
  await form.check();
  const [first, second] = await lines(form);
  const at = words.ui("done_at", { act: words.text("act.answer"), place: words.fact("water_litres") });
  assert.ok(first.includes(at), first);
  assert.ok(first.includes(words.ui("this_device")), first);
  assert.ok(!first.includes("77"), first);
  assert.ok(second.includes(words.text("act.opened")), second);
  await traces(form).scrollIntoViewIfNeeded();
  await form.picture("open");
  await form.page.evaluate(() => scrollTo(0, 0));
  assert.deepEqual(await audit(form, "open"), []);

  // Somebody changes the file with another program, and takes a line out of its log.
  const spoilt = JSON.parse(await state(form));
  spoilt.answers.water_litres = "99";
  spoilt.log.entries.splice(0, 1);
  const desk = new Desk(form);
  await desk.open("spoilt.json", JSON.stringify(spoilt));
  await form.main.getByText(words.like("notice.log_entry")).waitFor();
  await form.goTo("water");
  await form.answer("water_litres", "98");
  await form.isSaved();
  await form.check();
  const told = await lines(form);
  assert.ok(told.some((line) => line.includes(words.text("act.mismatched"))), `${told}`);
});
