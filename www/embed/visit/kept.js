// What a form in a portal keeps with: the page itself, or nothing but this memory.

/** The one visit that is here. */
const KEY = "visit";

export class Kept {
  element;
  text;
  told;
  form;
  isOver = false;
  storage;
  /** Called when what was kept may be on the screen. */
  opens;

  /**
   * `told(text)` hears of every change, before the page is asked to keep it; on a device the
   * visit is kept under `key`.
   */
  constructor(element, text, told, key) {
    this.key = key;
    this.element = element;
    this.text = text;
    this.told = told;
    this.storage = element.storage;
  }

  async opened(form) {
    this.form = form;
    return this.stands();
  }

  /** How the form is to begin. */
  stands() {
    const { language, standards } = this.element;
    const texts = standards.map((one) => typeof one === "string" ? one : JSON.stringify(one));
    const isPlain = this.text === JSON.stringify({ ruhu: 1 }) && language === "zh-CN";
    return {
      lock: "off",
      mayWrite: true,
      isGuest: true,
      isGone: false,
      isBlank: isPlain && texts.length === 0,
      look: JSON.stringify({ visit: KEY, language }),
      standards: JSON.stringify(texts),
      notes: [],
    };
  }

  async look() {
    return this.stands();
  }

  flush() {
    return this.form?.flush() ?? Promise.resolve(true);
  }

  async read() {
    return [this.text, "0"];
  }

  /** Another form has taken over: nothing of this one reaches the page any more. */
  end() {
    this.isOver = true;
  }

  async put(_key, _head, text) {
    if (this.isOver) return;
    this.text = text;
    this.told(text);
    if (this.storage !== "host") return;
    const { keep } = this.element;
    if (!keep) throw Object.assign(new Error("set `keep`"), { name: "failed" });
    try {
      await keep(text);
    } catch (why) {
      throw Object.assign(new Error(why?.message, { cause: why }), { name: "failed" });
    }
  }

  /** The page may be leaving: whoever keeps is told at once, and not waited for. */
  note(_look, _key, text) {
    if (text && text !== this.text) this.put(KEY, "", text).catch(() => {});
  }

  async prepare() {}
  async heads() { return []; }
  async remove() {}
  async set() {}
  async takeOver() {}
  async persist() { return false; }
  async room() { return []; }
  async unlock() {}
  async setPin() {}
  async wipe() {}
  idle() { return 0; }
  waits() { return "0"; }
  initials() { return ""; }
  becomes() {}
  open() {
    this.element.restart();
  }
}
