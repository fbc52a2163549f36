// A visit is finished: locked, printed with its seal, opened again with what it was kept.
import assert from "node:assert/strict";
import { audit } from "./audit.js";
import { record } from "./households.js";
import { journey } from "./stage.js";

const kept = (form) => form.page.evaluate(() => JSON.parse(globalThis.ruhu.record()));
const line = (form) => form.main.locator("#finished");

// Whether a finger would meet the button itself: nothing lies over it.
async function isUncovered(button) {
  return button.evaluate((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8]];
    return points.every(([x, y]) => {
      return one.contains(document.elementFromPoint(left + x * width, top + y * height));
    });
  });
}

async function isFocused(form, target) {
  await form.until(async () => {
    assert.ok(await target.evaluate((one) => one === document.activeElement), "has the focus");
  });
}

journey("finish-nothing", "nothing filled in is not finished, and that is said in words", async (device, form) => {
  await form.check();
  await form.pressButton("finish");
  const alert = form.main.getByRole("alert");
  await alert.waitFor();
  assert.equal((await alert.innerText()).trim(), form.words.ui("finish_nothing"));
  await form.picture("refused");
  assert.equal((await kept(form)).finished, undefined);
});

journey("finish", "what is undecided is asked again; finished, it can be read and not changed", async (device, form) => {
  const { words } = form;
  const wrong = [];
  const whole = record();
  delete whole.answers.water_litres;
  await form.load(whole);
  // The message that a record was opened is still at the foot.
  await form.check();
  await form.pressButton("finish");
  const anyway = form.button(words.ui("finish_anyway"));
  await isFocused(form, anyway);
  assert.ok(await isUncovered(anyway), "nothing lies over the second tap");
  const told = words.ui("finish_undecided", { count: "1" });
  assert.ok((await form.main.innerText()).includes(told), "what is undecided is said");
  await form.picture("undecided");
  wrong.push(...await audit(form, "undecided"));
  await form.press(anyway);
  await isFocused(form, line(form));
  await form.picture("finished");
  await form.picture("finished-whole", { fullPage: true });
  wrong.push(...await audit(form, "finished"));
  const { finished, log } = await kept(form);
  assert.match(finished.time, /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
  assert.equal(finished.verdicts.water, "unknown");
  assert.equal(finished.hash.length, 64);
  assert.equal(log.entries.at(-1)[3], "finished");
  assert.ok((await line(form).innerText()).includes(finished.time.slice(0, 16).replace("T", " ")));

  // Every control of every section is disabled as a screen reader understands it.
  const enabled = () => form.main.evaluate((main) => {
    const all = main.querySelectorAll(".fields :is(input, select, textarea, button), .list-foot button, .param button, #standard, #year, #date");
    return { count: all.length, free: [...all].filter((one) => !one.matches(":disabled")).length };
  });
  assert.equal((await enabled()).free, 0);
  for (const topic of ["water", "housing", "members"]) {
    await form.goTo(topic);
    if (topic === "members") await form.openRow("甲");
    const { count, free } = await enabled();
    assert.ok(count > 3, `${topic} has controls`);
    assert.equal(free, 0, topic);
    await line(form).waitFor();
    assert.equal(await form.button(words.ui("remove")).count(), 0);
    await form.picture(topic, { fullPage: true });
    wrong.push(...await audit(form, topic));
  }
  await form.home();
  assert.equal((await enabled()).free, 0, "nor the year and the standard");
  await form.picture("home", { fullPage: true });
  wrong.push(...await audit(form, "home"));
  const before = await kept(form);
  assert.equal(await form.page.evaluate(() => globalThis.ruhu.answer("", 0, "water_litres", "50")), "");
  assert.deepEqual(await kept(form), before, "nor through the page's own door");

  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  await line(form).waitFor();
  assert.deepEqual(await kept(form), before, "after a reload it is the same to the byte");

  // On paper: that it is finished, when, and the letters that name it.
  await form.check();
  await form.page.emulateMedia({ media: "print" });
  const paper = await form.page.locator(".paper").innerText();
  const seal = before.log.seal.slice(0, 12);
  assert.ok(paper.includes(words.ui("paper_finished", {
    time: finished.time.slice(0, 16).replace("T", " "), seal,
  })), paper.slice(0, 300));
  await form.picture("paper", { fullPage: true });
  await form.page.emulateMedia({ media: "screen" });

  // Opened again: by keyboard, and what it was is inside.
  await line(form).getByRole("button").focus();
  await form.page.keyboard.press("Enter");
  await line(form).waitFor({ state: "detached" });
  await form.picture("reopened");
  const open = await kept(form);
  assert.deepEqual(open.versions[0], before);
  assert.equal(open.finished, undefined);
  await form.goTo("water");
  await form.answer("water_litres", "50");
  await form.isVerdict({ is: "met" });
  assert.deepEqual(wrong, []);
});

journey("finish-keyboard", "by keyboard alone: finish, and finish all the same", async (device, form) => {
  const whole = record();
  delete whole.answers.water_litres;
  await form.load(whole);
  await form.check();
  const press = async (name) => {
    for (let step = 0; step < 80; step += 1) {
      await form.page.keyboard.press("Tab");
      const now = await form.page.evaluate(() => document.activeElement.innerText ?? "");
      if (now.trim() === name) return form.page.keyboard.press("Enter");
    }
    assert.fail(`Tab never came to ${name}`);
  };
  await press(form.words.ui("finish"));
  await isFocused(form, form.button(form.words.ui("finish_anyway")));
  await form.page.keyboard.press("Enter");
  await isFocused(form, line(form));
  await form.page.keyboard.press("Tab");
  const now = await form.page.evaluate(() => document.activeElement.innerText.trim());
  assert.equal(now, form.words.ui("reopen"), "the next stop opens it again");
});

journey("finish-changed", "a finished record that was changed beside the form is told with both verdicts", async (device, form) => {
  await form.load(record());
  await form.check();
  await form.pressButton("finish");
  await line(form).waitFor();
  const changed = await kept(form);
  changed.answers.water_litres = "5";
  changed.finished.hash = "0".repeat(64);
  await form.home();
  await form.give("import", "changed.json", JSON.stringify(changed));
  const notices = form.main.locator("#notices");
  await notices.waitFor();
  assert.ok((await notices.innerText()).includes(form.words.text("notice.log_record")));
  const said = await line(form).innerText();
  const [met, not] = ["met", "not_met"].map((one) => form.words.text(`verdict.${one}`));
  assert.match(said, form.words.like("ui.finished_other"));
  assert.ok(said.includes(met) && said.includes(not), said);
  await form.picture("told", { fullPage: true });
  assert.deepEqual(await audit(form, "told"), []);
  await form.press(form.button(form.words.ui("reopen")));
  await line(form).waitFor({ state: "detached" });
});
