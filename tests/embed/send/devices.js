// Devices on which somebody answers, with an outbox that may die at any time, and a network
// between them and one office that does what networks do. All of it is by a seed.
import { Office } from "./office.js";
import { Outbox, memory, put, record, ruhu } from "./outbox.js";

const PLACE = "https://office.example/records/";
export const IDS = ["a", "b", "c"];
export const FACTS = ["village", "group_name", "phone", "note"];

/** Numbers from 0 to below 1, by a seed (mulberry32). */
export function chances(seed) {
  let state = seed;
  return () => {
    state = state + 0x6d2b79f5 | 0;
    let mixed = Math.imul(state ^ state >>> 15, 1 | state);
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32;
  };
}

const wait = (time) => new Promise((done) => setTimeout(done, time));

/** An office behind a network that fails as often as `faults` says, of 1. */
export class Network {
  office = new Office();
  faults = 0;
  asked = 0;
  #chance;

  constructor(chance) {
    this.#chance = chance;
    for (const id of IDS) this.office.copies.set(id, copy(id));
  }

  async fetch(url, { method, headers, body }) {
    this.asked += 1;
    const name = decodeURIComponent(new URL(url).pathname.split("/").at(-1));
    const asked = { method, name, headers, body };
    if (this.#chance() >= this.faults) return this.#answered(asked);
    const what = Math.floor(this.#chance() * 7);
    if (what === 0) throw new TypeError("cut before it was there");
    if (what === 1) {
      this.#answered(asked);
      throw new TypeError("cut before it was answered");
    }
    if (what === 2) return this.#made({ status: 503, headers: { "retry-after": "1" }, body: "" });
    if (what === 3) {
      // The gateway gives up while the server behind it does not.
      this.#answered(asked);
      return this.#made({ status: 504, body: "" });
    }
    if (what === 4) return this.#made({ status: 200, body: '{"code":401}' });
    if (what === 5) return this.#made({ status: 200, headers: { "content-type": "text/html" }, body: "<html>" });
    await wait(1 + this.#chance() * 3);
    return this.#answered(asked);
  }

  #answered(asked) {
    return this.#made(this.office.take(asked));
  }

  #made({ status, headers, body }) {
    return new Response(status === 204 ? null : body, { status, headers });
  }
}

/** Everything asked of that office goes through the network, as long as it is there. */
export function connect(network) {
  const { fetch } = globalThis;
  globalThis.fetch = (url, options) => `${url}`.startsWith(PLACE) ? network.fetch(url, options) : fetch(url, options);
  return () => { globalThis.fetch = fetch; };
}

/** What a store keeps beyond the death of a page, which neither reads nor writes any more. */
function mortal(store) {
  let isDead = false;
  const does = (what) => async (...given) => {
    if (isDead) return new Promise(() => {});
    const made = await store[what](...given);
    return isDead ? new Promise(() => {}) : made;
  };
  return {
    all: does("all"), get: does("get"), put: does("put"), remove: does("remove"),
    die: () => { isDead = true; },
  };
}

/** What all of them begin with. */
export const BEGUN = Object.fromEntries(FACTS.map((fact) => [fact, "0"]));
const copy = (id) => ({ text: JSON.stringify(record(id, BEGUN)), tag: '"r0"' });

export class Device {
  /** What the form shows, by record. */
  views = new Map();
  /** By record and fact: every answer that was seen here. */
  seen = new Set();
  /** By record and fact: what was asked here. */
  asked = new Set();
  /** How often others had done something. */
  merged = 0;
  /** What was told and not taken over yet. */
  #told = [];
  #store = memory();
  #chance;
  box;

  constructor(name, chance) {
    this.name = name;
    this.#chance = chance;
    for (const id of IDS) this.views.set(id, { ...BEGUN });
    this.begin();
  }

  begin() {
    this.life = mortal(this.#store);
    const token = () => this.name;
    this.box = new Outbox(put(PLACE, { token }), { store: this.life, name: this.name, merge: ruhu.merge });
    this.box.addEventListener("ruhu-merged", ({ detail }) => {
      this.merged += 1;
      this.#told.push(detail);
    });
    this.box.addEventListener("ruhu-conflict", ({ detail: { id, conflicts } }) => {
      for (const { place } of conflicts) this.asked.add(`${id}${place}`);
    });
  }

  /** The page is gone in the middle of whatever it did; what it showed it shows again. */
  die() {
    this.life.die();
    this.box.close();
    this.begin();
  }

  answer(id, fact, value) {
    const view = this.views.get(id);
    view[fact] = value;
    return this.#add(id);
  }

  #add(id) {
    return this.box.add(record(id, this.views.get(id)), { base: copy(id) });
  }

  /** The form takes over what it was told, and goes on from there. */
  takeOver() {
    // Of one record the last counts.
    const told = new Map(this.#told.splice(0).map((detail) => [detail.id, detail]));
    for (const [id, { record: theirs, mine }] of told) {
      const view = this.views.get(id);
      const shown = record(id, view);
      const { conflicts } = ruhu.merge(shown, theirs, { base: mine });
      // What was typed here stays; what was taken over before, and is not the last, does not.
      const chosen = conflicts.map(({ place, here }) => [place, here.startsWith(this.name) ? "here" : "there"]);
      const { record: both } = ruhu.merge(shown, theirs, { base: mine, chosen: Object.fromEntries(chosen) });
      Object.assign(view, both.answers);
      for (const fact of FACTS) this.seen.add(`${id} ${fact} ${view[fact]}`);
      this.#add(id);
    }
  }

  async settle() {
    for (const { id, state } of await this.#store.all()) {
      if (state !== "conflict") continue;
      const { conflicts } = await this.#store.get(id);
      const sides = conflicts.map(({ place }) => [place, this.#chance() < 0.5 ? "here" : "there"]);
      await this.box.settle(id, Object.fromEntries(sides));
    }
  }

  items() {
    return this.#store.all();
  }
}
