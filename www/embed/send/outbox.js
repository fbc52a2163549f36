// What is to be sent: kept until it has arrived, sent one after the other, tried again.
import { SendError } from "./{{send/answer.js}}";

/** How long to wait after a failure: at first, and at most, in milliseconds. */
const FIRST = 5_000;
const MOST = 600_000;

/** What is wrong with the way, and not with a record: what waits behind it waits too. */
const OF_THE_WAY = new Set(["offline", "not_the_server", "signed_out", "ignores_preconditions"]);

/** What no second try mends: it waits until somebody has done something. */
const PARKED = new Set(["refused", "gone"]);

/** Twice as long each time, and never all phones of a county at once. */
function pause(tries, after = 0) {
  const most = Math.min(MOST, FIRST * 2 ** Math.min(tries, 20));
  return Math.max(after, most * (0.5 + Math.random() / 2));
}

/** The core that merges, fetched when two copies have met. */
async function merging() {
  const core = await import("./{{lazy:ruhu.js}}");
  await core.ready();
  return core.merge;
}

const told = ({ code = "later", message }) => ({ code, text: message });

export class Outbox extends EventTarget {
  #adapter;
  #store;
  #name;
  #merge;
  #isProbed = false;
  #isOver = false;
  /** How often the way was closed, one time after the other. */
  #away = 0;
  #timer;
  #turn = Promise.resolve();
  #changes = Promise.resolve();
  #wake = () => this.run();

