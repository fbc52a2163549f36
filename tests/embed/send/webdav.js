// Records are sent to a real Apache, which heeds preconditions, and to a real nginx, which
// does not.
import assert from "node:assert/strict";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { program, run } from "../place.js";
import { apache, inFrontOf, nginx } from "../servers.js";
import { answers, append, outbox, put, record, ruhu, sent, states, toldOnly } from "./outbox.js";

async function assessed(folder, name, text) {
  const file = join(folder, name);
  await writeFile(file, text);
  return (await run(program(), ["assess", file])).stdout;
}

describe("a real Apache", () => {
  let server;
  before(async () => { server = await apache(); });
  after(() => server.close());

  const there = (id) => readFile(join(server.folder, id), "utf8");

  test("a new record and a changed one are there, byte for byte but for what filters eat", async (context) => {
    const { box, told } = outbox(put(server.url));
    context.after(() => box.close());
    const text = JSON.stringify(record("甲 1", { village: "<b>东村</b> & \u2028西", eats_enough: "yes" }));
    await sent(box, text);
    assert.deepEqual(await states(box), { "甲 1": "sent" });
    const bytes = await there("甲 1");
    assert.ok(!/[<>&\u2028]/.test(bytes), bytes);
    assert.ok(bytes.includes("\\u003cb\\u003e东村\\u003c/b\\u003e \\u0026 \\u2028西"), bytes);
    assert.deepEqual(JSON.parse(bytes), JSON.parse(text));
    const reports = await Promise.all([["a", text], ["b", bytes]].map(([name, one]) => assessed(server.folder, name, one)));
    assert.equal(reports[0], reports[1]);
    assert.match(reports[0], /"verdict":/);
    await sent(box, record("甲 1", { village: "西村" }));
    assert.equal(JSON.parse(await there("甲 1")).answers.village, "西村");
    assert.equal(told.sent.length, 2);
    toldOnly(told, "sent");
    for (const name of ["a", "b"]) await rm(join(server.folder, name));
  });

  test("an answer that was lost on its way is asked for again, and nothing is there twice", async (context) => {
    let isCut = true;
    const proxy = await inFrontOf(server.url, ({ method, url }) => isCut && method === "PUT" && url.endsWith("/lost"));
    const { box, told } = outbox(put(proxy.url));
    context.after(async () => {
      box.close();
      await proxy.close();
    });
    await sent(box, record("lost", { village: "东村" }));
    assert.deepEqual(await states(box), { lost: "waiting" });
    assert.equal(told.waiting.at(-1).code, "offline");
    assert.equal(JSON.parse(await there("lost")).answers.village, "东村");
    isCut = false;
    await box.run(true);
    assert.deepEqual(await states(box), { lost: "sent" });
    toldOnly(told, "sent", "waiting");
    // Somebody wrote on meanwhile: what was lost is what that goes on from.
    isCut = true;
    await sent(box, record("lost", { village: "西村" }));
    isCut = false;
    await sent(box, record("lost", { village: "南村", eats_enough: "yes" }));
    assert.deepEqual(JSON.parse(await there("lost")).answers, { village: "南村", eats_enough: "yes" });
    toldOnly(told, "sent", "waiting");
  });

  test("of two devices each keeps what it alone has answered, and both end with the same", async (context) => {
    const names = [new Set(), new Set()];
    const devices = names.map((seen) => outbox(put(server.url), {
      merge(...given) {
        seen.add(given[2].device);
        return ruhu.merge(...given);
      },
    }));
    context.after(() => devices.forEach(({ box }) => box.close()));
    const [one, two] = devices;
    for (const { box } of devices) await sent(box, record("two", { village: "东村", eats_enough: "no" }));
    await sent(one.box, record("two", { village: "西村", eats_enough: "no" }));
    await sent(two.box, record("two", { village: "东村", eats_enough: "yes" }));
    // The first one hears of it when it has something to say itself.
    assert.deepEqual(two.told.merged[0].record.answers, { village: "西村", eats_enough: "yes" });
    assert.deepEqual(two.told.merged[0].mine.answers, { village: "东村", eats_enough: "yes" });
    await sent(one.box, record("two", { village: "西村", eats_enough: "no", eats_protein: "yes" }));
    // The second has not taken over what it was told: nothing of the others goes for that.
    await sent(two.box, record("two", { village: "东村", eats_enough: "yes", drinks_safely: "no" }));
    await sent(one.box, record("two", { village: "西村", eats_enough: "no", eats_protein: "yes", tap: "1" }));
    const all = { village: "西村", eats_enough: "yes", eats_protein: "yes", drinks_safely: "no", tap: "1" };
    assert.deepEqual(JSON.parse(await there("two")).answers, all);
    assert.deepEqual(await answers(one.box, "two"), all);
    // Sent again without a change it learns the rest.
    await sent(two.box, one.told.merged.at(-1).record);
    assert.deepEqual(await answers(two.box, "two"), all);
    for (const { told } of devices) toldOnly(told, "sent", "merged");
    // Logs of two that merge at the same moment are told from each other by that.
    assert.equal(new Set(names.flatMap((seen) => [...seen])).size, 2);
  });

  test("what both have answered is asked, and what is decided is there", async (context) => {
    const [one, two] = [outbox(put(server.url)), outbox(put(server.url))];
    context.after(() => [one, two].forEach(({ box }) => box.close()));
    for (const { box } of [one, two]) await sent(box, record("both", { village: "东村" }));
    await sent(one.box, record("both", { village: "西村", eats_enough: "yes" }));
    await sent(two.box, record("both", { village: "南村", eats_protein: "yes" }), record("behind"));
    assert.deepEqual(await states(two.box), { both: "conflict", behind: "sent" });
    const [asked] = two.told.conflict;
    assert.deepEqual(asked.conflicts, [{ place: "/answers/village", here: "南村", there: "西村" }]);
    assert.deepEqual([asked.mine.answers.village, asked.theirs.answers.village], ["南村", "西村"]);
    // Undecided, it is asked again; kept as it was, it is not asked twice.
    assert.equal((await two.box.settle("both", {})).length, 1);
    await sent(two.box, record("both", { village: "南村", eats_protein: "yes" }));
    assert.equal(two.told.conflict.length, 1);
    assert.equal(JSON.parse(await there("both")).answers.village, "西村");
    assert.deepEqual(await two.box.settle("both", { "/answers/village": "here" }), []);
    const all = { village: "南村", eats_enough: "yes", eats_protein: "yes" };
    assert.deepEqual(JSON.parse(await there("both")).answers, all);
    assert.deepEqual(two.told.merged.map(({ record }) => record.answers), [all]);
    assert.deepEqual(await states(two.box), { both: "sent", behind: "sent" });
    // Who decides for the other one's keeps that, with what was written since.
    await sent(one.box, record("both", { village: "北村", eats_enough: "yes" }));
    assert.deepEqual(await one.box.settle("both", { "/answers/village": "there" }), []);
    await sent(one.box, record("both", { village: "北村", eats_enough: "no" }));
    assert.deepEqual(JSON.parse(await there("both")).answers, { ...all, eats_enough: "no" });
    assert.equal(one.told.conflict.length, 1);
    assert.equal(two.told.conflict.length, 1);
  });

  test("what was taken away there waits to be decided, and is put there anew", async (context) => {
    const { box, told } = outbox(put(server.url));
    context.after(() => box.close());
    await sent(box, record("gone", { village: "东村" }));
    await rm(join(server.folder, "gone"));
    await sent(box, record("gone", { village: "西村" }), record("after"));
    assert.deepEqual(await states(box), { gone: "refused", after: "sent" });
    assert.deepEqual([told.unsent[0].code, told.unsent[0].isParked], ["gone", true]);
    await box.run(true);
    assert.ok(!(await readdir(server.folder)).includes("gone"));
    await box.retry("gone");
    assert.equal(JSON.parse(await there("gone")).answers.village, "西村");
    assert.deepEqual(await states(box), { gone: "sent", after: "sent" });
  });

  test("one that is too large for it holds up nothing, and a wrong address takes nothing", async (context) => {
    const [right, wrong] = [outbox(put(server.url)), outbox(put(`${server.url}none/`))];
    context.after(() => [right, wrong].forEach(({ box }) => box.close()));
    await sent(right.box, record("large", { village: "村".repeat(60_000) }), record("small"));
    // It may break the line before it has heard all of it.
    await right.box.run(true);
    assert.equal((await states(right.box)).small, "sent");
    assert.notEqual((await states(right.box)).large, "sent");
    await right.box.remove("large");
    await sent(wrong.box, record("x"));
    assert.deepEqual(await states(wrong.box), { x: "waiting" });
    assert.equal(wrong.told.waiting.at(-1).code, "refused");
    assert.match(wrong.told.waiting.at(-1).text, /folder/);
    const added = outbox(append(`${server.url}none/`));
    context.after(() => added.box.close());
    await sent(added.box, record("x"));
    assert.deepEqual([await states(added.box), added.told.unsent[0].code], [{ x: "refused" }, "refused"]);
  });

  test("names that lead elsewhere are refused, and the others are sent", async (context) => {
    const { box, told } = outbox(put(server.url));
    context.after(() => box.close());
    const names = [".", "..", "\ud800", "probe"];
    await sent(box, ...names.map((id) => record(id)), record("a?b#c%41"));
    const { "a?b#c%41": state, ...others } = await states(box);
    assert.equal(state, "sent");
    assert.deepEqual(new Set(Object.values(others)), new Set(["refused"]));
    assert.equal(told.unsent.length, names.length);
    assert.deepEqual(JSON.parse(await there("probe")), { ruhu: 1, id: "probe" });
    for (const wrong of [undefined, null, 5, "x", "null", [], { id: "" }, { ruhu: 1 }]) {
      await assert.rejects(box.add(wrong), /a record is an object, .*`id`/);
    }
  });
});

