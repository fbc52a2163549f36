// The page is left, by will or by accident, and everything is there again.
import assert from "node:assert/strict";
import { journey } from "./stage.js";

journey("reload", "a reload restores the answers, the section and the looks", async (device, form) => {
  await form.choose({ year: 2018, date: "2018-05-06" });
  await form.goTo("members");
  await form.addRow("member");
  await form.answers({ member_name: "甲", relation: "head", birth_date: "1976-03-12" });
  await form.goTo("water");
  await form.answers({ water_litres: "40", water_tap: "yes", water_short_days: "约三" });
  await form.isSaved();
  const before = await form.verdict();
  await form.page.reload();
  await form.isReady();
  await form.isIn("water");
  assert.equal(await form.value("water_litres"), "40");
  assert.equal(await form.value("water_short_days"), "约三");
  assert.match(await form.said("water_short_days"), form.words.like("problem.not_a_number"));
  await form.isPressed(form.button(form.words.text("say.true"), form.field("water_tap")));
  assert.deepEqual(await form.verdict(), before);
  await form.picture("after-reload");
  await form.goTo("members");
  await form.openRow("甲");
  assert.equal(await form.value("birth_date"), "1976-03-12");
  await form.home();
  const year = form.main.getByLabel(form.words.ui("year"), { exact: true });
  assert.equal(await year.inputValue(), "2018");
});

journey("close-at-once", "closing the tab right after a key loses nothing", async (device, form) => {
  await form.goTo("visit");
  await form.isSaved();
  const box = await form.type("village", "木");
  await box.pressSequentially("乃");
  await form.page.close({ runBeforeUnload: true });
  const again = await device.visit();
  await again.isIn("visit");
  assert.equal(await again.value("village"), "木乃");
  await again.type("township", "甲");
  await again.page.goto("about:blank");
  await again.page.goBack();
  await again.isReady();
  assert.equal(await again.value("township"), "甲");
});
