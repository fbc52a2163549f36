// The page's side of a form in a frame: the same events and nearly the same words as of the
// element, with a promise wherever the other side has to answer.

const SPEAKS = 1;

/** Settings that are a record's own: once it is kept, it holds them itself. */
const OWN = ["standard", "year", "date"];

/** As text: frameworks wrap what they are given in what no message can hold. */
const text = (given) => given === undefined || typeof given === "string" ? given
  : JSON.stringify(given);

/** A record with these settings; what is none is refused by the form. */
function over(given, settings) {
  try {
    const { year } = settings;
    const own = year === undefined ? settings : { ...settings, year: Number(year) };
    return JSON.stringify({ ...JSON.parse(given), ...own });
  } catch {
    return given;
  }
}

/** A form behind a wall. */
export class FramedVisit extends EventTarget {
  #port;
  #keep;
  #frame;
  #asked = new Map();
  #last = 0;
  #hear;
  /** With what a form begins, also one that is loaded anew. */
  #settings;
  /** Settings that are laid over each record that is loaded. */
  #own = {};
  #isKept = false;
  #refuse;

  /** Kept when the form is there. */
  ready;

  /**
   * Waits for the form that is shown in `frame` and comes from `origin`. `settings` may be
   * `record`, `standards`, `standard`, `year`, `date`, `language`, `storage`, and `keep`.
   */
  constructor(frame, origin, { keep, record, standards, ...settings } = {}) {
    super();
    this.#frame = frame;
    this.#keep = keep;
    const own = standards && Array.from(standards, text);
    this.#settings = { ...settings, record: text(record), standards: own };
    for (const name of OWN) this.#keepApart(name);
    this.ready = new Promise((done, fail) => {
      this.#refuse = fail;
      this.addEventListener("ruhu-ready", () => done(this), { once: true });
    });
    // Nobody need wait for it.
    this.ready.catch(() => {});
    this.#hear = ({ data, source, origin: from }) => {
      const isOurs = from === origin && source === frame.contentWindow;
      if (!isOurs || data?.ruhu !== SPEAKS || data.type !== "hello") return;
      this.#begin(origin);
    };
    addEventListener("message", this.#hear);
  }

  #payload() {
    return this.#isKept ? this.#settings : { ...this.#settings, ...this.#own };
  }

  #keepApart(name) {
    if (this.#settings[name] !== undefined) this.#own[name] = this.#settings[name];
    delete this.#settings[name];
  }

  #begin(origin) {
    // The frame was loaded anew: whoever still waits for the one before waits in vain.
    this.#end("the frame was loaded anew");
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#told(data);
    const hello = { ruhu: SPEAKS, type: "begin", payload: this.#payload() };
    this.#frame.contentWindow.postMessage(hello, origin, [port2]);
  }

  async #told({ type, id, payload }) {
    if (type === "done" || type === "failed") {
      const [done, fail] = this.#asked.get(id) ?? [];
      this.#asked.delete(id);
      return type === "done" ? done?.(payload) : fail?.(new Error(payload));
    }
    if (type === "keep") {
      // The frame may be loaded anew meanwhile: the answer is that port's alone.
      const port = this.#port;
      const why = await this.#kept(payload);
      return port.postMessage({ type: "kept", id, payload: why });
    }
    if (type === "height") this.#frame.style.height = `${payload}px`;
    this.dispatchEvent(new CustomEvent(`ruhu-${type}`, { detail: payload }));
  }

  /** Why the page could not keep it, or nothing. */
  async #kept(text) {
    this.#isKept = true;
    this.#settings.record = text;
    try {
      if (!this.#keep) throw new Error("set `keep`");
      await this.#keep(text);
      return undefined;
    } catch (why) {
      return String(why?.message ?? why);
    }
  }

  #ask(type, payload) {
    if (!this.#port) return Promise.reject(new Error("the form is not there yet"));
    return new Promise((done, fail) => {
      this.#asked.set(this.#last += 1, [done, fail]);
      this.#port.postMessage({ type, id: this.#last, payload });
    });
  }

  #end(why) {
    this.#port?.close();
    this.#port = undefined;
    for (const [, fail] of this.#asked.values()) fail(new Error(why));
    this.#asked.clear();
  }

  /** A record in the place of the one on the screen. */
  async load(record) {
    const given = text(record);
    // A frame that was loaded anew has no settings of its own.
    const laid = this.#isKept ? over(given, this.#own) : given;
    await this.#ask("load", laid);
    this.#settings.record = laid;
  }

  /** `standard`, `year`, `date` or `language`. */
  async set(name, value) {
    await this.#ask("set", [name, value]);
    this.#settings[name] = value;
    if (OWN.includes(name)) this.#keepApart(name);
  }

  /** Another copy of this record: see the element. */
  merge(record) {
    return this.#ask("merge", text(record));
  }

  answer(fact, text, place = {}) {
    return this.#ask("answer", { ...place, fact, text });
  }

  record() {
    return this.#ask("record");
  }

  report() {
    return this.#ask("report");
  }

  flush() {
    return this.#ask("flush");
  }

  restart() {
    return this.#ask("restart");
  }

  /** Hears nothing any more. */
  close() {
    removeEventListener("message", this.#hear);
    this.#end("closed");
    this.#refuse(new Error("closed"));
  }
}
