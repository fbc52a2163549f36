// The visits on this device: kept, read, listed, taken away. Everything is sealed; each
// write is one transaction with the visit, its line in the list and its journal.
import { Refusal, all, get, lastKey } from "../{{keep/base.js}}";
import { WHOLE, change, replay } from "../{{keep/journal.js}}";
import { Pad, open, openBytes, random, seal, sealBytes, uncover } from "../{{keep/seal.js}}";

/** How many bytes a pad has at least; one text under it is some 20 to 60 KB. */
const PAD = 262_144;

/** So many lines of the list are opened at once. */
const HANDFUL = 100;

const entries = (key) => IDBKeyRange.bound([key, 0], [key, Infinity]);

export class Visits {
  #base;
  #key;
  /** What was written last, and as what: the changes that follow are told from it. */
  #last;
  /** The number of the newest change of each visit that is known of, or on its way. */
  #numbers = new Map();
  #pad;
  /** The visits that a note may lie of, each with the number of the last one. */
  #noted = new Map();
  #notes = 0;
  /** The key of the visit that an older form's one draft became: the draft goes with it. */
  old;

  constructor(base, key) {
    this.#base = base;
    this.#key = key;
  }

  /** Keeps a visit with its line in the list, as `[text of the line, text of the visit]`. */
  async put(key, head, text) {
    const last = this.#last?.key === key ? this.#last : await this.#stored(key);
    const number = last.number + 1;
    this.#numbers.set(key, number);
    const isWhole = last.text === undefined || number % WHOLE === 0;
    const entry = isWhole ? text : change(last.text, text);
    const [visit, line, journal] = await Promise.all([
      seal(this.#key, `visit ${key} ${number}`, text),
      seal(this.#key, `head ${key}`, head),
      seal(this.#key, `entry ${key} ${number}`, entry),
    ]);
    const whole = isWhole ? number : last.whole;
    // A key is typed every moment: what need not be asked of the disk is not.
    const shelves = ["visits", "heads", "journal"];
    const noted = this.#noted.get(key);
    let isTidy = false;
    if (noted !== undefined) shelves.push("notes");
    if (this.old === key) shelves.push("drafts");
    await this.#base.write(shelves, (shelf) => {
      shelf("visits").put({ number, whole, text: visit }, key);
      shelf("heads").put(line, key);
      shelf("journal").put({ isWhole, text: journal }, [key, number]);
      // The whole text before this one stays, with all that followed it.
      if (isWhole && last.whole > 0) {
        shelf("journal").delete(IDBKeyRange.bound([key, 0], [key, last.whole], false, true));
      }
      if (this.old === key) shelf("drafts").clear();
      if (noted === undefined) return;
      const note = shelf("notes").get(key);
      note.onsuccess = () => {
        // Not what was noted while this was on its way.
        isTidy = !(note.result?.number >= number);
        if (isTidy) shelf("notes").delete(key);
      };
    });
    if (isTidy && this.#noted.get(key) === noted) this.#noted.delete(key);
    this.#last = { key, number, whole, text };
  }

  /** What was read; something newer may be on its way already. */
  #know(key, found) {
    if (found.number < (this.#numbers.get(key) ?? 0)) return;
    this.#numbers.set(key, found.number);
    this.#last = { key, ...found };
  }

  async #stored(key) {
    const { value } = await this.#base.read(["visits"], (shelf) => get(shelf("visits"), key));
    return { number: value?.number ?? 0, whole: value?.whole ?? 0 };
  }

  /**
   * Keeps a text at once, for a page that is being left: nothing is waited for. Nothing
   * where there is no pad, or no room on it.
   */
  note(key, text) {
    const covered = this.#pad?.cover(text);
    if (!covered) return;
    const number = this.#numbers.get(key) ?? 0;
    this.#noted.set(key, this.#notes += 1);
    this.#base.writeNow(["notes"], (shelf) => shelf("notes").put({ ...covered, number }, key));
  }

  /** Another page may have written since: what is needed is read, and a new pad made. */
  forget() {
    this.#last = undefined;
    this.#pad = undefined;
  }

  /** Makes a new pad where the one there is has no room for such a text again. */
  async makePad(letters) {
    if (this.#pad?.fits(letters)) return;
    const bytes = random(Math.max(PAD, letters * 12));
    const sealed = await sealBytes(this.#key, "pad", bytes);
    let isFree = true;
    await this.#base.write(["meta", "notes"], (shelf) => {
      const notes = shelf("notes").count();
      notes.onsuccess = () => {
        // What lies under the old pad has to be kept first.
        isFree = notes.result === 0;
        if (isFree) shelf("meta").put(sealed, "pad");
      };
    });
    if (isFree) this.#pad = new Pad(bytes);
  }

  /** What was noted when a page was left and is not kept yet: its key and its text. */
  async noted() {
    const kept = new Map();
    const { notes, pad } = await this.#base.read(["meta", "notes", "visits"], (shelf) => {
      const keys = shelf("notes").getAllKeys();
      keys.onsuccess = () => {
        for (const key of keys.result) kept.set(key, get(shelf("visits"), key));
      };
      return { notes: all(shelf("notes")), pad: get(shelf("meta"), "pad") };
    });
    for (const key of notes.keys.value) this.#noted.set(key, this.#notes += 1);
    if (!kept.size || !pad.value) return [];
    const bytes = await openBytes(this.#key, "pad", pad.value);
    if (!bytes) return [];
    return notes.keys.value.map((key, at) => [key, notes.values.value[at]])
      .filter(([key, note]) => note.number >= (kept.get(key).value?.number ?? 0))
      .map(([key, note]) => [key, uncover(bytes, note)]);
  }

  /**
   * A visit: its text, and how many of its last changes could not be read any more.
   * Refused as `none` where there is none, as `spoilt` where nothing of it can be read.
   */
  async read(key) {
    const { visit, last: newest } = await this.#base.read(["visits", "journal"], (shelf) => ({
      visit: get(shelf("visits"), key),
      last: lastKey(shelf("journal"), entries(key)),
    }));
    const row = visit.value;
    const last = Math.max(row?.number ?? 0, newest.value?.[1] ?? 0);
    if (!last) throw new Refusal("none");
    const text = row && await open(this.#key, `visit ${key} ${row.number}`, row.text);
    if (text !== undefined && row.number === last) {
      this.#know(key, { number: last, whole: row.whole, text });
      return { text, missing: 0 };
    }
    const { keys, values } = await this.#base.read(["journal"], (shelf) =>
      all(shelf("journal"), entries(key)));
    const rows = keys.value.map(([, number], at) => [number, values.value[at]]);
    const opened = await Promise.all(rows.map(async ([number, entry]) => [
      number, entry.isWhole, await open(this.#key, `entry ${key} ${number}`, entry.text),
    ]));
    const found = replay(opened, last);
    if (!found) throw new Refusal("spoilt");
    this.#know(key, { number: last, whole: row?.whole ?? 0 });
    return found;
  }

  /** The lines of the list: key and text, without a text where it is spoilt. */
  async heads() {
    const found = [];
    // By handfuls, so that the screen has its turns meanwhile.
    for (let from = ""; ;) {
      const range = IDBKeyRange.lowerBound(from, true);
      const { keys, values } = await this.#base.read(["heads"], (shelf) =>
        all(shelf("heads"), range, HANDFUL));
      const some = keys.value.map(async (key, at) =>
        [key, await open(this.#key, `head ${key}`, values.value[at])]);
      found.push(...await Promise.all(some));
      if (some.length < HANDFUL) return found;
      from = keys.value.at(-1);
    }
  }

  /** Takes a visit away, with everything that was ever kept of it. */
  async remove(key) {
    await this.#base.write(["visits", "heads", "journal", "notes"], (shelf) => {
      for (const name of ["visits", "heads", "notes"]) shelf(name).delete(key);
      shelf("journal").delete(entries(key));
    });
    if (this.#last?.key === key) this.#last = undefined;
  }
}
