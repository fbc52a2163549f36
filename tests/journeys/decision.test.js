// The form proposes, a person decides: who decides otherwise gives a reason, and it is kept.
import assert from "node:assert/strict";
import { record } from "./households.js";
import { journey } from "./stage.js";

const answers = (form) => form.page.evaluate(() => JSON.parse(globalThis.ruhu.record()).answers);
const why = "入户看到西墙开裂，与评定等级不符，村支书在场。";

journey("decision", "who decides otherwise cannot pass over the reason, and it is kept and printed", async (device, form) => {
  const { words } = form;
  const missing = words.like("problem.unexplained");
  await form.load(record());
  await form.check();
  await form.answer("confirmed_verdict", "met");
  assert.doesNotMatch(await form.main.innerText(), missing, "as the form says: nothing to explain");
  await form.answer("confirmed_verdict", "not_met");
  await form.until(async () => assert.match(await form.said("override_reason"), missing));
  assert.match(await form.described("override_reason"), missing, "a screen reader is told");
  const line = form.main.getByRole("button").filter({ hasText: missing });
  await line.waitFor();
  await form.picture("missing", { fullPage: true });
  await form.page.emulateMedia({ media: "print" });
  const paper = await form.page.locator("body").innerText();
  assert.match(paper, missing, "the sheet says so, with a line to write on");
  await form.page.emulateMedia({ media: "screen" });
  await form.press(line);
  await form.until(async () => {
    const focused = await form.field("override_reason").evaluate((one) => one === document.activeElement);
    assert.ok(focused, "the line leads to the box");
  });
  await form.answer("override_reason", why);
  await form.until(async () => assert.doesNotMatch(await form.main.innerText(), missing));
  assert.equal((await answers(form)).override_reason, why);
  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  assert.equal(await form.value("override_reason"), why);
  await form.picture("given");
  await form.page.emulateMedia({ media: "print" });
  assert.match(await form.page.locator("body").innerText(), /西墙开裂/);
  await form.picture("paper", { fullPage: true });
  await form.page.emulateMedia({ media: "screen" });
});

journey("decision-overtaken", "a decision that the answers overtake asks for its reason", async (device, form) => {
  const { answers } = record();
  await form.load(record({ answers: { ...answers, confirmed_verdict: "met" } }));
  await form.goTo("water");
  await form.answer("water_tap", "no");
  await form.answer("water_litres", "5");
  await form.isVerdict({ is: "not_met" });
  await form.check();
  await form.until(async () => {
    assert.match(await form.said("override_reason"), form.words.like("problem.unexplained"));
  });
});
