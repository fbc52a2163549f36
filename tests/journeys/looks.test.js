// Another language, larger letters, strong sunlight; and nothing a machine finds wrong.
import assert from "node:assert/strict";
import { audit } from "./barriers.js";
import { record } from "./households.js";
import { journey } from "./stage.js";

async function look(form, key) {
  await form.home();
  const chip = form.button(form.words.ui(key));
  await form.press(chip);
  await form.isPressed(chip);
}

// Every kind of screen, with something on it.
async function everywhere(form, visit) {
  await form.home();
  await visit("home");
  await form.goTo("members");
  await form.openRow("丙");
  await visit("members");
  await form.goTo("income");
  await visit("income");
  await form.goTo("water");
  await form.answer("water_litres", "四十?");
  await visit("water");
  await form.openReasons();
  await form.openRow(form.words.text("term.water"), form.sheet);
  await visit("reasons");
  await form.closeReasons();
  await form.check();
  await visit("check");
}

// Colours know no language: two walks see both themes and both languages.
for (const [name, language, key] of [
  ["looks-plain", "zh-CN", null], ["looks-contrast", "en", "contrast"],
]) {
  journey(name, `no barrier on any screen: ${language} ${key ?? "plain"}`, async (device, form) => {
    await form.load(record({ wages: "9900" }));
    if (language !== "zh-CN") await form.speak(language);
    if (key) await look(form, key);
    const found = [];
    await everywhere(form, async (what) => {
      await form.picture(what, { fullPage: what !== "reasons" });
      found.push(...await audit(form, what));
    });
    assert.deepEqual(found, []);
  });
}

journey("language", "the language changes every word, and is remembered", async (device, form) => {
  await form.load(record({ wages: "9900" }));
  await form.speak("en");
  await form.isVerdict({ is: "not_met", met: 8, not_met: 1 });
  const seen = await form.page.locator("#ruhu").getAttribute("lang")
    ?? await form.main.evaluate((one) => one.closest("[lang]").lang);
  assert.equal(seen, "en");
  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  await form.isAt(form.words.ui("title"));
  await form.goTo("water");
  const text = await form.main.innerText();
  assert.doesNotMatch(text, /[\u4e00-\u9fff]{2}/, "no Chinese in an English page");
  await form.home();
  await form.speak("zh-CN");
  await form.isVerdict({ is: "not_met" });
});

journey("large", "large letters fit a narrow screen, and nothing is cut off at the side", async (device, form) => {
  await form.load(record({ wages: "9900" }));
  await look(form, "large");
  await everywhere(form, async (what) => {
    const wide = await form.page.evaluate(() => {
      const root = document.documentElement;
      return root.scrollWidth - root.clientWidth;
    });
    await form.picture(what);
    assert.ok(wide <= 0, `${what} is ${wide} px wider than the screen`);
  });
});

journey("no-english", "in Chinese, every word is Chinese", async (device, form) => {
  await form.load(record({ wages: "9900" }));
  await everywhere(form, async (what) => {
    const text = await form.page.locator("body").innerText();
    const plain = text.replace(/English|T\/CHES 18|[A-DX]级|[A-D]类|1?\d位|JSON|\bX\b/g, "");
    const words = plain.match(/[A-Za-z_]{2,}/g) ?? [];
    assert.deepEqual(words, [], `${what}: ${words}`);
  });
});
