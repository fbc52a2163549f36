// A record leaves as a file and comes back the same; a broken file changes nothing.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { record } from "./households.js";
import { journey } from "./stage.js";

const state = (form) => form.page.evaluate(() => globalThis.ruhu.record());

journey("export", "export, start anew, import: the same record, the same verdict", async (device, form) => {
  await form.load(record({ wages: "15000.5" }));
  const verdict = await form.verdict();
  const before = await state(form);
  await form.home();
  const file = await form.export();
  assert.match(file.suggestedFilename(), /^ruhu-2017-10-15-.*\.json$/);
  const text = await readFile(await file.path(), "utf8");
  assert.equal(text, before);
  await form.startAnew();
  await form.until(async () => assert.equal((await form.verdict()).is, "unknown"));
  await form.isVerdict({ met: 0, unknown: 9 });
  await form.give("import", "visit.json", text);
  await form.isVerdict(verdict);
  // Every answer as it was; that it was opened is one entry more in its log.
  const [was, now] = [before, await state(form)].map((one) => JSON.parse(one));
  assert.deepEqual({ ...now, log: 0 }, { ...was, log: 0 });
  assert.deepEqual(now.log.entries.slice(0, -1), was.log.entries);
  assert.equal(now.log.entries.at(-1)[3], "opened");
});

journey("new-undone", "a household that was left by mistake can be brought back", async (device, form) => {
  await form.load(record());
  const before = await state(form);
  await form.home();
  await form.startAnew();
  await form.isVerdict({ is: "unknown" });
  await form.undo();
  await form.isVerdict({ is: "met" });
  assert.equal(await state(form), before);
});

// Gives a file that must be refused, and sees that nothing has changed.
async function refused(form, key, text) {
  const before = await state(form);
  await form.home();
  await form.give("import", "broken.json", text);
  await form.alert.waitFor();
  const said = await form.alert.innerText();
  assert.match(said, form.words.like(`record.${key}`));
  assert.match(said, form.words.like(`advice.record.${key}`));
  assert.ok(await form.alert.evaluate((one) => {
    const place = one.getBoundingClientRect();
    return place.bottom > 0 && place.top < innerHeight;
  }), "the message is in sight of where the file was chosen");
  assert.equal(await state(form), before);
}

journey("not-json", "a file that is no record is refused, in Chinese, with where and what to do", async (device, form) => {
  await form.load(record());
  await refused(form, "not_json", `{"ruhu": 1,\n "answers": {`);
  await form.picture("not-json");
  await form.page.reload();
  await form.isReady();
  await refused(form, "not_a_record", "[1, 2]");
  await form.isVerdict({ is: "met" });
});

journey("newer", "a record of a later version is refused and nothing is lost", async (device, form) => {
  await form.load(record());
  await refused(form, "newer", JSON.stringify({ ruhu: 99, answers: {} }));
  await form.picture("newer");
});

journey("too-large", "a file larger than any household is refused", async (device, form) => {
  await form.load(record());
  await refused(form, "too_large", JSON.stringify({ ruhu: 1, unread: "a".repeat(17 << 20) }));
});

journey("hundred", "a record of a hundred members keeps all of them and says so", async (device, form) => {
  await form.home();
  await form.give("import", "hundred.json", JSON.stringify(record({ members: 100 })));
  await form.until(async () => {
    assert.equal(JSON.parse(await state(form)).lists?.member?.rows?.length, 100, "kept whole");
  });
  await form.goTo("members");
  await form.picture("members");
  assert.match(await form.main.innerText(), /64/, "how many of them are judged");
  await form.isVerdict({ is: "not_met", met: 6, not_met: 1, unknown: 2 });
  // Day nought of the count of days: what a blank would read as.
  const day = /1970/;
  assert.doesNotMatch(await form.main.innerText(), day);
  await form.check();
  assert.doesNotMatch(await form.main.innerText(), day);
});

journey("long-note", "a note of ten million characters neither hangs the form nor is lost", async (device, form) => {
  const note = "粮".repeat(10_000_000 / 3);
  const { answers } = record();
  await form.home();
  const start = Date.now();
  const text = JSON.stringify(record({ answers: { ...answers, food_note: note, eats_enough: "no" } }));
  await form.give("import", "long.json", text);
  await form.until(async () => {
    const kept = JSON.parse(await state(form)).answers?.food_note?.length;
    assert.equal(kept, note.length);
  }, 20_000);
  assert.ok(Date.now() - start < 20_000);
  await form.goTo("food");
  const said = await form.said("food_note");
  assert.match(said, form.words.like("problem.too_long"));
});

journey("odd-values", "1e999, half characters and hidden directions are named and kept", async (device, form) => {
  const { answers } = record();
  const text = JSON.stringify(record({
    answers: { ...answers, water_litres: "@@", village: "\ud800乙", township: "甲\u202e乙",
      household_number: [1, 2] },
  })).replace('"@@"', "1e999");
  await form.home();
  await form.give("import", "odd.json", text);
  await form.until(async () => {
    const now = await form.verdict();
    const kept = await state(form);
    assert.ok(now.met > 0 || await form.alert.count() > 0, kept.slice(0, 200));
  });
  if (await form.alert.count() > 0) {
    assert.match(await form.alert.innerText(), /[\u4e00-\u9fff]{8}/, "refused with a reason");
    return;
  }
  const said = await form.page.locator("body").innerText();
  const named = form.words.text("notice.kept", { path: form.words.fact("household_number") });
  assert.ok(said.includes(named), "what was not understood is named by its question");
  assert.match(said, form.words.like("notice.mended"), "half a character is told");
  assert.match(await state(form), /1e\+?999|999/, "the number is kept as it was written");
  await form.isVerdict({ unknown: 1 });
  await form.goTo("visit");
  assert.match(await form.said("township"), form.words.like("problem.bidi_controls"));
  await form.picture("hidden-direction");
  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  assert.match(await form.said("township"), form.words.like("problem.bidi_controls"));
});
