// What is to be sent: kept until it has arrived, sent one after the other, tried again.
import { sealed } from "./{{sealed.js}}";
import { SendError } from "./{{send/answer.js}}";
import { added, begun, isKnown, named, waiting } from "./{{send/item.js}}";
import { chance } from "./{{send/put.js}}";
import { hasKeys, holds, knows } from "./{{send/stand.js}}";

/** How long to wait after a failure: at first, and at most, in milliseconds. */
const FIRST = 5_000;
const MOST = 600_000;

/** How often ours is laid over a copy that was changed again meanwhile, at once. */
const TURNS = 4;

/** What is wrong with the way, and not with a record: what waits behind it waits too. */
const OF_THE_WAY = new Set(["offline", "not_the_server", "signed_out", "ignores_preconditions"]);

/** What no second try mends: it waits until somebody has done something. */
const PARKED = new Set(["refused", "gone"]);

const KNOWN = new Set([...OF_THE_WAY, ...PARKED, "changed", "later"]);

/** Twice as long each time, and never all phones of a county at once. */
function pause(tries, after = 0) {
  const most = Math.min(MOST, FIRST * 2 ** Math.min(tries, 20));
  return Math.min(MOST, Math.max(after, most * (0.5 + Math.random() / 2)));
}

/** The core that merges, fetched when two copies have met. */
async function merging() {
  const core = await import("./{{lazy:ruhu.js}}");
  await core.ready();
  return core.merge;
}

/** Whatever else fails, here or in an adapter, may not fail later. */
const reason = ({ code, message } = {}) => ({ code: KNOWN.has(code) ? code : "later", text: message });

