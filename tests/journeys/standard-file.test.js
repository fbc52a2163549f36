// A county's own standard comes as a file: a good one is added, a broken one changes nothing.
import assert from "node:assert/strict";
import { county } from "./county.js";
import { record } from "./households.js";
import { journey } from "./stage.js";

const state = (form) => form.page.evaluate(() => globalThis.ruhu.record());

journey("standard-good", "a good file is added, chosen, and still there after a reload", async (device, form) => {
  await form.load(record());
  await form.home();
  await form.give("load_standard", "jia.json", county());
  const list = form.main.getByLabel(form.words.ui("standard"));
  await form.until(async () => {
    assert.equal((await list.locator("option:checked").innerText()).trim(), "甲县退出标准（试）");
  });
  await form.isVerdict({ is: "met", met: 1, unknown: 0 });
  await form.picture("chosen", { fullPage: true });
  await form.goTo("power");
  assert.match(await form.main.innerText(), /家家通电/);
  await form.answer("power_connected", "no");
  await form.isVerdict({ is: "not_met", not_met: 1 });
  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  await form.isVerdict({ is: "not_met", not_met: 1 });
  await form.home();
  await list.selectOption("sichuan-household-2016");
  await form.isVerdict({ met: 8, not_met: 1 });
});

// Each file is broken in one way; what is said must name the file, the line and the key.
const broken = [
  ["unknown-name", county({ criterion: [{
    id: "power", topic: "power", source: "A", text: "家家通电", met: "power_konnected",
  }] }), /power_konnected/],
  ["no-source", county({ criterion: [{
    id: "power", topic: "power", source: "Z", text: "家家通电", met: "power_connected",
  }] }), /Z/],
  ["misspelt-key", county({ kriterion: [] }), /kriterion/],
  ["not-json", county().slice(0, -40), /JSON/],
];

for (const [name, text, named] of broken) {
  journey(`standard-${name}`, `a standard with ${name} is refused whole`, async (device, form) => {
    await form.load(record());
    const before = await state(form);
    await form.home();
    const options = () => form.main.getByLabel(form.words.ui("standard")).locator("option").count();
    const many = await options();
    await form.give("load_standard", "jia-county.json", text);
    await form.alert.waitFor();
    const said = await form.alert.innerText();
    assert.match(said, /jia-county\.json/, "the file");
    assert.match(said, /第\d+行/, "the line");
    assert.match(said, named, "the key or the name");
    assert.match(said, /[\u4e00-\u9fff]{4}/, "in Chinese");
    await form.picture("refused");
    assert.equal(await state(form), before);
    assert.equal(await options(), many);
    await form.isVerdict({ is: "met", met: 9 });
  });
}
