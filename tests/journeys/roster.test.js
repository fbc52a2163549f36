// Members come and go: added, copied, removed, and brought back whole.
import assert from "node:assert/strict";
import { record, three } from "./households.js";
import { journey } from "./stage.js";

async function names(form) {
  const texts = await form.cards().allInnerTexts();
  return texts.map((text) => text.trim()[0]);
}

async function snapshot(form) {
  return form.page.evaluate(() => JSON.parse(globalThis.ruhu.record()).lists);
}

journey("undo", "a member who was removed comes back with everything", async (device, form) => {
  await form.load(record());
  await form.goTo("members");
  assert.deepEqual(await names(form), ["甲", "乙", "丙"]);
  const before = await snapshot(form);
  const verdict = await form.verdict();
  await form.openRow("乙");
  await form.removeRow();
  await form.until(async () => assert.deepEqual(await names(form), ["甲", "丙"]));
  await form.picture("removed");
  const focused = await form.page.evaluate(() => document.activeElement.innerText);
  assert.equal(focused, form.words.ui("undo"), "the way back has the focus");
  await form.undo();
  await form.until(async () => assert.deepEqual(await names(form), ["甲", "乙", "丙"]));
  assert.deepEqual(await snapshot(form), before);
  assert.deepEqual(await form.verdict(), verdict);
  await form.openRow("乙");
  assert.equal(await form.value("birth_date"), "1979-06-20");
});

journey("undo-wages", "whose wage it was is known again when the member is back", async (device, form) => {
  await form.load(record());
  await form.goTo("members");
  await form.openRow("甲");
  await form.removeRow();
  await form.goTo("income");
  await form.openRow(form.words.option("wage_kind", "employment"));
  const gone = await form.said("wage_member");
  assert.match(gone, form.words.like("problem.no_such_row"), "nobody is put in 甲's place");
  const shown = await form.field("wage_member").locator("option:checked").allInnerTexts();
  await form.picture("nobody");
  assert.deepEqual(shown, [form.words.ui("choose")], "nobody else's name stands in the list");
  await form.undo();
  await form.goTo("income");
  await form.openRow(form.words.option("wage_kind", "employment"));
  const chosen = form.field("wage_member").locator("option:checked");
  assert.equal((await chosen.innerText()).trim(), "甲");
});

journey("copy", "a copy is a new row, and the list has to be finished again", async (device, form) => {
  await form.goTo("members");
  await form.addRow("member");
  await form.answers(three.members[0]);
  await form.thatIsAll("member");
  await form.pressButton("copy");
  await form.until(async () => assert.equal(await form.cards().count(), 2));
  const lists = await snapshot(form);
  assert.equal(lists.member.complete, false, "a list with a new row is not finished");
  const [one, other] = lists.member.rows;
  assert.notEqual(one.key, other.key);
  assert.equal(other.answers.ethnicity, one.answers.ethnicity, "what is alike is copied");
  assert.equal(other.answers.id_number, undefined, "an ID number belongs to one person");
  await form.picture("copied", { fullPage: true });
});

journey("sixty-four", "the list ends at sixty-four, and the button says so", async (device, form) => {
  await form.load(record({ members: 63 }));
  await form.goTo("members");
  await form.addRow("member");
  await form.until(async () => assert.equal(await form.cards().count(), 64));
  const add = form.button(form.words.ui("add", { entity: form.words.text("entity.member") }));
  assert.ok(await add.isDisabled());
  await form.picture("full");
});

// How many nodes come, go or change while something is done.
async function touched(form, act) {
  await form.isSaved();
  await form.page.waitForTimeout(400);
  await form.page.evaluate(() => {
    globalThis.seen = 0;
    const count = (list) => [...list].reduce((sum, node) => {
      return sum + 1 + (node.querySelectorAll?.("*").length ?? 0);
    }, 0);
    globalThis.observer = new MutationObserver((records) => {
      for (const one of records) {
        const many = one.type === "childList" ? count(one.addedNodes) + count(one.removedNodes) : 1;
        globalThis.seen += many;
      }
    });
    globalThis.observer.observe(document.getElementById("ruhu"), {
      subtree: true, childList: true, attributes: true, characterData: true,
    });
  });
  await act();
  await form.page.waitForTimeout(600);
  return form.page.evaluate(() => {
    globalThis.observer.disconnect();
    return globalThis.seen;
  });
}

journey("node-count", "the fiftieth member costs no more than the fifth, a key next to nothing", async (device, form) => {
  const counts = {};
  for (const members of [5, 50]) {
    await form.load(record({ members }));
    await form.goTo("members");
    const add = () => form.addRow("member");
    counts[members] = { add: await touched(form, add) };
    await form.answer("member_name", "戊");
    const key = () => form.field("member_name").pressSequentially("己");
    counts[members].key = await touched(form, key);
  }
  // A sentence more or less may be said of fifty; forty-five cards would be hundreds of nodes.
  assert.ok(counts[50].add <= counts[5].add + 30, `adding: ${JSON.stringify(counts)}`);
  assert.equal(counts[50].key, counts[5].key, `a key: ${JSON.stringify(counts)}`);
  assert.ok(counts[5].key <= 12, `a key touches ${counts[5].key} nodes`);
});
