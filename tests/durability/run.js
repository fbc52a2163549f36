// `cargo xtask durability`: random visits in a real browser, with random faults; what the
// screen had called saved must be there when the form is opened again.
import { parseArgs } from "node:util";
import { Host, build, renew } from "../journeys/host.js";
import { Browser } from "./browser.js";
import { Figures, Progress } from "./figures.js";
import { ends, faults, plan } from "./plan.js";
import { keepsTabsApart } from "./page.js";
import { Late, Red } from "./red.js";
import { Other, can, watched } from "./others.js";
import { Walk, scriptOf } from "./walk.js";

// What only a Chromium of our own making can suffer.
const usual = [...faults, "torn", ...(keepsTabsApart ? ["writers"] : [])];
const words = read();
const isOther = words.browser !== "chromium";
const make = () => (isOther ? new Other(words.browser) : new Browser());
const seed = Number(words.seed);

// What was typed after `cargo xtask durability`; whatever is not understood ends it.
function read() {
  const text = (standard) => ({ type: "string", default: standard });
  try {
    const { values } = parseArgs({
      options: {
        runs: text("200"), seed: text("1"), run: { type: "string" }, at: text("2"),
        faults: { type: "string" }, sabotage: { type: "string" }, browser: text("chromium"),
      },
    });
    for (const name of ["runs", "seed", "run", "at"]) {
      if (!/^\d+$/.test(values[name] ?? "0")) throw new Error(`--${name} takes a number`);
    }
    if (!["chromium", "firefox", "webkit"].includes(values.browser)) {
      throw new Error("--browser takes chromium, firefox or webkit");
    }
    const all = values.browser === "chromium" ? usual : can(values.browser);
    const kinds = values.faults?.split(",") ?? all;
    const other = kinds.find((kind) => ![...faults, "torn", "writers"].includes(kind));
    if (other !== undefined) throw new Error(`--faults takes some of ${faults}, not ${other}`);
    if (![undefined, "drop", "late"].includes(values.sabotage)) {
      throw new Error("--sabotage takes drop or late");
    }
    return { ...values, kinds };
  } catch (why) {
    console.error(why.message);
    return process.exit(2);
  }
}

// Every visit has an origin of its own, so that none finds what another left behind.
class Place extends Host {
  constructor(builds) {
    super(builds[0]);
    this.builds = builds;
    this.age = 0;
  }

  renew() {
    this.age = (this.age + 1) % this.builds.length;
    this.files = this.builds[this.age];
  }
}

async function places(sabotage) {
  const plain = await build();
  const first = isOther ? await watched(plain, scriptOf(sabotage)) : plain;
  const newer = (at) => renew(first, { "offline.": (text) => `${text}// newer ${at}\n` });
  return [first, newer(1), newer(2)];
}

// One visit; a browser that is still up afterwards goes on to the next.
async function visit(run, how) {
  const { builds, browser, sabotage, figures } = how;
  const plans = plan(seed, run, how);
  const host = await new Place(builds).start();
  try {
    if (!browser.isUp) await browser.start();
    await new Walk({ browser, host, plan: plans, sabotage, figures }).go();
    return undefined;
  } catch (why) {
    await browser.end();
    return { run, why, plan: plans };
  } finally {
    await host.stop();
  }
}

// Some runs, two browsers at once at the most; every red one is told at once.
async function some(runs, how) {
  const figures = new Figures();
  const progress = new Progress(runs.length);
  const waiting = [...runs];
  const red = [];
  const worker = async () => {
    let browser = make();
    for (let count = 0; waiting.length > 0; count += 1) {
      const run = waiting.shift();
      // A profile that has held many origins grows slow.
      if (count % 25 === 24) {
        await browser.end();
        browser = make();
      }
      let failed = await visit(run, { ...how, browser, figures });
      // A loss is a loss; what only came too late, or not to its end, has a second chance.
      const mayPass = failed && (failed.why instanceof Late || !(failed.why instanceof Red));
      if (mayPass && !how.sabotage) {
        figures.again.push(`run ${run}: ${failed.why.message.split("\n")[0]}`);
        failed = await visit(run, { ...how, browser, figures });
      }
      if (failed) red.push(failed);
      if (failed && how.told) tell(failed);
      progress.step(red.length);
    }
    await browser.end();
  };
  await Promise.all(Array.from({ length: Math.min(2, Number(words.at)) }, worker));
  progress.end();
  return { figures, red };
}

function tell({ run, why, plan: plans }) {
  console.log(`\n✗ run ${run} of seed ${seed}: ${why instanceof Red ? why.message : why.stack}`);
  for (const { key, wanted, found } of why.nearest ?? []) {
    console.log(`    ${key}: ${wanted ?? "nothing"} had been there, ${found ?? "nothing"} is`);
  }
  if (why.there) console.log(`    on the device: ${JSON.stringify(why.there)}`);
  const rounds = plans.rounds.map(({ acts, fault, at }) => {
    return `${acts.map((act) => act.do).join(" ")}; ${fault} after ${at} ms`;
  });
  console.log(`    plan: ${rounds.join(" | ")}`);
  const others = words.faults ? ` --faults ${words.faults}` : "";
  const where = isOther ? ` --browser ${words.browser}` : "";
  console.log(`    again: cargo xtask durability --seed ${seed} --run ${run}${others}${where}`);
}

// The suite must see a product that loses or is late: it is given one.
async function checkItself(builds) {
  const spoilt = async (sabotage, runs) => {
    const { red } = await some(runs, { builds, kinds: ends, least: 3, sabotage });
    const seen = red.filter(({ why }) => why instanceof Red);
    const isSeen = seen.length > 0 && seen.length === red.length;
    const sign = isSeen ? "✓" : "✗";
    console.log(`${sign} sabotage ${sabotage}: seen in ${seen.length} of ${runs.length} runs`);
    return isSeen;
  };
  return await spoilt("drop", [0, 1, 2, 3, 4, 5]) && spoilt("late", [0, 1, 2, 3]);
}

const builds = await places(words.sabotage);
const count = Number(words.runs);
const runs = words.run ? [Number(words.run)] : Array.from({ length: count }, (_, run) => run);
const { figures, red } = await some(runs, {
  builds, kinds: words.kinds, sabotage: words.sabotage, told: true,
});
figures.print(runs.length, red.length, seed);
const isWhole = !words.run && !words.sabotage && !isOther;
const isSound = !isWhole || await checkItself(builds);
process.exit(red.length === 0 && isSound ? 0 : 1);
