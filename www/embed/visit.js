// `<ruhu-visit>`: the form as an element of any page. Each element runs a form of its own,
// in a memory of its own: one that crashes takes no other with it, and one that is taken
// off the page leaves nothing behind.
import { Device } from "./{{visit/device.js}}";
import { Kept } from "./{{visit/kept.js}}";
import { settled, taken } from "./{{visit/record.js}}";
import { paper } from "./{{visit/paper.js}}";
import { Run, dressed, looks } from "./{{visit/run.js}}";
import { crashed, waiting } from "./{{visit/screens.js}}";
import { flag, reflect } from "./{{visit/attributes.js}}";
import { VERSION } from "./{{visit/version.js}}";

/** Settings of a record that an attribute gives. */
const SETTINGS = ["standard", "year", "date"];

/** The record comes last: what is set beside it holds for it. */
const PROPERTIES = [
  ...SETTINGS, "language", "storage", "disabled", "required", "standards", "keep", "record",
];

/** Node has no elements: a server that draws the page only needs the name. */
const Element = globalThis.HTMLElement ?? class {};

/**
 * A visit to a household, judged while it is filled in.
 *
 * @tag ruhu-visit
 * @attr {string} standard - by which standard is judged
 * @attr {number} year - the exit year
 * @attr {string} date - the day of the check, `YYYY-MM-DD`
 * @attr {string} language - `zh-CN` or `en`
 * @attr {string} storage - whether nothing is kept, or the page keeps, or this device
 * @attr {boolean} disabled
 * @attr {boolean} required - until the record is finished
 * @fires ruhu-ready - the form is there
 * @fires ruhu-change - something was answered
 * @fires ruhu-verdict - something is judged otherwise
 * @fires ruhu-finish - the record was finished
 * @fires ruhu-refused - a record or a setting was not taken
 * @fires ruhu-crash - the form stopped or did not come
 * @csspart bar - the verdict at the top
 * @csspart main - the page of the form
 * @csspart sheet - the reasons
 * @csspart waiting - what is shown until the form is there
 * @csspart crash - what is shown where it stopped
 * @csspart again - the button that loads it again
 * @cssprop --ruhu-accent
 * @cssprop --ruhu-accent-soft
 * @cssprop --ruhu-bar
 * @cssprop --ruhu-focus
 * @cssprop --ruhu-ground
 * @cssprop --ruhu-paper
 * @cssprop --ruhu-ink
 * @cssprop --ruhu-unit - the height of a letter
 */
export class RuhuVisit extends Element {
  static formAssociated = true;
  static observedAttributes = [...SETTINGS, "language", "storage", "disabled", "required"];
  static version = VERSION;

  #root = this.attachShadow({ mode: "open" });
  #internals = this.attachInternals?.();
  /** What runs now: the form's own functions, and who keeps for it. */
  #run;
  /** The record's text, as it was kept last. */
  #text;
  #standards = [];
  #keep;
  #verdict;
  /** Under which the visit is kept on a device: what was never given an id has one place. */
  #key;
  /** A copy to be merged as soon as the form is there. */
  #copy;
  #isFinished = false;
  #isOver = false;
  #readied;
  #ready;

  constructor() {
    super();
    this.#wait();
  }

