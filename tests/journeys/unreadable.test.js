// What cannot be read stays in its box, counts for nothing, and says what to do.
import assert from "node:assert/strict";
import { record } from "./households.js";
import { journey } from "./stage.js";

const pattern = (form, key) => form.words.like(key);

journey("unreadable", "a text that is no number stays, counts as unknown and says what to do", async (device, form) => {
  await form.load(record());
  await form.isVerdict({ is: "met", met: 9 });
  await form.goTo("water");
  await form.answer("water_litres", "大概四十");
  assert.equal(await form.value("water_litres"), "大概四十");
  await form.isVerdict({ is: "unknown", unknown: 1, not_met: 0 });
  const said = await form.said("water_litres");
  assert.match(said, pattern(form, "problem.not_a_number"));
  assert.match(said, pattern(form, "advice.not_a_number"));
  assert.match(await form.described("water_litres"), pattern(form, "problem.not_a_number"));
  assert.equal(await form.field("water_litres").getAttribute("aria-invalid"), "true");
  await form.picture("number");
  await form.home();
  const task = form.main.getByRole("listitem").filter({ hasText: form.words.text("topic.water") });
  assert.match(await task.innerText(), new RegExp(form.words.ui("trouble")));
  await form.check();
  const line = form.main.getByRole("button").filter({ hasText: pattern(form, "problem.not_a_number") });
  await form.press(line.first());
  await form.isIn("water");
  await form.until(async () => {
    const focused = await form.field("water_litres").evaluate((one) => one === document.activeElement);
    assert.ok(focused, "the line leads to its box");
  });
  await form.answer("water_litres", "４０．０");
  assert.equal(await form.value("water_litres"), "40.0");
  await form.isVerdict({ is: "met" });
});

journey("id-number", "ID numbers: full width and small x are taken, a wrong figure is not", async (device, form) => {
  await form.goTo("members");
  await form.addRow("member");
  const said = async (text, ...wanted) => {
    await form.answer("id_number", text);
    const now = await form.said("id_number");
    for (const one of wanted) assert.match(now, one, `after ${text}`);
    return form.value("id_number");
  };
  assert.equal(await said("51113318900808003x", /1890-08-08/), "51113318900808003X");
  assert.equal(await said("５１１１３３１８９００８０８００３ｘ", /1890-08-08/), "51113318900808003X");
  assert.equal(await said("511133 18800101 0018", /1880-01-01/), "511133188001010018");
  await form.picture("read");
  const wrong = {
    "511133188001010019": "id_check", "51113318800101001": "id_length", "51113318800101O018": "id_characters",
    "511133880101001": "old_id_number",
  };
  for (const [text, key] of Object.entries(wrong)) {
    const box = await said(text, pattern(form, `problem.${key}`), pattern(form, `advice.${key}`));
    assert.equal(box, text, "the text stays as it was typed");
  }
  await form.picture("refused");
  const field = await form.type("id_number", "");
  await field.fill("51113318900808003");
  await form.press(form.main.getByRole("button", { name: form.words.ui("x_key") }));
  await form.until(async () => assert.equal(await form.value("id_number"), "51113318900808003X"));
  await form.answer("birth_date", "1891-01-01");
  const page = await form.main.innerText();
  assert.match(page, pattern(form, "problem.conflict"), "two births of one person");
});

journey("dates", "impossible dates are refused with the reason, partial ones are taken", async (device, form) => {
  await form.goTo("members");
  await form.addRow("member");
  const said = async (text) => {
    await form.answer("birth_date", text);
    return form.said("birth_date");
  };
  assert.match(await said("2017-02-30"), pattern(form, "problem.no_such_day"));
  assert.match(await said("2017-13-01"), pattern(form, "problem.no_such_month"));
  assert.match(await said("昨天"), pattern(form, "problem.not_a_date"));
  assert.equal(await form.value("birth_date"), "昨天");
  await form.picture("refused");
  for (const good of ["2008年3月3日", "2008.3.3", "20080303", "２００８－０３－０３", "2008-03", "2008"]) {
    const now = await said(good);
    assert.doesNotMatch(now, pattern(form, "problem.not_a_date"), good);
    assert.match(await form.value("birth_date") + now, /2008/, good);
  }
});

journey("not-known", "不清楚 is an answer with a reason, and can be taken back", async (device, form) => {
  await form.load(record());
  await form.goTo("water");
  const label = `${form.words.fact("water_tap")}：${form.words.ui("unsure")}`;
  const unsure = form.main.getByRole("button", { name: label, exact: true });
  await form.press(unsure);
  await form.isPressed(unsure);
  await form.isVerdict({ is: "unknown", unknown: 1 });
  const why = form.main.getByRole("group", { name: form.words.ui("why_unknown") });
  await form.press(form.button(form.words.text("reason.refused"), why));
  await form.isPressed(form.button(form.words.text("reason.refused"), why));
  await form.picture("refused-to-say");
  const refused = `${form.words.fact("water_tap")}：${form.words.text("reason.refused")}`;
  await form.press(form.main.getByRole("button", { name: refused, exact: true }));
  await form.isVerdict({ is: "met", unknown: 0 });
});
