// The bar leads on: one press, and the question that matters next is there to be answered.
import assert from "node:assert/strict";
import { record } from "./households.js";
import { journey } from "./stage.js";

// The question that has the focus, by its words, and whether it can be seen under the bar.
const asked = (form) => form.page.evaluate(() => {
  const one = document.activeElement;
  const group = one.closest("[role=group]");
  const name = one.labels?.[0] ?? document.getElementById(group?.getAttribute("aria-labelledby"));
  const place = one.getBoundingClientRect();
  const top = document.elementFromPoint(place.left + place.width / 2, place.top + 10);
  return { name: name?.innerText ?? "", seen: one.contains(top), tag: one.tagName };
});

journey("next-question", "下一题 leads to one question after another, and each can be seen", async (device, form) => {
  const { answers } = record();
  const { has_winter_bedding, water_tap, broadcast_signal, ...rest } = answers;
  assert.ok(has_winter_bedding && water_tap && broadcast_signal);
  await form.load(record({ answers: rest }));
  const seen = [];
  for (let left = 3; left > 0; left -= 1) {
    await form.isVerdict({ is: "unknown", unknown: left });
    await form.nextQuestion();
    await form.until(async () => {
      const now = await asked(form);
      assert.ok(now.seen, `${now.name} is under the bar or out of sight`);
      assert.ok(now.name && !seen.includes(now.name), "a question that was not asked before");
    });
    await form.picture(`left-${left}`);
    seen.push((await asked(form)).name);
    await form.press(form.page.locator(":focus"));
  }
  const wanted = ["has_winter_bedding", "water_tap", "broadcast_signal"];
  assert.deepEqual([...seen].sort(), wanted.map((one) => form.words.fact(one)).sort());
  await form.isVerdict({ is: "met", unknown: 0 });
  await form.press(form.button(form.words.ui("to_check"), form.bar));
  await form.isAt(form.words.ui("check"));
});

journey("next-question-empty", "on an empty form 下一题 begins somewhere a person can answer", async (device, form) => {
  await form.nextQuestion();
  await form.until(async () => assert.ok((await asked(form)).seen));
  assert.notEqual(await form.title(), form.words.ui("title"));
  await form.picture("first");
});
