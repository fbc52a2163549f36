// One verdict: the same record gives the same bytes on the command line, on Node, in a page,
// in a worker and in the element.
import assert from "node:assert/strict";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { isReady, nothingElse, visit } from "./browser.js";
import { areSame, cases, piped, sample, split, taken } from "./lines.js";
import { packed, serve } from "./place.js";

/** How many made-up households; every case beside them. */
const COUNT = 10_000;

let folder;
let server;
let lines;
let reports;
let ruhu;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "ruhu-doors-"));
  const others = [
    "{", "", "[]", "{\"ruhu\":99}", "{\"ruhu\":1}", "{\"ruhu\":1,\"standard\":\"no\"}",
    "{\"ruhu\":1,\"standard\":\"sichuan-household-2016\",\"year\":1999}",
    "{\"ruhu\":1,\"standard\":\"leshan-household-2017\",\"year\":2017,\"answers\":{\"village\":\"<b>&\\u2028\"}}",
  ].filter(Boolean);
  lines = [...await cases(), ...others, ...await sample(COUNT, 4)];
  reports = split((await piped(["assess"], lines.join("\n"))).text);
  assert.equal(reports.length, lines.length);
  const place = join(folder, "node_modules/ruhu");
  await cp(join(packed(), "ruhu"), place, { recursive: true });
  await writeFile(join(folder, "index.html"), `<!doctype html><title>doors</title>
    <ruhu-visit id="a"></ruhu-visit><script type="module" src="page.js"></script>`);
  await writeFile(join(folder, "page.js"), `
    import * as ruhu from "./ruhu/ruhu.js";
    import { define } from "./ruhu/visit.js";
    define();
    await ruhu.ready();
    globalThis.ruhu = ruhu;`);
  await writeFile(join(folder, "worker.js"), `
    import * as ruhu from "./ruhu/ruhu.js";
    const isReady = ruhu.ready();
    onmessage = async ({ data }) => {
      await isReady;
      postMessage(ruhu.assess(data, { as: "text" }));
    };`);
  server = await serve({ "/": folder, "/ruhu/": join(packed(), "ruhu") },
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'");
  ruhu = await import(pathToFileURL(join(place, "node.js")));
});

