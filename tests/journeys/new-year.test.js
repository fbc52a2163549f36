// Next year's visit from this one: last year's answers stand beside, and count when confirmed.
import assert from "node:assert/strict";
import { audit } from "./audit.js";
import { record, three } from "./households.js";
import { journey } from "./stage.js";

const kept = (form) => form.page.evaluate(() => JSON.parse(globalThis.ruhu.record()));

async function copy(form) {
  const { words } = form;
  await form.home();
  await form.press(form.main.getByText(words.ui("next_year"), { exact: true }));
  await form.page.getByText(words.ui("next_year_started"), { exact: true }).waitFor();
}

function lastYear() {
  const whole = record();
  whole.answers = { ...whole.answers, ...three.visit };
  whole.lists.member.rows[0].answers.education = "primary";
  return whole;
}

journey("new-year", "nothing of last year counts until one tap confirms it", async (device, form) => {
  const { words } = form;
  const wrong = [];
  await form.load(lastYear());
  await form.isVerdict({ is: "met" });
  await copy(form);
  await form.isVerdict({ is: "unknown", met: 0, not_met: 0 });
  await form.picture("home", { fullPage: true });
  wrong.push(...await audit(form, "home"));
  const begun = await kept(form);
  assert.equal(begun.year, 2018);
  assert.equal(begun.answers, undefined);
  assert.equal(begun.before.id, "journey");
  assert.equal(begun.before.answers.house_grade, "B");

  // A question that carries: last year's answer beside it, and one tap.
  await form.goTo("housing");
  await form.picture("housing", { fullPage: true });
  wrong.push(...await audit(form, "housing"));
  assert.ok((await form.said("house_grade")).includes(words.ui("before", { was: "B级" })));
  const take = form.button(`${words.ui("as_before")}：${words.fact("house_grade")}`);
  await form.press(take);
  await form.isPressed(form.button("B级", form.field("house_grade")));
  await take.waitFor({ state: "detached" });
  assert.equal((await kept(form)).answers.house_grade, "B");
  // The rest of the section in one tap; by keyboard.
  await form.button(words.ui("all_as_before")).focus();
  await form.page.keyboard.press("Enter");
  await form.until(async () => assert.equal((await kept(form)).answers.home_kind, "own"));
  assert.equal((await kept(form)).answers.renovation, undefined, "what is asked anew is not taken");
  assert.ok((await form.said("renovation")).includes(words.ui("before", {
    was: words.option("renovation", "none"),
  })), "and yet shown");
  assert.equal(await form.value("house_area"), "92.5", "the box is filled");

  // An amount is only shown.
  await form.goTo("water");
  assert.match(await form.said("water_litres"), words.like("ui.before"));
  assert.equal(await form.main.getByRole("button", { name: words.ui("as_before") }).count(), 0);
  await form.picture("water", { fullPage: true });

  // Persons come back one by one.
  await form.goTo("members");
  await form.picture("members-gone", { fullPage: true });
  wrong.push(...await audit(form, "members-gone"));
  await form.pressButton("still_here", { name: "甲" });
  await form.cards().filter({ hasText: "甲" }).waitFor();
  await form.pressButton("all_as_before");
  await form.until(async () => {
    const [row] = (await kept(form)).lists.member.rows;
    assert.equal(row.answers.birth_date, "1976-03-12");
    assert.equal(row.answers.member_change, undefined, "what may have changed is asked anew");
  });
  await form.answer("member_change", "none");
  await form.press(form.button(`${words.ui("as_before")}：${words.fact("education")}`));
  await form.until(async () => {
    assert.equal((await kept(form)).lists.member.rows[0].answers.education, "primary");
  });
  await form.picture("member-back", { fullPage: true });
  wrong.push(...await audit(form, "member-back"));

  // What changed is told where the answers are checked.
  await form.goTo("housing");
  await form.answer("house_grade", "C");
  await form.check();
  const said = await form.main.innerText();
  const parts = { name: words.fact("house_grade"), was: "B级", now: "C级" };
  assert.ok(said.includes(words.ui("since", parts)), said.slice(0, 600));
  assert.match(said, words.like("ui.before_waits"));
  await form.picture("check", { fullPage: true });
  wrong.push(...await audit(form, "check"));

  const before = await kept(form);
  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  assert.deepEqual(await kept(form), before);
  assert.deepEqual(wrong, []);
});

journey("new-year-refused", "the last year of a standard has no next one, and that is said", async (device, form) => {
  await form.load({ ...record(), year: 2020, date: "2020-10-15" });
  await form.home();
  await form.press(form.main.getByText(form.words.ui("next_year"), { exact: true }));
  const alert = form.main.getByRole("alert");
  await alert.waitFor();
  const told = form.words.ui("next_year_none", { year: "2021", last: "2020" });
  assert.equal((await alert.innerText()).trim(), told);
  await form.picture("refused");
  assert.equal((await kept(form)).id, "journey");
});
