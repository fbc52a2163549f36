// Chinese is composed, not typed: a composition is never broken, a caret never jumps.
import assert from "node:assert/strict";
import { journey } from "./stage.js";

// Composes letter by letter and ends with a word, as an input method does.
async function compose(form, letters, word) {
  const cdp = await form.page.context().newCDPSession(form.page);
  for (let end = 1; end <= letters.length; end += 1) {
    const text = letters.slice(0, end);
    await cdp.send("Input.imeSetComposition", { text, selectionStart: end, selectionEnd: end });
    await form.page.waitForTimeout(20);
  }
  await cdp.send("Input.insertText", { text: word });
}

const isFocused = (field) => field.evaluate((element) => element === document.activeElement);
const caret = (field) => field.evaluate((element) => element.selectionStart);

journey("input-method", "a word that is composed arrives whole, and is kept", async (device, form) => {
  await form.goTo("visit");
  const village = form.field("village");
  await form.press(village);
  await compose(form, "munai", "木乃");
  assert.equal(await village.inputValue(), "木乃");
  await compose(form, "cun", "村");
  assert.equal(await village.inputValue(), "木乃村");
  await form.picture("composed");
  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  assert.equal(await form.value("village"), "木乃村");
});

journey("input-method-answer", "a composed word is an answer at once, a half one is none", async (device, form) => {
  const answer = (id) => form.page.evaluate((fact) => {
    return JSON.parse(globalThis.ruhu.record()).answers?.[fact];
  }, id);
  await form.goTo("visit");
  const cdp = await form.page.context().newCDPSession(form.page);
  await form.press(form.field("village"));
  await cdp.send("Input.imeSetComposition", { text: "mu", selectionStart: 2, selectionEnd: 2 });
  await form.page.waitForTimeout(50);
  assert.equal(await answer("village"), undefined, "pinyin is not an answer");
  await cdp.send("Input.insertText", { text: "木" });
  await form.until(async () => assert.equal(await answer("village"), "木"));
  await form.press(form.field("registered_size"));
  await form.until(async () => assert.ok(await isFocused(form.field("registered_size"))));
  await compose(form, "３", "３");
  await form.until(async () => assert.equal(await answer("registered_size"), "３"));
  await form.field("registered_size").blur();
  await form.until(async () => assert.equal(await form.value("registered_size"), "3"));
});

journey("input-method-row", "the name on a card follows a composition without breaking it", async (device, form) => {
  await form.goTo("members");
  await form.addRow("member");
  await form.press(form.field("member_name"));
  await compose(form, "jia", "甲");
  assert.equal(await form.value("member_name"), "甲");
  await form.cards().filter({ hasText: "甲" }).waitFor();
  await compose(form, "yi", "乙");
  assert.equal(await form.value("member_name"), "甲乙");
});

journey("caret", "typing in the middle keeps the caret there", async (device, form) => {
  await form.goTo("visit");
  for (const [fact, text, put, at] of [
    ["village", "木村", "乃", 1], ["household_number", "1245", "3", 2], ["arable_land", "12.5", "3", 2],
  ]) {
    const field = await form.type(fact, text);
    await field.evaluate((element, to) => element.setSelectionRange(to, to), at);
    await form.page.keyboard.insertText(put);
    await form.page.waitForTimeout(50);
    assert.equal(await field.inputValue(), text.slice(0, at) + put + text.slice(at));
    assert.ok(await isFocused(field), `${fact} keeps the focus, also where a hint appears`);
    assert.equal(await caret(field), at + 1, `the caret in ${fact}`);
  }
  await form.goTo("members");
  await form.addRow("member");
  const field = await form.type("id_number", "51113318800101001");
  await field.evaluate((element) => element.setSelectionRange(6, 6));
  await form.page.keyboard.insertText("9");
  assert.equal(await caret(field), 7, "the caret in an ID number");
});
