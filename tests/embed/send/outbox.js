// An outbox that writes down what it tells, and records to send by it.
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { packed } from "../place.js";

const of = (name) => import(pathToFileURL(join(packed(), "ruhu", name)));

// On Node the core is there as soon as this is.
export const ruhu = await of("node.js");
export const { Outbox, SendError, append, memory, put } = await of("send.js");

export const record = (id, answers = {}) => ({
  ruhu: 1, id, standard: "sichuan-household-2016", year: 2017, date: "2017-10-15", answers,
});

const EVENTS = ["sent", "merged", "conflict", "unsent", "waiting"];

/** An outbox, and what it told, by name. */
export function outbox(adapter, options = {}) {
  const box = new Outbox(adapter, { store: memory(), ...options });
  const told = Object.fromEntries(EVENTS.map((name) => [name, []]));
  for (const name of EVENTS) box.addEventListener(`ruhu-${name}`, ({ detail }) => told[name].push(detail));
  return { box, told };
}

/** Adds, and waits until all that is due was tried. */
export async function sent(box, ...records) {
  for (const one of records) await box.add(one);
  await box.run(true);
}

export async function states(box) {
  const items = await box.items();
  return Object.fromEntries(items.map(({ id, state }) => [id, state]));
}

export const answers = async (box, id) => JSON.parse((await box.item(id)).base.text).answers;

/** Refuses to end with an outbox that has told of something else than these. */
export function toldOnly(told, ...names) {
  const others = EVENTS.filter((name) => !names.includes(name));
  for (const name of others) assert.deepEqual(told[name], [], name);
}