describe("a real nginx", () => {
  let server;
  before(async () => { server = await nginx(); });
  after(() => server.close());

  test("is refused, before anything of a household is there", async (context) => {
    const { box, told } = outbox(put(server.url));
    context.after(() => box.close());
    await sent(box, record("one", { village: "东村" }));
    assert.equal(told.waiting.at(-1).code, "ignores_preconditions");
    assert.match(told.waiting.at(-1).text, /if-none-match/);
    assert.deepEqual(await states(box), { one: "waiting" });
    assert.deepEqual(await readdir(server.folder), ["probe"]);
    assert.deepEqual(JSON.parse(await readFile(join(server.folder, "probe"), "utf8")), { ruhu: 1, id: "probe" });
  });

  test("takes what is only added to: each state under a name of its own", async (context) => {
    const { box, told } = outbox(append(server.url));
    context.after(() => box.close());
    const first = JSON.stringify(record("one", { village: "<东村>" }));
    await sent(box, first);
    await sent(box, record("one", { village: "西村" }));
    await sent(box, first);
    const names = (await readdir(server.folder)).filter((name) => name.startsWith("one."));
    assert.equal(names.length, 2);
    const texts = await Promise.all(names.map((name) => readFile(join(server.folder, name), "utf8")));
    assert.deepEqual(texts.map((text) => JSON.parse(text).answers.village).sort(), ["<东村>", "西村"]);
    assert.ok(texts.every((text) => ruhu.assess(text).id === "one"));
    assert.deepEqual(await states(box), { one: "sent" });
    toldOnly(told, "sent");
  });
});
