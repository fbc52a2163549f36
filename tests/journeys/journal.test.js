// What a journal keeps of a visit is enough to write it again, whatever row goes bad.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WHOLE, change, replay } from "../../www/keep/journal.js";

// The same numbers in every run.
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % sides;
  };
}

const letters = ["甲", "乙", "\"", "\\", "0", "7", "{", "𠮷", "\ud842", "\n"];

function edited(text, throws) {
  const at = throws(text.length + 1);
  const end = at + throws(Math.min(8, text.length - at + 1));
  const put = Array.from({ length: throws(6) }, () => letters[throws(letters.length)]);
  return text.slice(0, at) + put.join("") + text.slice(end);
}

// A visit's journal after so many changes, pruned as it is when it is kept.
function journal(changes, throws) {
  let rows = [];
  let [text, whole] = ["{}", 0];
  const texts = [];
  for (let number = 1; number <= changes; number += 1) {
    const next = edited(text, throws);
    const isWhole = number === 1 || number % WHOLE === 0;
    rows.push([number, isWhole, isWhole ? next : change(text, next)]);
    if (isWhole && whole > 0) rows = rows.filter(([one]) => one >= whole);
    if (isWhole) whole = number;
    text = next;
    texts[number] = text;
  }
  return { rows, texts };
}

test("a change leads from any text to any other", () => {
  const throws = dice(1);
  let text = "";
  for (let tries = 0; tries < 20_000; tries += 1) {
    const next = edited(text.slice(0, 60), throws);
    const found = replay([[1, true, text], [2, false, change(text, next)]], 2);
    assert.deepEqual(found, { text: next, missing: 0 });
    text = next;
  }
});

test("the journal alone gives the newest text, at any length", () => {
  for (const changes of [1, 2, 63, 64, 65, 127, 128, 191, 192, 193, 256, 257, 700]) {
    const { rows, texts } = journal(changes, dice(changes));
    assert.deepEqual(replay(rows, changes), { text: texts[changes], missing: 0 });
    assert.ok(rows.length <= 2 * WHOLE);
    // The last whole text may be spoilt as well: the one before it is still there.
    const last = rows.findLast(([, isWhole]) => isWhole)[0];
    const found = replay(rows.map((row) => row[0] === last ? [last, true] : row), changes);
    assert.equal(found?.text, last === 1 ? undefined : texts[last - 1]);
  }
});

test("a spoilt row costs what followed it, and never a wrong text", () => {
  const { rows, texts } = journal(200, dice(7));
  for (const [bad] of rows) {
    const left = rows.map((row) => row[0] === bad ? [row[0], row[1]] : row);
    const found = replay(left, 200);
    const number = 200 - found.missing;
    assert.equal(found.text, texts[number]);
    const next = rows.find(([one, isWhole]) => one > bad && isWhole);
    assert.equal(number, next ? 200 : bad - 1);
  }
  for (const [gone, isWhole] of rows) {
    const left = rows.filter(([number]) => number !== gone);
    const found = replay(left, 200);
    const number = 200 - found.missing;
    assert.equal(found.text, texts[number]);
    assert.ok(isWhole || number === 200 || number < gone);
  }
  assert.equal(replay([], 3), undefined);
  assert.equal(replay([[4, false, "[0,0,\"\"]"]], 4), undefined);
});
