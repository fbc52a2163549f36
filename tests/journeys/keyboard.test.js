// Without a mouse and without a finger: Tab, Enter, Space, Escape, arrows.
import assert from "node:assert/strict";
import { record } from "./households.js";
import { journey } from "./stage.js";

// What has the focus, as a person would know it, and whether it can be seen.
const focus = (form) => form.page.evaluate(() => {
  const one = document.activeElement;
  if (!one || one === document.body) return { name: "", at: "nowhere" };
  const place = one.getBoundingClientRect();
  const look = getComputedStyle(one);
  const around = one.closest("label") ? getComputedStyle(one.closest("label")) : look;
  const ringed = [look, around].some((style) => {
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1
      || style.boxShadow !== "none";
  });
  const [x, y] = [place.left + place.width / 2, place.top + Math.min(place.height / 2, 20)];
  const top = document.elementFromPoint(x, Math.max(0, y));
  const label = one.closest("label");
  const seen = one.contains(top) || label?.contains(top);
  return {
    name: (one.getAttribute("aria-label") ?? one.labels?.[0]?.innerText ?? one.innerText ?? "").trim(),
    tag: one.tagName,
    inSight: place.bottom > 0 && place.top < innerHeight,
    uncovered: Boolean(seen),
    ringed,
    cover: top && !seen ? top.className : "",
  };
});

// Tabs until something of that name has the focus; every stop on the way must be seen.
async function tabTo(form, name, { most = 60, back = false } = {}) {
  const passed = [];
  for (let step = 0; step < most; step += 1) {
    await form.page.keyboard.press(back ? "Shift+Tab" : "Tab");
    const now = await focus(form);
    if (now.at === "nowhere") continue;
    assert.ok(now.inSight, `${now.name} (${now.tag}) has the focus out of sight`);
    assert.ok(now.uncovered, `${now.name} (${now.tag}) has the focus under ${now.cover}`);
    assert.ok(now.ringed, `${now.name} (${now.tag}) does not show its focus`);
    const flat = now.name.replace(/\s+/g, " ");
    if (typeof name === "string" ? flat === name || flat.startsWith(`${name} `) : name.test(flat)) {
      return passed;
    }
    passed.push(flat);
  }
  assert.fail(`Tab never came to ${name}; it came to ${passed.join(" | ")}`);
}

const press = (form, key) => form.page.keyboard.press(key);

journey("keyboard", "the whole path by keys alone, the focus always in sight", async (device, form) => {
  const { words } = form;
  await press(form, "Tab");
  assert.equal((await focus(form)).name, words.ui("skip"), "the first stop skips the bar");
  await press(form, "Enter");
  await form.until(async () => assert.equal((await focus(form)).tag, "H1"));
  await tabTo(form, words.ui("year"));
  await form.page.keyboard.type("2017");
  await tabTo(form, new RegExp(`^${words.text("topic.members")}`));
  await press(form, "Enter");
  await form.isIn("members");
  await form.until(async () => assert.equal((await focus(form)).tag, "H1", "the title of a new screen"));
  await tabTo(form, words.ui("add", { entity: words.text("entity.member") }));
  await press(form, "Space");
  await form.until(async () => {
    assert.equal((await focus(form)).name, words.fact("member_name"), "the first box of a new row");
  });
  await form.page.keyboard.type("甲");
  await tabTo(form, words.fact("relation"));
  await press(form, "ArrowDown");
  await tabTo(form, words.fact("birth_date"));
  await form.page.keyboard.type("1976-03-12");
  await tabTo(form, words.option("sex", "female"));
  await press(form, "Space");
  await form.isPressed(form.button(words.option("sex", "female"), form.field("sex")));
  await form.picture("member");
  await tabTo(form, words.ui("remove"));
  await press(form, "Enter");
  await form.until(async () => assert.equal((await focus(form)).name, words.ui("undo")));
  await press(form, "Enter");
  await form.until(async () => {
    assert.match((await focus(form)).name, /^甲/, "the row that came back has the focus");
  });
});

journey("keyboard-sheet", "the reasons by keys: in, round, out, and back to where one was", async (device, form) => {
  const { words } = form;
  await form.load(record({ wages: "9900" }));
  await form.goTo("income");
  await form.field("income_is_stable").getByRole("button").first().focus();
  await tabTo(form, new RegExp(words.text("verdict.not_met")), { back: true });
  const opener = (await focus(form)).name;
  await press(form, "Enter");
  await form.sheet.waitFor();
  for (let step = 0; step < 40; step += 1) {
    await press(form, "Tab");
    const inside = await form.page.evaluate(() => {
      const one = document.activeElement;
      return one === document.body || Boolean(one.closest("dialog"));
    });
    assert.ok(inside, "the focus stays in the sheet");
  }
  await form.picture("sheet");
  await press(form, "Escape");
  await form.sheet.waitFor({ state: "hidden" });
  await form.until(async () => assert.equal((await focus(form)).name, opener, "back where one was"));
});

journey("keyboard-next", "下一题 leads by keys through every question that is left", async (device, form) => {
  const { answers } = record();
  const { eats_enough, power_connected, water_litres, ...rest } = answers;
  assert.ok(eats_enough && power_connected && water_litres);
  await form.load(record({ answers: rest }));
  await form.isVerdict({ met: 6, unknown: 3 });
  for (let left = 3; left > 0; left -= 1) {
    await form.button(form.words.ui("next_question"), form.bar).focus();
    await press(form, "Enter");
    await form.until(async () => {
      const now = await focus(form);
      assert.ok(now.uncovered && now.inSight && now.tag !== "H1", JSON.stringify(now));
    });
    await form.picture(`left-${left}`);
    const { tag } = await focus(form);
    if (tag === "INPUT") await form.page.keyboard.type("40");
    else await press(form, "Space");
    await form.isVerdict({ unknown: left - 1 });
  }
  await form.isVerdict({ is: "met" });
  await form.press(form.button(form.words.ui("to_check"), form.bar));
  await form.isAt(form.words.ui("check"));
});

journey("keyboard-all", "on the page with everything, no stop is hidden under the bar", async (device, form) => {
  await form.load(record());
  await form.inOnePage();
  await form.until(async () => assert.equal((await focus(form)).tag, "H1"));
  await tabTo(form, form.words.option("house_grade", "B"), { most: 150 });
  await tabTo(form, form.words.fact("water_litres"), { most: 150 });
  await tabTo(form, form.words.option("house_grade", "B"), { most: 150, back: true });
});
