// Who looks over a shoulder reads no ID number and no phone number.
import assert from "node:assert/strict";
import { journey } from "./stage.js";

// What is to be seen in a box: what lies over it, or its own text.
async function shown(field) {
  return field.evaluate((box) => {
    const over = box.parentElement.querySelector(".mask");
    const isHidden = getComputedStyle(box).color === "rgba(0, 0, 0, 0)";
    assert(isHidden === Boolean(over && document.activeElement !== box));
    return isHidden ? over.innerText : box.value;
    function assert(holds) {
      if (!holds) throw new Error(`mask ${over?.innerText}, colour ${getComputedStyle(box).color}`);
    }
  });
}

journey("mask", "an ID and a phone number are masked until somebody is at them", async (device, form) => {
  await form.goTo("visit");
  const phone = await form.type("household_phone", "13812345678");
  assert.equal(await shown(phone), "13812345678");
  await phone.blur();
  assert.equal(await shown(phone), "138****5678");
  await form.picture("phone");
  await form.press(phone);
  assert.equal(await shown(phone), "13812345678");
  await phone.press("End");
  await phone.pressSequentially("9");
  await phone.blur();
  assert.equal(await shown(phone), "138*****6789", "what is changed is masked anew");
  assert.equal(await phone.inputValue(), "138123456789", "and the answer is the whole of it");

  await form.goTo("members");
  await form.addRow("member");
  await form.answer("member_name", "甲");
  const id = await form.type("id_number", "511133188001010019");
  await id.blur();
  assert.equal(await shown(id), "511133188001010019", "what is wrong must be put right");
  await form.press(id);
  await id.press("End");
  await id.press("Backspace");
  await id.pressSequentially("8");
  await id.blur();
  assert.equal(await shown(id), "511133********0018");
  await form.picture("id-number");
  await form.isSaved();
  await form.page.reload();
  await form.isIn("members");
  await form.openRow("甲");
  assert.equal(await shown(form.field("id_number")), "511133********0018");
  assert.equal(await form.value("id_number"), "511133188001010018");
});

journey("mask-check", "the answers to be checked are masked as well", async (device, form) => {
  await form.goTo("visit");
  await form.answer("household_phone", "13812345678");
  await form.check();
  await form.button("138****5678").waitFor();
  assert.equal(await form.main.getByText("13812345678").count(), 0);
});