  /**
   * Sends by `adapter`, keeping in `store` (see `memory`; on this device, sealed, where none
   * is given) under `name`, one for each outbox of an origin.
   */
  constructor(adapter, { store, name = "records", merge } = {}) {
    super();
    this.#adapter = adapter;
    this.#store = store ?? later(name);
    this.#name = `ruhu send ${name}`;
    this.#merge = merge;
    globalThis.addEventListener?.("online", this.#wake);
    this.run();
  }

  /** Nothing is sent any more; what is kept stays. */
  close() {
    this.#isOver = true;
    clearTimeout(this.#timer);
    globalThis.removeEventListener?.("online", this.#wake);
  }

  /**
   * Takes a record, or its JSON, in place of what waits of it: kept when the promise is, and
   * sent as soon as that can be done.
   */
  async add(record) {
    const text = typeof record === "string" ? record : JSON.stringify(record);
    const { id } = JSON.parse(text);
    if (typeof id !== "string" || !id) throw new TypeError("a record is sent by its `id`: it has none");
    await this.#change(id, (item = { id, since: new Date().toISOString() }) => {
      const { base, since } = item;
      const isSent = base?.text === text && item.state === "sent";
      return isSent ? item : { id, since, base, text, state: "waiting", tries: 0, due: 0 };
    });
    this.run();
  }

  /** Everything that is kept: `{ id, state, tries, due, why, since }`. */
  async items() {
    const all = await this.#store.all();
    return all.map(({ id, state, tries, due, why, since }) => ({ id, state, tries, due, why, since }));
  }

  /** One of them, whole: with `text`, and, in a conflict, `theirs` and `conflicts`. */
  item(id) {
    return this.#store.get(id);
  }

  /** Tries it again at once, whatever it waits for; what is `gone` there is put there anew. */
  async retry(id) {
    await this.#change(id, (item) => {
      if (!item || item.state === "sent") return item;
      const base = item.why?.code === "gone" ? undefined : item.base;
      return { ...item, base, state: "waiting", due: 0, tries: 0 };
    });
    return this.run(true);
  }

  /** Decides a conflict: by place `here` or `there`. What is left to decide is asked again. */
  async settle(id, chosen) {
    const item = await this.#store.get(id);
    if (item?.state !== "conflict") return [];
    const merge = this.#merge ?? await merging();
    const { record, conflicts } = merge(item.text, item.theirs.text, { base: item.base?.text, chosen });
    if (conflicts.length) return conflicts;
    const text = JSON.stringify(record);
    await this.#change(id, (now) => now?.text !== item.text ? now
      : { ...now, text, base: item.theirs, theirs: undefined, conflicts: undefined, state: "waiting", due: 0 });
    this.#tell("merged", { id, record });
    await this.run();
    return [];
  }

  /** Takes one away, sent or not: by somebody's wish alone. */
  remove(id) {
    return this.#change(id, () => undefined);
  }

  /** Sends what is due, and says when all of that was tried; `isNow` waits for nothing. */
  run(isNow = false) {
    if (isNow) this.#away = 0;
    const next = this.#turn.then(() => this.#locked(this.#name, () => this.#round(isNow)));
    this.#turn = next.catch((why) => this.#tell("waiting", told(why)));
    return this.#turn;
  }

  /** Of all pages one sends at a time. */
  #locked(name, work) {
    const { locks } = globalThis.navigator ?? {};
    return locks ? locks.request(name, work) : work();
  }

  /** Reads, changes and keeps one; of two changes each sees the other. */
  #change(id, change) {
    const next = this.#changes.then(() => this.#locked(`${this.#name} ${id}`, async () => {
      const item = await this.#store.get(id);
      const changed = change(item);
      if (changed === undefined) return item && this.#store.remove(id);
      if (changed !== item) await this.#store.put(id, changed);
    }));
    this.#changes = next.catch(() => {});
    return next;
  }

  async #round(isNow) {
    clearTimeout(this.#timer);
    if (this.#isOver) return;
    const waits = (item) => item.state === "waiting";
    // A clock that was put back lets nothing wait for years.
    const isDue = ({ due }) => isNow || due <= Date.now() || due > Date.now() + 2 * MOST;
    const all = (await this.#store.all()).filter(waits);
    try {
      for (const { id } of all.filter(isDue)) {
        if (this.#isOver) return;
        if (!this.#isProbed) {
          await this.#adapter.probe();
          this.#isProbed = true;
        }
        await this.#try(id);
        this.#away = 0;
      }
    } catch (why) {
      this.#away += 1;
      this.#tell("waiting", { ...told(why), count: all.length });
      return this.#again(pause(this.#away - 1, why.after));
    }
    const left = (await this.#store.all()).filter(waits);
    if (left.length) this.#again(Math.min(...left.map(({ due }) => due)) - Date.now());
  }

  #again(wait) {
    if (this.#isOver) return;
    this.#timer = setTimeout(() => this.run(), Math.min(MOST, Math.max(0, wait)));
    // A program that has nothing else to do may end.
    this.#timer.unref?.();
  }

  /** Sends one; throws where no other could be sent either. */
  async #try(id) {
    const item = await this.#store.get(id);
    if (item?.state !== "waiting") return;
    try {
      await this.#send(item);
    } catch (why) {
      if (OF_THE_WAY.has(why.code)) throw why;
      await this.#change(id, (now) => now?.text !== item.text ? now : {
        ...now, why: told(why), tries: now.tries + 1, due: Date.now() + pause(now.tries, why.after),
        state: PARKED.has(why.code) ? "refused" : "waiting",
      });
      this.#tell("unsent", { id, ...told(why), isParked: PARKED.has(why.code) });
    }
  }

  async #send(item) {
    try {
      const tag = await this.#adapter.put(item.id, item.text, item.base?.tag);
      return await this.#sent(item, { text: item.text, tag });
    } catch (why) {
      if (why.code !== "changed") throw why;
    }
    const theirs = await this.#adapter.get(item.id);
    if (!theirs) throw new SendError("gone", "the server has this record no more");
    await this.#meet(item, theirs);
  }

  async #sent(item, base) {
    let isNewer = false;
    await this.#change(item.id, (now) => {
      if (!now) return now;
      isNewer = now.text !== item.text;
      // What was added meanwhile goes on from what is there now.
      if (isNewer) return { ...now, base };
      return { id: now.id, since: now.since, base, state: "sent", tries: 0, due: 0 };
    });
    if (!isNewer) this.#tell("sent", { id: item.id });
  }

  /** There is another copy: it is made one with ours, or somebody is asked. */
  async #meet(item, theirs) {
    const merge = this.#merge ?? await merging();
    const found = merge(item.text, theirs.text, { base: item.base?.text });
    const { record, stand, conflicts } = found;
    // An answer that was lost on its way: it had arrived.
    if (stand === "same") return this.#sent(item, { text: item.text, tag: theirs.tag });
    if (stand === "newer") return this.#follow(item, theirs, record);
    if (conflicts.length) {
      await this.#change(item.id, (now) => now?.text !== item.text ? now
        : { ...now, state: "conflict", theirs, conflicts });
      return this.#tell("conflict", {
        id: item.id, mine: JSON.parse(item.text), theirs: JSON.parse(theirs.text), conflicts,
      });
    }
    const text = stand === "older" ? item.text : JSON.stringify(record);
    let merged;
    await this.#change(item.id, (now) => {
      if (now?.text !== item.text) return now;
      merged = { ...now, text, base: theirs };
      return merged;
    });
    if (!merged) return;
    if (stand === "apart") this.#tell("merged", { id: item.id, record });
    const tag = await this.#adapter.put(item.id, text, theirs.tag);
    await this.#sent(merged, { text, tag });
  }

  /** Ours adds nothing to theirs; what was added to ours meanwhile meets it the next time. */
  async #follow(item, theirs, record) {
    let isSent = false;
    await this.#change(item.id, (now) => {
      isSent = now?.text === item.text;
      return isSent ? { id: now.id, since: now.since, base: theirs, state: "sent", tries: 0, due: 0 } : now;
    });
    if (isSent) this.#tell("merged", { id: item.id, record });
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(`ruhu-${what}`, { detail }));
  }
}

/** What keeps on this device, fetched when it is wanted first. */
function later(name) {
  const shelf = import("./{{lazy:sealed.js}}").then(({ sealed }) => sealed(name));
  shelf.catch(() => {});
  const does = (what) => async (...given) => (await shelf)[what](...given);
  return { all: does("all"), get: does("get"), put: does("put"), remove: does("remove") };
}