after(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

test("on Node every report is that of the command line, byte for byte", () => {
  areSame("node", ruhu.assess(lines, { as: "text" }), reports);
});

test("states alone, finished records and settings are the same there", async () => {
  const some = lines.slice(0, 2_000);
  const decided = split((await piped(["assess", "--decide"], some.join("\n"))).text);
  areSame("decide", ruhu.decide(some, { as: "text" }), decided);
  const verified = split((await piped(["verify"], some.join("\n"))).text);
  areSame("verify", ruhu.verify(some, { as: "text" }), verified);
  const words = ["assess", "--standard", "sichuan-household-2016", "--year", "2016", "--date", "2016-10-01", "--language", "en"];
  const set = split((await piped([...words, "--set", "income_line=national"], some.join("\n"))).text);
  areSame("set", ruhu.assess(some, {
    as: "text", standard: "sichuan-household-2016", year: 2016, date: "2016-10-01",
    language: "en", set: { income_line: "national" },
  }), set);
});

test("in Chromium, in a page and in a worker", { timeout: 300_000 }, async () => {
  const { page, complaints, close } = await visit(server.url);
  await page.waitForFunction(() => globalThis.ruhu);
  const found = [];
  const beside = [];
  await page.evaluate(() => {
    globalThis.worker = new Worker("worker.js", { type: "module" });
  });
  for (let at = 0; at < lines.length; at += 1_000) {
    const some = lines.slice(at, at + 1_000);
    found.push(...await page.evaluate((some) => ruhu.assess(some, { as: "text" }), some));
    beside.push(...await page.evaluate((some) => new Promise((done) => {
      worker.onmessage = ({ data }) => done(data);
      worker.postMessage(some);
    }), some));
  }
  areSame("page", found, reports);
  areSame("worker", beside, reports);
  nothingElse(complaints);
  await close();
});

test("in the element, of every record that it takes", { timeout: 300_000 }, async () => {
  const { page, close } = await visit(server.url);
  await isReady(page);
  const some = taken(lines, reports);
  assert.ok(some.length > 3_000, `${some.length}`);
  const found = [];
  for (let at = 0; at < some.length; at += 500) {
    found.push(...await page.evaluate((some) => {
      const it = document.querySelector("ruhu-visit");
      return some.map((line) => {
        it.record = line;
        return JSON.stringify(it.report);
      });
    }, some.slice(at, at + 500).map(([line]) => line)));
  }
  areSame("element", found, some.map(([, report]) => JSON.stringify(JSON.parse(report))));
  await close();
});

test("columns in and out say what records say", () => {
  const answers = { eats_enough: ["yes", "no", null], eats_protein: ["yes", "yes", "yes"] };
  const lists = {
    member: { of: Uint32Array.of(0, 0, 2), complete: [true, false, true], answers: { sex: ["male", "female", "male"] } },
  };
  const made = [...ruhu.records({
    id: ["a", "b", "c"], standard: "sichuan-household-2016", year: Int32Array.of(2017, 2017, 2018),
    date: "2017-12-31", answers: { ...answers, house_area: Float64Array.of(60, NaN, 20.5) }, lists,
  })];
  assert.deepEqual(made.map((one) => one.lists.member.rows.length), [2, 0, 1]);
  assert.deepEqual(made.map((one) => one.answers.house_area), ["60", undefined, "20.5"]);
  assert.equal(made[2].answers.eats_enough, undefined);
  const columns = ruhu.decide([...made, "{"], { as: "columns" });
  assert.deepEqual(columns.ids, ["a", "b", "c", null]);
  assert.deepEqual([...columns.criteria.food].map((one) => ruhu.STATES[one]), ["met", "not_met", "unknown", "unknown"]);
  assert.equal(ruhu.STATES[columns.verdict[3]], "refused");
  assert.equal(columns.refused.get(3).refused, "not_json");
  const each = ruhu.decide(made);
  assert.deepEqual(each.map((one) => one.verdict), [...columns.verdict].slice(0, 3).map((one) => ruhu.STATES[one]));
});

test("columns that do not fit are refused, and no row goes to nobody", () => {
  const one = { id: ["a"], year: [2017n], standard: ["sichuan-household-2016"], date: [null] };
  const [made] = ruhu.records(one);
  assert.deepEqual(made, { ruhu: 1, id: "a", year: 2017, standard: "sichuan-household-2016", answers: {}, lists: {} });
  assert.equal([...ruhu.records({ ...one, year: [NaN] })][0].year, undefined);
  assert.equal([...ruhu.records({ ...one, year: null })][0].year, undefined);
  for (const of of [[1], [-1], [0.5], [NaN], BigInt64Array.of(3n)]) {
    const lists = { member: { of, answers: { sex: ["male"] } } };
    assert.throws(() => [...ruhu.records({ ...one, lists })],
      ({ code, message }) => code === "unknown_household" && /lists\.member\.of\[0\]/.test(message), `${of}`);
  }
});

test("two copies are made one, and what both changed is asked by its place", () => {
  const base = { ruhu: 1, id: "a", answers: { village: "东村" } };
  const here = { ...base, answers: { village: "西村", eats_enough: "yes" } };
  const there = { ...base, answers: { village: "北村", has_tv: "no" } };
  const asked = ruhu.merge(here, there, { base });
  assert.deepEqual(asked.conflicts, [{ place: "/answers/village", here: "西村", there: "北村" }]);
  assert.equal(asked.taken, 1);
  const { record, conflicts } = ruhu.merge(here, there, { base, chosen: { "/answers/village": "there" }, device: "desk" });
  assert.deepEqual(conflicts, []);
  assert.deepEqual(record.answers, { village: "北村", eats_enough: "yes", has_tv: "no" });
  assert.match(JSON.stringify(record.log), /"desk"/);
  assert.equal(record.versions.length, 2, "both stay");
  assert.equal(ruhu.merge(base, there, { base }).stand, "newer");
  assert.equal(ruhu.merge(here, base, { base }).stand, "older");
  assert.equal(ruhu.merge(here, here).stand, "same");
  const code = (work) => { try { work(); return "taken"; } catch (why) { return why.code; } };
  assert.equal(code(() => ruhu.merge(here, { ...there, id: "b" })), "other_record");
  assert.equal(code(() => ruhu.merge(here, there, { chosen: { "/answers/village": "both" } })), "unknown_side");
  assert.equal(code(() => ruhu.merge(here, "{")), "not_json");
});

test("what cannot be judged is refused by its code, and the rest goes on", () => {
  const refused = (work, code) => assert.throws(work, (error) => error instanceof ruhu.RuhuError && error.code === code && error.message.length > 5);
  refused(() => ruhu.assess("{"), "not_json");
  refused(() => ruhu.assess({ ruhu: 99 }), "newer");
  refused(() => ruhu.assess(undefined), "not_json");
  const circle = {};
  circle.self = circle;
  refused(() => ruhu.assess(circle), "not_json");
  const one = { ruhu: 1, standard: "sichuan-household-2016", year: 2017, date: "2017-12-31" };
  refused(() => ruhu.assess(one, { set: { income_line: "x" } }), "unknown_choice");
  refused(() => ruhu.assess(one, { set: { x: "x" } }), "unknown_param");
  refused(() => ruhu.assess(one, { standard: "x" }), "unknown_standard");
  refused(() => ruhu.assess(one, { year: 1999, standard: one.standard }), "year");
  refused(() => ruhu.schema("x"), "unknown_standard");
  refused(() => ruhu.add("{}"), "no_standard_file");
  refused(() => ruhu.assess(one, { language: "xx" }), "unknown_language");
  assert.deepEqual(ruhu.assess(["{", one]).map((told) => told.refused ?? told.verdict), ["not_json", "unknown"]);
});

test("a standard is listed, described, printed and brought along", async () => {
  const ids = ruhu.standards().map(({ id }) => id);
  assert.ok(ids.includes("sichuan-household-2016"));
  assert.equal(ruhu.standards().find(({ id }) => id === "leshan-household-2017").decides, false);
  const { text } = await piped(["schema", "sichuan-household-2016"]);
  assert.deepEqual(ruhu.schema("sichuan-household-2016"), JSON.parse(text));
  const page = await piped(["standards", "sichuan-household-2016"]);
  assert.equal(ruhu.page("sichuan-household-2016"), page.text);
});