  #wait() {
    this.#ready = new Promise((done) => {
      this.#readied = done;
    });
  }

  connectedCallback() {
    for (const name of PROPERTIES) this.#upgrade(name);
    if (!this.#run && !this.#isOver) this.#begin();
  }

  /** Moved within the page, it goes on as it is. */
  connectedMoveCallback() {}

  disconnectedCallback() {
    this.#run?.leave();
    // A page that moves it puts it back before anything else happens.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  /** Frameworks set properties before the element is known. */
  #upgrade(name) {
    if (!Object.prototype.hasOwnProperty.call(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  attributeChangedCallback(name, was, is) {
    if (was === is) return;
    if (name === "disabled") this.#look();
    else if (name === "required") this.#valid();
    else if (name === "storage") this.#again();
    else if (!this.#run?.isThere) this.#early();
    else if (name === "language") this.#run.form.ask("speak", this.language);
    else this.#set(name, is);
  }

  /** What is set before the form is there holds for the record that waits for it. */
  #early() {
    this.#run?.leave();
    if (this.#text) this.#text = this.#settled(this.#text);
    this.#again();
  }

  /** It was on its way already, and begins anew with what holds now. */
  #again() {
    if (this.#run?.kept) this.restart();
  }

  formDisabledCallback() {
    this.#look();
  }

  formResetCallback() {
    this.record = undefined;
  }

  #look() {
    this.#run?.place.toggleAttribute("inert", this.matches(":disabled, [disabled]"));
  }

  async #begin() {
    const run = this.#run = new Run(() => {
      this.#told(run.form.record());
      this.#readied(this);
      this.#tell("ready");
      for (const copy of [run.kept.given, this.#copy]) if (copy) run.form.ask("merge", copy);
      this.#copy = undefined;
    }, (why) => this.#crash(why, true));
    const told = waiting(this.language);
    this.#root.replaceChildren(told);
    this.#look();
    try {
      await run.begin(told, () => this.#keeping(run), this.#work);
    } catch (why) {
      if (this.#run === run) this.#crash(why, false);
    }
  }

  #keeping(run) {
    const told = (text) => this.#run === run && this.#changed(text);
    const Keeping = this.storage === "indexeddb" ? Device : Kept;
    const text = this.#text ?? this.#settled("{}");
    this.#key ??= JSON.parse(text).id ?? "visit";
    return new Keeping(this, text, told, this.#key);
  }

  /** Files and codes are the portal's. */
  #work = async (module) => {
    return module === "page" ? { done: this.print() ?? "printed" } : { refusal: "unavailable" };
  };

  #end() {
    const run = this.#run;
    this.#run = undefined;
    if (!run) return;
    run.end();
    this.#root.replaceChildren();
    if (run.isThere) this.#wait();
  }

  #crash(why, isCrash) {
    this.#end();
    const head = document.createElement("div");
    const screen = crashed(this.language, isCrash, () => this.restart());
    this.#root.replaceChildren(head, screen);
    // Without a network it is plain, and says the same.
    dressed(head).catch(() => {});
    this.#tell("crash", { isCrash, text: String(why?.message ?? why) });
  }

  #tell(what, detail = {}) {
    return this.dispatchEvent(new CustomEvent(`ruhu-${what}`, {
      detail, bubbles: true, composed: true,
    }));
  }

  /** The form has something new to keep. */
  #changed(text) {
    const isNew = text !== this.#text;
    const wasFinished = this.#isFinished;
    this.#told(text);
    if (isNew) this.#tell("change", { id: JSON.parse(text).id });
    this.#judged();
    if (this.#isFinished && !wasFinished) {
      this.#tell("finish", { record: this.record, report: this.report });
    }
  }

  #told(text) {
    this.#text = text;
    this.#isFinished = Boolean(JSON.parse(text).finished);
    this.#internals?.setFormValue?.(text);
    this.#valid();
  }

  #valid() {
    this.#internals?.setValidity?.(...this.required && !this.#isFinished
      ? [{ valueMissing: true }, crashed.unfinished(this.language), this.#run?.place]
      : [{}]);
  }

  #judged() {
    const { verdict, criteria } = this.report ?? {};
    const found = criteria && {
      verdict, criteria: Object.fromEntries(criteria.map((one) => [one.id, one.verdict])),
    };
    const key = JSON.stringify(found);
    if (!found || key === this.#verdict) return;
    this.#verdict = key;
    this.#tell("verdict", found);
  }

  #settled(text) {
    return settled(text, SETTINGS.map((name) => [name, this.getAttribute(name)]));
  }

  #set(name, value) {
    if (value === null) return;
    const before = this.#run.form.record();
    const record = JSON.parse(before);
    record[name] = name === "year" ? Number(value) : value;
    this.#load(JSON.stringify(record));
    if (this.record[name] === record[name]) return;
    // By this it cannot be judged: the form has said why, and stays as it was.
    const { notices } = this.report;
    const { text } = notices.find(({ path }) => path === `/${name}`) ?? { text: `${name}: ${value}` };
    this.#load(before);
    this.#tell("refused", { text });
  }

  #load(text) {
    try {
      this.#run.form.load(text);
      this.#told(this.#run.form.record());
      this.#judged();
    } catch (why) {
      this.#tell("refused", { text: why.message });
      throw why;
    }
  }

  // ---- what a page sets and asks

  /** The record as it stands; set, it takes the place of the one on the screen. */
  get record() {
    const text = this.#run?.isThere ? this.#run.form.record() : this.#text;
    return text && JSON.parse(text);
  }

  set record(record) {
    const text = this.#settled(this.#taken(record));
    // On a device each visit has its own place.
    if (this.#run?.isThere && this.storage !== "indexeddb") return this.#load(text);
    // What is left of the one before is kept before this one takes its place.
    this.#run?.leave();
    [this.#text, this.#key, this.#copy] = [text];
    this.#again();
  }

  #taken(record) {
    try {
      return taken(record);
    } catch (why) {
      this.#tell("refused", { text: why.message });
      throw why;
    }
  }

  /** Standards of the county's own, each as its JSON: found beside those that ship. */
  get standards() {
    return this.#standards;
  }

  set standards(standards) {
    this.#standards = Array.from(standards ?? []);
    this.#again();
  }

  /** What keeps the record where `storage` is `host`: `keep(text)`, a promise. */
  get keep() { return this.#keep; }
  set keep(keep) { this.#keep = keep; }

  /** What was found, as on the command line. */
  get report() {
    const text = this.#run?.isThere ? this.#run.form.report() : "";
    return text ? JSON.parse(text) : undefined;
  }

  get verdict() {
    return this.report?.verdict;
  }

  /** Kept when the form is there; anew after it was taken off the page. */
  get ready() {
    return this.#ready;
  }

  get version() {
    return RuhuVisit.version;
  }

  /** Gives one answer; empty text takes it back. What that changed, in words. */
  answer(fact, text, { list = "", row = 0 } = {}) {
    return this.#run?.isThere ? this.#run.form.answer(list, row, fact, text) : undefined;
  }

  /**
   * Another copy of this record, as a server has it: what that one alone has changed is
   * taken, what both have is asked on the screen.
   */
  merge(record) {
    const text = this.#taken(record);
    if (JSON.parse(text).id !== this.record?.id) {
      const why = "`record` is another visit: merge the copy of this one, by its `id`";
      this.#tell("refused", { text: why });
      throw new TypeError(why);
    }
    if (this.#run?.isThere) this.#run.form.ask("merge", text);
    else this.#copy = text;
  }

  /** Keeps what is not kept yet: a promise of whether that could be done. */
  flush() {
    return this.#run?.kept?.flush() ?? Promise.resolve(this.#text !== undefined);
  }

  /** Begins anew with what was kept last. */
  restart() {
    this.#isOver = false;
    this.#run?.leave();
    this.#end();
    if (this.isConnected) this.#begin();
  }

  /** Ends the form; `restart` begins it again. */
  destroy() {
    this.#isOver = true;
    this.#run?.leave();
    this.#end();
  }

  /** The printed sheet, and nothing of the page around the form. */
  print() {
    paper(this.#root.querySelector(".ruhu"), looks).catch((why) => console.warn(why));
  }
}

reflect(RuhuVisit.prototype, [...SETTINGS, "name"]);
reflect(RuhuVisit.prototype, ["language"], "zh-CN");
reflect(RuhuVisit.prototype, ["storage"], "memory");
flag(RuhuVisit.prototype, ["disabled", "required"]);

/** Makes the element known, once a page, under this name. */
export function define(tag = "ruhu-visit") {
  if (!globalThis.customElements) return;
  const known = customElements.get(tag);
  // A browser knows each class by one name alone.
  if (!known) customElements.define(tag, class extends RuhuVisit {});
  else if (known.version !== RuhuVisit.version) {
    console.warn(`<${tag}> is there already, of version ${known.version}; it goes on`);
  }
}
