// A form that stops half way: by a fault of its own, or because the browser ended it.
import assert from "node:assert/strict";
import { journey } from "./stage.js";

journey("stopped", "a form that has stopped says so, and comes back with all that was saved", async (device, form) => {
  await form.goTo("visit");
  await form.answers({ village: "东村" });
  await form.isSaved();
  const said = form.page.getByRole("alert").getByText(form.words.ui("stopped"), { exact: true });
  const mark = form.main.getByText(form.words.ui("saving"), { exact: true }).or(
    form.main.getByText(form.words.ui("saved"), { exact: true }),
  ).first();
  assert.equal(await said.isVisible(), false);
  assert.equal(await mark.isVisible(), true);
  device.forgive(/^thrown: RuntimeError/);
  await form.page.evaluate(() => {
    // Asked for its record while it changes it: no page does that, and no form survives it.
    const { toString } = Date.prototype;
    Date.prototype.toString = function asks() {
      globalThis.ruhu.record();
      return toString.call(this);
    };
  });
  await form.box("township").fill("甲乡");
  await said.waitFor();
  // Nothing says any more that it is saved.
  assert.equal(await mark.isVisible(), false);
  await form.picture("stopped");
  await form.page.getByRole("link", { name: form.words.ui("stopped_anew") }).click();
  await said.waitFor({ state: "hidden" });
  await form.isReady();
  await form.isIn("visit");
  assert.equal(await form.value("village"), "东村");
  await form.answers({ township: "乙乡" });
  await form.isSaved();
});
