// One changed answer with its sentences in our WebAssembly, against json-logic-engine
// (compiled) judging ten whole households without any; in one Node, taking turns.
// node tests/bench/page/core.mjs <address of the form>
import { pathToFileURL } from "node:url";
import { LogicEngine } from "json-logic-engine";
import { startForm } from "./form.mjs";
import { randomHouseholds } from "./households.mjs";
import { logic } from "./logic.mjs";
import { median } from "./stats.mjs";
import { household } from "./vanilla/household.js";
import { judge } from "./vanilla/judge.js";

const households = 500;
const rounds = 31;
const warmUp = 10;

/** Whether all say the same of every household: nothing else is worth timing. */
function agree(glue, records, values, byLogic) {
  records.forEach((record, at) => {
    const met = judge(values[at]).met.map(Boolean);
    glue.load(JSON.stringify(record));
    const report = JSON.parse(glue.report());
    const ours = report.criteria.map((one) => one.verdict);
    met.forEach((is, check) => {
      const logic = Boolean(byLogic[check](values[at]));
      const our = ours[check];
      if (our !== (is ? "met" : "not_met") || logic !== is) {
        const place = `household ${at}, ${report.criteria[check].id}`;
        throw new Error(`${place}: by hand ${is}, JsonLogic ${logic}, ours ${our}`);
      }
    });
  });
}

/** Microseconds for one of so many. */
function time(count, run) {
  const began = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - began) / 1000 / count;
}

export async function compareCore(url) {
  const glue = await startForm(url);
  const engine = new LogicEngine();
  const byLogic = logic.map((rule) => engine.build(rule));
  const records = randomHouseholds(households);
  const values = records.map(household);
  agree(glue, records, values, byLogic);

  let kept = 0;
  const ten = () => {
    for (const one of values) for (const check of byLogic) kept += check(one) ? 1 : 0;
  };
  const byHand = () => {
    for (const one of values) kept += judge(one).met.length;
  };
  // A sum of money, and an answer that is a plain number: both change at every turn.
  const sums = records.findIndex((one) => one.lists.business.rows.length > 0);
  glue.load(JSON.stringify(records[sums]));
  const isBare = typeof glue.answer === "function";
  const turns = isBare ? 2000 : 50;
  const answers = {
    "an amount": (at) => glue.answer("business", 1, "business_revenue", String(1000 + (at % 977))),
    "minutes to the well": (at) => glue.answer("", 0, "water_minutes", String(at % 19)),
  };
  const whole = {
    "a whole record read and reported": (at) => {
      glue.load(JSON.stringify(records[at % households]));
      return glue.report();
    },
  };
  const ours = Object.entries(isBare ? answers : whole);
  for (const [name, one] of ours) {
    if (!one(1)) throw new Error(`${name}: nothing is said`);
  }
  const found = { logic: [], hand: [] };
  for (const [name] of ours) found[name] = [];
  for (let round = -warmUp; round < rounds; round++) {
    if (round === 0) for (const took of Object.values(found)) took.length = 0;
    found.logic.push(10 * time(households, ten));
    found.hand.push(time(households, byHand));
    for (const [name, one] of ours) {
      const run = () => {
        for (let at = 0; at < turns; at++) kept += one(at).length;
      };
      found[name].push(time(turns, run));
    }
  }
  if (kept === 0) throw new Error("nothing was judged");
  console.log(`\n${households} households: by hand, JsonLogic and ours agree on every check\n`);
  const base = median(found.logic);
  console.log("| in Node, one thread | µs | of JsonLogic's ten | reach |\n|---|---|---|---|");
  const row = (name, took, reach) => {
    console.log(`| ${name} | ${took.toFixed(2)} | ${(took / base).toFixed(2)} | ${reach} |`);
  };
  row("json-logic-engine, compiled: ten households, no sentences", base, "");
  row("by hand in JavaScript: ten households, no sentences", 10 * median(found.hand), "");
  for (const [name] of ours) {
    const took = median(found[name]);
    const [said, reach] = isBare ? [", with its sentences", "≤ 1 "] : ["", ""];
    row(`ours: ${name}${said}`, took, reach && reach + (took <= base ? "✓" : "✗"));
  }
  if (!isBare) console.log("\nThe glue exports no `answer`: one answer alone is not measured.");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await compareCore(process.argv[2] ?? process.env.RUHU_URL);
  process.exit(0);
}