export class Outbox extends EventTarget {
  #adapter;
  #store;
  #name;
  #merge;
  /** Two logs are taken for one where both say the same at the same time. */
  #device = `portal-${chance().slice(0, 8)}`;
  #isProbed = false;
  #isOver = false;
  /** How often the way was closed, one time after the other. */
  #away = 0;
  /** Until when it is not tried again for what is added alone. */
  #closed = 0;
  #timer;
  #turn = Promise.resolve();
  #changes = Promise.resolve();
  #wake = () => {
    // What is there again may take a moment to work.
    this.#away = 0;
    this.run();
  };

  /**
   * Sends by `adapter`, keeping in `store` (see `memory`; on this device, sealed, where none
   * is given) under `name`, one for each outbox of an origin.
   */
  constructor(adapter, { store, name = "records", merge } = {}) {
    super();
    this.#adapter = adapter;
    this.#store = store ?? sealed(name);
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
   * sent as soon as that can be done. `base` is the copy, as the adapter's `get` gave it,
   * that it was made from; counted where nothing is known of it yet.
   */
  async add(record, { base } = {}) {
    const { id, text } = named(record);
    await this.#change(id, (item) => added(isKnown(item) ? item : begun(id, base), text));
    const wait = this.#closed - Date.now();
    // A clock that was put back lets nothing wait for years.
    if (wait > 0 && wait <= FIRST) this.#again(wait);
    else this.run();
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
      if (item?.text === undefined) return item;
      const { text: last } = item.base ?? {};
      const base = item.why?.code === "gone" && last !== undefined ? { text: last } : item.base;
      return { ...waiting(item, item.text), base, tries: 0, due: 0 };
    });
    return this.run();
  }

  /** Decides a conflict: by place `here` or `there`. What is left to decide is asked again. */
  async settle(id, chosen) {
    const item = await this.#store.get(id);
    if (item?.state !== "conflict") return [];
    const merge = await this.#merging();
    const { mine, theirs, before } = item;
    const { record, conflicts } = merge(mine, theirs.text, { base: before, chosen });
    if (conflicts.length) return conflicts;
    const merged = JSON.stringify(record);
    await this.#change(id, (now) => {
      if (now?.text !== item.text || now.state !== "conflict") return now;
      // What was merged here and is not there yet has the tag of what it is put over.
      const base = theirs.tag === now.base?.tag ? now.base : theirs;
      return { ...waiting(now, now.text), base, own: now.text, merged, tries: 0, due: 0 };
    });
    this.#tell("merged", { id, record, mine: JSON.parse(item.text) });
    await this.run();
    return [];
  }

  /** Takes one away, sent or not: by somebody's wish alone. */
  async remove(id) {
    await this.#change(id, () => undefined);
  }

  /** Sends what is due, and says when all of that was tried; `isNow` waits for nothing. */
  run(isNow = false) {
    const next = this.#turn.then(() => this.#locked(this.#name, () => this.#round(isNow)));
    this.#turn = next.catch((why) => this.#tell("waiting", reason(why)));
    return this.#turn;
  }

  /** Of all pages one sends at a time. */
  #locked(name, work) {
    const { locks } = globalThis.navigator ?? {};
    return locks ? locks.request(name, work) : work();
  }

  /** Reads, changes and keeps one, which it gives back; of two changes each sees the other. */
  #change(id, change) {
    const next = this.#changes.then(() => this.#locked(`${this.#name} ${id}`, async () => {
      const item = await this.#store.get(id);
      const changed = change(item);
      if (changed === undefined && item) await this.#store.remove(id);
      if (changed !== undefined && changed !== item) await this.#store.put(id, changed);
      return changed;
    }));
    this.#changes = next.catch(() => {});
    return next;
  }

  async #round(isNow) {
    clearTimeout(this.#timer);
    if (this.#isOver) return;
    if (isNow) this.#away = 0;
    const isDue = ({ due }) => isNow || due <= Date.now() || due > Date.now() + 2 * MOST;
    let count = 0;
    try {
      const all = await this.#waiting();
      count = all.length;
      for (const { id } of all.filter(isDue)) {
        if (this.#isOver) return;
        if (!this.#isProbed) {
          await this.#adapter.probe();
          this.#isProbed = true;
        }
        await this.#try(id);
        [this.#away, this.#closed] = [0, 0];
      }
      const left = await this.#waiting();
      if (left.length) this.#again(Math.min(...left.map(({ due }) => due)) - Date.now());
    } catch (why) {
      const wait = pause(this.#away, why?.after);
      this.#away += 1;
      this.#closed = Date.now() + Math.min(FIRST, wait);
      this.#tell("waiting", { ...reason(why), count });
      this.#again(wait);
    }
  }

  /** What waits; last what was tried last, for it may be what closes the way. */
  async #waiting() {
    const all = await this.#store.all();
    return all.filter(({ state }) => state === "waiting")
      .sort(({ at: one = 0 }, { at: other = 0 }) => one - other);
  }

  #again(wait) {
    clearTimeout(this.#timer);
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
      if (OF_THE_WAY.has(why?.code)) throw why;
      const isParked = PARKED.has(why?.code);
      await this.#change(id, (now) => now?.text !== item.text ? now : {
        ...now, why: reason(why), tries: now.tries + 1, due: Date.now() + pause(now.tries, why?.after),
        state: isParked ? "refused" : "waiting", tried: isParked ? undefined : now.tried,
      });
      this.#tell("unsent", { id, ...reason(why), isParked });
    }
  }

  async #send(kept) {
    const item = await this.#known(kept);
    const ours = item && await this.#ours(item);
    if (ours === undefined) return;
    let [text, tag, why] = [ours, item.base?.tag];
    for (let turn = 0; turn < TURNS; turn += 1) {
      try {
        return await this.#put(item, text, tag);
      } catch (refusal) {
        if (refusal.code !== "changed") throw refusal;
        why = refusal;
      }
      const theirs = await this.#adapter.get(item.id);
      if (!theirs && !item.base) throw new SendError("refused", why.message);
      if (!theirs) throw new SendError("gone", "the server has this record no more");
      text = await this.#joined(item, { ours, theirs, before: item.base?.text, isThere: true });
      if (text === undefined) return;
      tag = theirs.tag;
    }
    throw why;
  }

  /**
   * The item, once it is known what came of an older text to which no answer came: what the
   * page gave since goes on from there, if it has arrived.
   */
  async #known(item) {
    const { text, of = text } = item.tried ?? {};
    if (text === undefined || of === item.text) return item;
    const theirs = await this.#adapter.get(item.id);
    const merge = theirs && theirs.tag !== item.base?.tag && await this.#merging();
    if (merge && holds(merge, theirs.text, text, item.base?.text)) {
      const isSame = merge(theirs.text, of).stand === "same";
      await this.#arrived({ ...item, text: of }, isSame ? { ...theirs, text: of } : theirs);
    } else {
      await this.#change(item.id, (now) => now && { ...now, tried: undefined });
    }
    return this.#store.get(item.id);
  }

  /** What there is to be sent: what the page gave, with what others did that it goes on from. */
  async #ours(item) {
    const { text, base, own, merged = base?.text } = item;
    if (own === undefined) return text;
    if (own === text && item.merged !== undefined) return merged;
    const isThere = item.merged === undefined && base?.tag !== undefined;
    return this.#joined(item, { ours: text, theirs: { text: merged, tag: base?.tag }, before: own, isThere });
  }

  /**
   * Ours and another copy, which `isThere`, as one text; nothing where nothing of ours is
   * left to be sent, or somebody has to be asked.
   */
  async #joined(item, { ours, theirs, before, isThere }) {
    const merge = await this.#merging();
    const { record, stand, taken, conflicts } = merge(ours, theirs.text, { base: before });
    if (stand === "apart" && knows(merge, ours, theirs.text)) return ours;
    if (conflicts.length) return this.#ask(item, { mine: ours, theirs, before, conflicts });
    if (stand === "same" && isThere) return this.#arrived(item, { ...theirs, text: ours });
    if (isThere && (stand === "newer" || holds(merge, theirs.text, ours, before))) {
      return this.#arrived(item, theirs);
    }
    const isWhole = stand !== "newer" && !taken && hasKeys(ours, theirs.text);
    return isWhole ? ours : JSON.stringify(record);
  }

  /** Puts a text made of this item's there; until an answer comes it is known that it was. */
  async #put(item, text, tag) {
    const of = item.text === text ? undefined : item.text;
    const isAsKept = (now) => now?.state === "waiting" && now.text === item.text;
    const now = await this.#change(item.id, (now) =>
      isAsKept(now) ? { ...now, tried: { text, of }, at: Date.now() } : now);
    // What was given meanwhile is sent in its place.
    if (!isAsKept(now)) return;
    await this.#arrived(item, { text, tag: await this.#adapter.put(item.id, text, tag) });
  }

  /** A copy made of this item's text is there. */
  async #arrived({ id, text, merged }, base) {
    const own = base.text === text ? undefined : text;
    let isSent = false;
    const now = await this.#change(id, (now) => {
      isSent = now?.text === text;
      if (isSent) return { id, since: now.since, base, own, state: "sent", tries: 0, due: 0 };
      // What the page gave meanwhile goes on from what it had given before.
      return now && { ...now, base, own, merged: undefined, tried: undefined };
    });
    if (!now) return;
    if (own !== undefined && base.text !== merged) {
      this.#tell("merged", { id, record: JSON.parse(base.text), mine: JSON.parse(text) });
    }
    if (isSent) this.#tell("sent", { id });
  }

  async #ask(item, asked) {
    const { id, text } = item;
    const now = await this.#change(id, (now) =>
      now?.text !== text ? now : { ...now, ...asked, tried: undefined, state: "conflict" });
    if (now?.state !== "conflict") return;
    const { mine, theirs, conflicts } = asked;
    this.#tell("conflict", { id, mine: JSON.parse(mine), theirs: JSON.parse(theirs.text), conflicts });
  }

  async #merging() {
    const merge = this.#merge ?? await merging();
    return (ours, theirs, options) => merge(ours, theirs, { device: this.#device, ...options });
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(`ruhu-${what}`, { detail }));
  }
}
