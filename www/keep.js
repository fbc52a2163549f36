// What is kept on this device, for the form: begun while the form is still on its way.
import { Base, Refusal, get } from "./{{keep/base.js}}";
import { initials } from "./{{keep/initials.js}}";
import { STRENGTH, isLocked, keepKey, makeKey, takeKey, wait } from "./{{keep/lock.js}}";
import { Visits } from "./{{keep/visits.js}}";
import { Writer } from "./{{keep/writer.js}}";

/** After how many milliseconds a device that cannot be read is tried again. */
const AGAIN = [300, 1_000, 3_000];

export class Keep {
  #base = new Base();
  #writer;
  #visits;
  #old;
  /** How the key is kept. */
  #kept;
  /** How many wrong PINs there were, and when another one may be tried. */
  #tries = 0;
  #again = 0;
  #turn = Promise.resolve();
  /** Whether the page is told, before it is drawn, that something is kept. */
  #isMarked;
  /** When somebody was there last. */
  #lastThere;
  /** Makes bytes of a PIN: `stretch(pin, salt, memory, passes)`. */
  #stretch;
  #opened;
  #preparing;
  /** The form's own functions, once it is there. */
  #form;

  constructor(stretch) {
    this.#stretch = stretch;
    this.#writer = new Writer(this.#base, {
      gained: () => this.#form?.writer(true),
      lost: () => this.#form?.writer(false),
      yields: async () => this.#form?.flush() ?? true,
      changed: () => this.#form?.changed(),
    });
    // Both take a while, and neither needs the other.
    this.#base.open().catch(() => {});
    this.#opened = this.#open();
    this.#opened.catch(() => {});
  }

  /**
   * How this device stands: whether this page may write, what was chosen for this device,
   * the draft of an older form if it is still there, and what was noted when a page was
   * left. `form` is told from then on: `writer(mayWrite)`, `changed()` by another page, and
   * `flush()`, which keeps everything and gives a promise of whether that went well.
   */
  async opened(form) {
    this.#form = form;
    // Whoever wrote may have gone since.
    return { ...await this.#opened, mayWrite: this.#writer.is };
  }

  async #open() {
    this.#hasCiphers();
    await this.#writer.begin();
    // Where something is kept and cannot be reached, it is tried again for a while: a blank
    // form would look as if everything were gone.
    for (const wait of AGAIN) {
      try {
        return await this.look();
      } catch (why) {
        if (why.name !== "failed" || !this.#wasMarked()) throw why;
        await new Promise((done) => setTimeout(done, wait));
      }
    }
    return this.look();
  }

  /** The browser's ciphers are there on a safe connection alone. */
  #hasCiphers() {
    if (!globalThis.crypto?.subtle) throw new Refusal(isSecureContext ? "none" : "insecure");
  }

  /** The same again, after another page had its turn. */
  async look() {
    this.#hasCiphers();
    const found = await this.#base.read(["meta", "heads", "drafts"], (shelf) => ({
      key: get(shelf("meta"), "key"),
      look: get(shelf("meta"), "look"),
      standards: get(shelf("meta"), "standards"),
      tries: get(shelf("meta"), "tries"),
      old: get(shelf("drafts"), "current"),
      some: get(shelf("heads"), IDBKeyRange.lowerBound("")),
    }));
    const kept = found.key.value;
    // The page was told that something is kept here, and there is not even a key.
    const isGone = !kept && !found.old.value && this.#wasMarked();
    if (!isGone) this.#mark(Boolean(found.some.value) || isLocked(kept));
    this.#see(found.tries.value ?? 0);
    // By the same key as before, what is open stays open.
    const isSame = kept && String(kept.nonce) === String(this.#kept?.nonce);
    this.#kept = kept;
    if (isSame && this.#visits) {
      this.#visits.forget();
    } else {
      const key = kept && await takeKey(kept);
      // Never another key while something lies under the one that is gone.
      const isShut = !key && !isLocked(kept) && (kept || found.some.value);
      if (isShut) throw new Refusal("key_gone");
      this.#visits = key && new Visits(this.#base, key);
    }
    const { look, standards, old, some } = found;
    const isAny = [look, standards, old, some].some(({ value }) => value);
    const notes = await this.#visits?.noted() ?? [];
    return {
      lock: !isLocked(kept) ? "off" : this.#visits ? "open" : "shut",
      mayWrite: this.#writer.is,
      look: look.value,
      standards: standards.value,
      old: old.value,
      isBlank: !isAny && !notes.length && !isGone && !isLocked(kept),
      isGone,
      notes,
    };
  }

  #wasMarked() {
    try {
      return Boolean(localStorage.getItem("ruhu"));
    } catch {
      return false;
    }
  }

  #see(tries) {
    if (tries > this.#tries) this.#again = performance.now() + wait(tries) * 1000;
    this.#tries = tries;
  }

  #stretcher(pin, { memory, passes } = STRENGTH) {
    // A full-width figure is the same figure.
    const secret = new TextEncoder().encode(pin.normalize("NFKC"));
    return async (salt) => {
      const told = await this.#stretch(secret, salt, memory, passes);
      if (!told.done) throw new Refusal("no_safe");
      return told.done;
    };
  }

  async #count(tries) {
    this.#see(tries);
    // Counted by every page, also by one that only reads.
    await this.#base.writeAnyhow(["meta"], (shelf) => shelf("meta").put(tries, "tries"))
      .catch(() => {});
  }

  /** How many seconds nobody may try a PIN. */
  waits() {
    return String(Math.max(0, Math.ceil((this.#again - performance.now()) / 1000)));
  }

  /** The key, by the PIN; refused as `wait` or `wrong_pin`. One after the other. */
  #byPin(pin, mayLeave) {
    const turn = this.#turn.then(() => this.#tryPin(pin, mayLeave));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #tryPin(pin, mayLeave) {
    if (this.waits() !== "0") throw new Refusal("wait");
    const kept = this.#kept;
    const key = await takeKey(kept, isLocked(kept) && this.#stretcher(pin, kept), mayLeave);
    if (!key) {
      await this.#count(this.#tries + 1);
      throw new Refusal("wrong_pin");
    }
    if (this.#tries) await this.#count(0);
    return key;
  }

  /**
   * How many seconds nobody had been there, by the clock: also while the phone slept, and
   * also if somebody just came.
   */
  idle(isThere) {
    const now = Date.now();
    const last = this.#lastThere ?? now;
    if (isThere || !this.#lastThere) this.#lastThere = now;
    return Math.max(0, Math.floor((now - last) / 1000));
  }

  /** Opens what is kept under a PIN. */
  async unlock(pin) {
    const key = await this.#byPin(pin, false);
    this.#visits = new Visits(this.#base, key);
    this.#lastThere = Date.now();
  }

  /** Keeps the key under another PIN, or, where that is empty, under none. */
  async setPin(pin, next) {
    if (!this.#kept) await this.prepare();
    const key = await this.#byPin(pin, true);
    const kept = await keepKey(key, next && this.#stretcher(next));
    await this.#base.write(["meta"], (shelf) => shelf("meta").put(kept, "key"));
    this.#kept = kept;
    this.#lastThere = Date.now();
    this.#writer.wrote();
  }

  /** Takes everything off this device, and begins anew. */
  async wipe() {
    const shelves = ["meta", "visits", "heads", "journal", "notes", "drafts"];
    await this.#base.write(shelves, (shelf) => {
      for (const name of shelves) shelf(name).clear();
    });
    // A page that is left keeps what it has: nothing may come back that way.
    this.#base.disown();
    this.#mark(false);
    this.#writer.wiped();
    this.open();
  }

  /** Opens the page anew: nothing of what was read stays in memory. */
  open() {
    location.reload();
  }

  /** The visits, where they can be reached by now. */
  async #known() {
    if (!this.#visits) await this.look();
    return this.#visits;
  }

  /** The next time, the page knows before it is drawn that something is kept here. */
  #mark(isKept) {
    if (this.#isMarked === isKept) return;
    this.#isMarked = isKept;
    try {
      if (isKept) localStorage.setItem("ruhu", "kept");
      else localStorage.removeItem("ruhu");
    } catch {
      // Then the page is told nothing, and the form all the same.
    }
  }

  /** Makes ready what the first visit needs, so that not even its first letter waits. */
  prepare() {
    this.#preparing ??= this.#prepare().finally(() => {
      this.#preparing = undefined;
    });
    return this.#preparing;
  }

  async #prepare() {
    if (!await this.#known()) {
      if (this.#kept) throw new Refusal("failed");
      const made = await makeKey();
      await this.#base.write(["meta"], (shelf) => {
        const there = shelf("meta").getKey("key");
        there.onsuccess = () => {
          // Never over another, under which something may lie.
          if (there.result === undefined) shelf("meta").put(made, "key");
        };
      });
      await this.look();
    }
    // Without a pad a page that is left may lose its last letters, nothing more.
    await this.#visits.makePad(0).catch(() => {});
  }

  /** An older form's draft could be read, and is the visit with this key now. */
  becomes(key) {
    this.#old = key;
  }

  /** Keeps a visit, with the line by which the list shows it. */
  async put(key, head, text) {
    if (!this.#visits) await this.prepare();
    this.#visits.old = this.#old;
    await this.#visits.put(key, head, text);
    this.#mark(true);
    this.#writer.wrote();
    this.#visits.makePad(text.length).catch(() => {});
  }

  /** Keeps at once what can be: for a page that is being left. What is empty is not kept. */
  note(look, key, text) {
    if (text) this.#visits?.note(key, text);
    if (look) this.#base.writeNow(["meta"], (shelf) => shelf("meta").put(look, "look"));
  }

  /** A visit, and how many of its last changes could not be read any more, in words. */
  async read(key) {
    const visits = await this.#known();
    if (!visits) throw new Refusal("none");
    const { text, missing } = await visits.read(key);
    return [text, String(missing)];
  }

  /** Every visit's key with its line, or without one where that is spoilt. */
  async heads() {
    return await (await this.#known())?.heads() ?? [];
  }

  async remove(key) {
    await (await this.#known())?.remove(key);
    this.#writer.wrote();
  }

  /** Keeps what was chosen for this device, as `look` or `standards`. */
  set(name, text) {
    return this.#base.write(["meta"], (shelf) => shelf("meta").put(text, name));
  }

  takeOver(force) {
    return this.#writer.takeOver(force);
  }

  /** `[megabytes used, megabytes there are, whether the browser promises to keep them]`. */
  async room() {
    const { storage } = navigator;
    const { usage, quota } = await storage?.estimate?.() ?? {};
    const megabytes = (bytes) => bytes === undefined ? undefined : String(Math.floor(bytes / 1_048_576));
    return [megabytes(usage), megabytes(quota), await storage?.persisted?.() ?? false];
  }

  initials(name) {
    return initials(name);
  }

  /** Asks the browser for that promise, and gives its answer. */
  async persist() {
    return await navigator.storage?.persist?.() ?? false;
  }
}
