// Questions as a person meets them: found by their words, answered as fingers do.
import assert from "node:assert/strict";

/** Two taps in one place within this time are a double tap, which selects a word, in milliseconds. */
const doubleTap = 350;

export class Answers {
  constructor(page, words, device) {
    this.page = page;
    this.words = words;
    this.device = device;
    this.tapped = 0;
  }

  get main() {
    return this.page.getByRole("main");
  }

  // A finger on a phone, a mouse at a desk. A finger that goes from box to box is no double tap.
  async press(target) {
    if (!this.device.isPhone) return target.click();
    if (await target.evaluate((element) => element.matches("input, textarea"))) {
      await this.page.waitForTimeout(Math.max(0, this.tapped + doubleTap - Date.now()));
    }
    await target.tap();
    this.tapped = Date.now();
  }

  button(name, within = this.main) {
    return within.getByRole("button", { name, exact: true });
  }

  async pressButton(key, parts) {
    await this.press(this.button(this.words.ui(key, parts)));
  }

  // Tries until it holds, or says why it did not.
  async until(holds, within = 6000) {
    const end = Date.now() + within;
    for (;;) {
      try {
        return await holds();
      } catch (error) {
        if (Date.now() > end) throw error;
        await this.page.waitForTimeout(50);
      }
    }
  }

  // Where a fact is answered: a box, a list, or a group of buttons.
  field(fact, within = this.main) {
    const name = this.words.fact(fact);
    const by = (role) => within.getByRole(role, { name, exact: true });
    return by("textbox").or(by("combobox")).or(by("group"));
  }

  async answer(fact, value, within = this.main) {
    const field = this.field(fact, within);
    const kind = await field.evaluate((element) => element.tagName);
    const words = this.words.option(fact, value);
    if (kind === "SELECT") await field.selectOption({ label: words });
    else if (kind === "INPUT" || kind === "TEXTAREA") {
      await field.fill(words);
      await field.blur();
    } else {
      const button = this.button(words, field);
      if (await button.getAttribute("aria-pressed") !== "true") await this.press(button);
      await this.isPressed(button);
    }
  }

  async isPressed(button, pressed = true) {
    await this.until(async () => {
      const now = await button.getAttribute("aria-pressed");
      assert.equal(now, `${pressed}`, `aria-pressed of ${await button.innerText()}`);
    });
  }

  async answers(all) {
    for (const [fact, value] of Object.entries(all)) await this.answer(fact, value);
  }

  // Key by key, as fingers do.
  async type(fact, text) {
    const field = this.field(fact);
    await this.press(field);
    await field.pressSequentially(text);
    return field;
  }

  // Everything that is said under a fact: what was read, what is wrong, what looks odd.
  async said(fact) {
    const field = this.field(fact);
    return field.evaluate((element) => {
      let around = element;
      const label = `l-${element.id}`;
      while (around && !around.querySelector(`[id="${label}"]`)) around = around.parentElement;
      return around?.innerText ?? "";
    });
  }

  // What a screen reader is told about a box beyond its name.
  async described(fact) {
    return this.field(fact).evaluate((element) => {
      const ids = (element.getAttribute("aria-describedby") ?? "").split(" ");
      return ids.map((id) => document.getElementById(id)?.innerText ?? "").join(" ").trim();
    });
  }

  async value(fact) {
    return this.field(fact).inputValue();
  }
}
