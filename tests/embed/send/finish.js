// What is no answer: that a record was finished, and what a portal has written beside it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox, SendError, memory, outbox, put, record, sent } from "./outbox.js";

/** A server in memory that heeds tags. */
function server() {
  let kept;
  let count = 0;
  return {
    kept: () => JSON.parse(kept.text),
    probe: async () => {},
    get: async () => kept,
    put: async (_id, text, tag) => {
      if (tag !== kept?.tag) throw new SendError("changed", "another copy");
      kept = { text, tag: `"${count += 1}"` };
      return kept.tag;
    },
  };
}

for (const [name, mine] of [
  ["a finish", { finished: { verdict: "met", time: "2017-10-15T08:00:00Z" } }],
  ["what a portal wrote", { office: "民建镇" }],
]) {
  test(`${name} goes along, also where another device has answered more meanwhile`, async () => {
    const there = server();
    const [one, two] = [outbox(there), outbox(there)];
    const first = record("a", { village: "东村" });
    await sent(one.box, first);
    const base = await there.get();
    await two.box.add({ ...first, answers: { village: "东村", eats_enough: "yes" } }, { base });
    await two.box.run(true);
    await sent(one.box, { ...first, ...mine });
    const now = there.kept();
    assert.equal(now.answers.eats_enough, "yes");
    assert.match(JSON.stringify(now), new RegExp(Object.keys(mine)[0]), "it is there, or among the versions");
    for (const { box } of [one, two]) box.close();
  });
}

test("a token that nobody gives holds nothing up for ever", async () => {
  // No timer of an outbox keeps a program from its end.
  const alive = setInterval(() => {}, 50);
  const adapter = put("http://127.0.0.1:9/", { token: () => new Promise(() => {}), patience: 50 });
  const box = new Outbox(adapter, { store: memory() });
  const told = new Promise((done) => box.addEventListener("ruhu-waiting", ({ detail }) => done(detail)));
  await box.add(record("a"));
  assert.equal((await told).code, "signed_out");
  assert.equal((await box.items())[0].state, "waiting");
  box.close();
  clearInterval(alive);
});
