// What a form in a portal keeps with where it is to keep on this device: as the form by
// itself does, sealed and under the same PIN, but one visit, and no list of the others.
import { Kept } from "./{{visit/kept.js}}";

/** What keeps, once for all elements of a page. */
const shared = () => import("./{{lazy:shared.js}}");

export class Device extends Kept {
  #all;
  #keep;
  /** What the device has of this visit; nothing where it has none. */
  #found;
  /** What the page has given. */
  #given;
  /** Visits of which a note was left: they are kept before this one comes to the screen. */
  #noted = new Set();
  /** Under which the visit is kept. */
  #key;
  /** A PIN is asked for: what is on the screen is no visit yet. */
  isShut = false;

  async opened(form) {
    this.form = form;
    this.#given = this.text;
    this.#key = this.key;
    const all = await shared();
    // Who has ended meanwhile stands in nobody's way.
    if (this.isOver) return this.stands();
    this.#all = all;
    this.#keep = await all.join(form, this.#key);
    return this.look();
  }

  async look() {
    const opened = await this.#keep.look();
    this.isShut = opened.lock === "shut";
    const plain = this.stands();
    this.#found = opened.lock === "shut" ? undefined : await this.#stored();
    const isBlank = plain.isBlank && opened.lock === "off" && !this.#found;
    for (const [key] of opened.notes) this.#noted.add(key);
    this.#noted.delete(this.#key);
    // Looks, standards and an older draft are not this page's matter.
    return {
      ...plain,
      lock: opened.lock,
      mayWrite: opened.mayWrite && this.#all.isFirst(this.form, this.#key),
      isBlank,
      isGone: opened.isGone,
      look: JSON.stringify({ ...JSON.parse(plain.look), visit: this.#key }),
      notes: opened.notes,
    };
  }

  async #stored() {
    try {
      return await this.#keep.read(this.#key);
    } catch (why) {
      if (why.name === "none") return undefined;
      throw why;
    }
  }

  /**
   * What the page has given, where the device has had this visit already and both may have
   * been changed: without a log it is what a visit is begun with, and no other copy.
   */
  get given() {
    return this.#found && JSON.parse(this.#given).log ? this.#given : undefined;
  }

  async read(key) {
    if (this.#noted.has(key)) return this.#keep.read(key);
    const found = await this.#stored() ?? [this.text, "0"];
    // It is on the screen once whoever asked has had its turn.
    setTimeout(() => this.opens?.());
    return found;
  }

  async put(key, head, text) {
    if (this.#noted.has(key)) return this.#keep.put(key, head, text);
    if (this.isOver) return;
    await super.put(this.#key, head, text);
    await this.#keep.put(this.#key, head, text);
  }

  note(_look, key, text) {
    if (text) this.#keep?.note("", this.#noted.has(key) ? key : this.#key, text);
  }

  end() {
    super.end();
    this.#all?.leave(this.form);
  }

  prepare() { return this.#keep.prepare(); }
  takeOver(force) { return this.#keep.takeOver(force); }
  persist() { return this.#keep.persist(); }
  room() { return this.#keep.room(); }
  unlock(pin) { return this.#keep.unlock(pin); }
  idle(isThere) { return this.#keep.idle(isThere); }
  waits() { return this.#keep?.waits() ?? "0"; }
}
