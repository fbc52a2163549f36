// One key decides: an income equal to the line has not passed it, one fen more has.
import assert from "node:assert/strict";
import { record } from "./households.js";
import { journey } from "./stage.js";

// Three people at 3,300 yuan each: the line is 9,900 for the household.
journey("income-line", "one fen over the line passes, the line itself does not", async (device, form) => {
  await form.load(record({ wages: "9900" }));
  await form.isVerdict({ is: "not_met", met: 8, not_met: 1, unknown: 0 });
  await form.goTo("income");
  const folded = await form.cards().filter({ hasText: "甲" }).first().innerText();
  assert.match(folded, new RegExp(`${form.words.text("fact.wage_amount")} 9,?900元`));
  await form.openRow("甲");
  const said = await form.reason("income");
  assert.match(said, new RegExp(form.words.text("verdict.not_met")));
  assert.match(said, /还差0\.01元/, "how much is missing");
  const box = await form.type("wage_amount", ".0");
  await form.isVerdict({ is: "not_met" });
  await box.pressSequentially("1");
  await form.isVerdict({ is: "met", met: 9, not_met: 0 });
  await form.picture("one-fen-over");
  assert.match(await form.reason("income"), /再少0\.01元.*就不达标/, "how close it is");
  await box.press("Backspace");
  await form.isVerdict({ is: "not_met" });
  await box.press("Backspace");
  await box.press("Backspace");
  assert.equal(await box.inputValue(), "9900");
  await box.press("Backspace");
  await form.isVerdict({ is: "not_met", not_met: 1 });
  assert.match(await form.reason("income"), /还差8,?910\.01元/);
  assert.match(await form.reason("income"), /平均每人还差2,?970\.01元/);
  await box.fill("");
  await form.isVerdict({ is: "unknown", not_met: 0, unknown: 1 });
  await form.picture("blank-is-not-zero");
});

journey("income-line-reasons", "the reasons follow the keys while they are open", async (device, form) => {
  await form.load(record({ wages: "9900" }));
  await form.goTo("income");
  await form.openRow("甲");
  await form.answer("wage_amount", "15000");
  await form.isVerdict({ is: "met" });
  await form.openReasons();
  await form.openRow(form.words.text("term.income"), form.sheet);
  const text = await form.sheet.innerText();
  assert.match(text, /15,?000元/);
  assert.match(text, /9,?900元/);
  assert.match(text, /再少5,?100元/);
  assert.match(text, /年人均纯收入稳定超过国家扶贫标准/, "the document's own words");
  await form.picture("sheet");
  await form.closeReasons();
});
