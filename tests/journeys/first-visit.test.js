// A surveyor opens the form for the first time and fills it to the end, in Chinese.
import assert from "node:assert/strict";
import { three } from "./households.js";
import { journey } from "./stage.js";

async function rows(form, list, all) {
  for (const one of all) {
    await form.addRow(list);
    await form.answers(one);
  }
  await form.thatIsAll(list);
}

// What a topic asks of each member it concerns.
async function eachMember(form, topic, names, answers) {
  const part = form.topic(topic);
  for (const name of names) {
    await form.openRow(name, part);
    for (const [fact, value] of Object.entries(answers)) await form.answer(fact, value, part);
  }
}

journey("first-visit", "from an empty page to 达标, section by section", async (device, form) => {
  assert.equal(await form.title(), form.words.ui("title"));
  const start = await form.verdict();
  assert.deepEqual(start, { is: "unknown", met: 0, not_met: 0, unknown: 9 });
  await form.picture("1-empty", { fullPage: true });
  const waits = form.main.getByRole("listitem").filter({ hasText: form.words.ui("members_first") });
  assert.match(await waits.innerText(), new RegExp(form.words.text("topic.medical")));
  await form.choose({ year: 2017, date: "2017-10-15" });
  const litres = form.main.locator(".reading", { hasText: form.words.text("reading.lowest") });
  assert.match(await litres.first().textContent(), / 20 /);
  await form.goTo("visit");
  await form.answers(three.visit);
  await form.picture("2-visit", { fullPage: true });
  await form.onwards("members");
  await rows(form, "member", three.members);
  await form.picture("3-members", { fullPage: true });
  await form.onwards("income");
  await form.settle("income_line", "working");
  await form.answers(three.income);
  await rows(form, "wage", three.wage);
  await form.thatIsAll("business");
  await form.thatIsAll("property");
  await rows(form, "transfer", three.transfer);
  await form.picture("4-income", { fullPage: true });
  await form.isVerdict({ met: 1, not_met: 0 });
  await form.onwards("food");
  await form.answers(three.food);
  await form.answers(three.clothing);
  await form.picture("5-food", { fullPage: true });
  await form.onwards("schooling");
  await eachMember(form, "schooling", ["丙"], three.schooling);
  await eachMember(form, "medical", ["甲", "乙", "丙"], three.medical);
  await form.picture("6-schooling", { fullPage: true });
  await form.onwards("housing");
  await form.answers(three.housing);
  await form.picture("7-housing", { fullPage: true });
  await form.onwards("water");
  await form.answers(three.water);
  await form.picture("8-water", { fullPage: true });
  await form.onwards("power");
  await form.answers(three.power);
  await form.answers(three.broadcast);
  await form.picture("9-power", { fullPage: true });
  await form.isVerdict({ is: "met", met: 9, not_met: 0, unknown: 0 });
  await form.check();
  await form.picture("10-check", { fullPage: true });
  const text = await form.main.innerText();
  assert.match(text, new RegExp(`${form.words.ui("overall")}\\s*✓?\\s*${form.words.text("verdict.met")}`));
  for (const said of ["甲", "乙", "丙", /18,?000元/, /1,?200元/]) {
    assert.match(text, new RegExp(said), `the check page does not show ${said}`);
  }
  const paper = await form.page.locator(".paper").textContent();
  for (const said of ["reading.working", "status.unverified"]) {
    assert.ok(paper.includes(form.words.text(said)), `the sheet does not say ${said}`);
  }
  assert.ok(!text.includes("511133188001010018"), "an ID number is shown in full");
  await form.home();
  await form.picture("11-done", { fullPage: true });
});
