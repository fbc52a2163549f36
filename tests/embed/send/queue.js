// What holds for every outbox, whatever the network, the others and its own death do.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BEGUN, Device, FACTS, IDS, Network, chances, connect } from "./devices.js";

const SEEDS = Number(process.env.RUHU_SEEDS ?? 200);
const FIRST = Number(process.env.RUHU_SEED ?? 1);
const STEPS = 60;

/** Of every answer that takes the place of another: may who sent it know of the other? */
function watched(network, devices, said) {
  const { office } = network;
  office.onPut = (id, before, after, by) => {
    const device = devices.find(({ name }) => name === by);
    const [was, is] = [before, after].map((copy) => JSON.parse(copy.text).answers);
    for (const fact of FACTS) {
      if (was[fact] === is[fact]) continue;
      const [old, own] = [was[fact], is[fact]];
      const isOwn = said.get(own)?.by === by;
      // Back to something older goes only who was asked.
      const wasAsked = device.asked.has(`${id}/answers/${fact}`);
      const knew = old === "0" || said.get(old)?.by === by || device.seen.has(`${id} ${fact} ${old}`);
      if (!wasAsked && !(isOwn && knew)) office.wrong.push(`${by} puts ${own} over ${old} at ${id} ${fact}`);
    }
  };
}

/** Every outbox is emptied, by a network that does nothing wrong any more. */
async function emptied(network, devices) {
  network.faults = 0;
  for (let turn = 0; turn < 12; turn += 1) {
    for (const device of devices) {
      await device.box.run(true);
      await device.settle();
    }
    const items = (await Promise.all(devices.map((device) => device.items()))).flat();
    if (items.every(({ state }) => state === "sent")) return items;
  }
  const items = await Promise.all(devices.map((device) => device.items()));
  return assert.fail(`not all has arrived: ${JSON.stringify(items)}`);
}

async function lived(seed) {
  const chance = chances(seed);
  const of = (many) => many[Math.floor(chance() * many.length)];
  // What is done is by the seed alone; which fault meets what of it, by the machine's speed too.
  const network = new Network(chances(seed + 1_000_000));
  network.faults = 0.45 * chance();
  const disconnect = connect(network);
  const devices = ["one", "two", "three"].slice(0, 2 + seed % 2).map((name) => new Device(name, chance));
  /** Who has said what. */
  const said = new Map();
  watched(network, devices, said);
  try {
    for (const device of devices) {
      for (const id of IDS) await device.answer(id, FACTS[0], BEGUN[FACTS[0]]);
    }
    for (let step = 0; step < STEPS; step += 1) {
      const device = of(devices);
      const what = chance();
      if (what < 0.4) {
        const [id, fact, value] = [of(IDS), of(FACTS), `${device.name} ${step}`];
        said.set(value, { id, fact, by: device.name });
        // What is not kept yet may be lost by a death; nobody was told that it is.
        await device.answer(id, fact, value);
      } else if (what < 0.75) {
        const tried = device.box.run(true);
        if (chance() < 0.5) await tried;
      } else if (what < 0.79) {
        device.die();
      } else if (what < 0.93) {
        device.takeOver();
      } else {
        await device.settle();
      }
      await new Promise((done) => chance() < 0.3 ? setTimeout(done, 1) : setImmediate(done));
    }
    const items = await emptied(network, devices);
    return { network, devices, said, items };
  } finally {
    for (const { box } of devices) box.close();
    disconnect();
  }
}

function judged({ network, devices, said, items }) {
  const { office } = network;
  let needless = 0;
  assert.deepEqual(office.wrong, []);
  assert.equal(items.length, devices.length * IDS.length);
  for (const id of IDS) {
    const there = JSON.parse(office.copies.get(id).text).answers;
    for (const fact of FACTS) {
      const all = [...said].filter(([, one]) => one.id === id && one.fact === fact);
      const who = new Set(all.map(([, { by }]) => by));
      const place = `${id} ${fact}`;
      const wasAsked = devices.some((device) => device.asked.has(`${id}/answers/${fact}`));
      if (!all.length) assert.equal(there[fact], "0", place);
      else if (who.size === 1 && !wasAsked) assert.equal(there[fact], all.at(-1)[0], place);
      else assert.ok(all.some(([value]) => value === there[fact]), place);
      if (who.size < 2 && wasAsked) needless += 1;
    }
  }
  return needless;
}

describe("an outbox", () => {
  test(`loses no answer, overwrites none unseen and leaves nothing behind, in ${SEEDS} lives`, { timeout: 300_000 }, async () => {
    const sums = { asked: 0, conflicts: 0, merged: 0, needless: 0 };
    for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
      try {
        const life = await lived(seed);
        sums.needless += judged(life);
        sums.asked += life.network.asked;
        for (const { asked, merged } of life.devices) {
          sums.conflicts += asked.size;
          sums.merged += merged;
        }
      } catch (why) {
        throw new Error(`seed ${seed}, to be seen again by RUHU_SEED=${seed} RUHU_SEEDS=1`, { cause: why });
      }
    }
    // Somebody is asked about what he alone has answered where an answer was lost and others
    // went on from what had arrived, and hardly ever otherwise.
    assert.ok(sums.needless <= sums.conflicts / 100, JSON.stringify(sums));
    // Otherwise it proves nothing.
    assert.ok(sums.asked > SEEDS * 40 && sums.conflicts > SEEDS && sums.merged > SEEDS, JSON.stringify(sums));
  });
});
