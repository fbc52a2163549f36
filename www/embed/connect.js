// The page's side of a form in a frame: the same events and nearly the same words as of the
// element, with a promise wherever the other side has to answer.

const SPEAKS = 1;

/** A form behind a wall. */
export class FramedVisit extends EventTarget {
  #port;
  #keep;
  #frame;
  #asked = new Map();
  #last = 0;
  #hear;

  /** Kept when the form is there. */
  ready;

  /**
   * Waits for the form that is shown in `frame` and comes from `origin`. `settings` may be
   * `record`, `standards`, `standard`, `year`, `date`, `language`, `storage`, and `keep`.
   */
  constructor(frame, origin, { keep, ...settings } = {}) {
    super();
    this.#frame = frame;
    this.#keep = keep;
    this.ready = new Promise((done) => {
      this.addEventListener("ruhu-ready", () => done(this), { once: true });
    });
    this.#hear = ({ data, source, origin: from }) => {
      const isOurs = from === origin && source === frame.contentWindow;
      if (!isOurs || data?.ruhu !== SPEAKS || data.type !== "hello") return;
      this.#begin(origin, settings);
    };
    addEventListener("message", this.#hear);
  }

  #begin(origin, payload) {
    // The frame was loaded anew: whoever still waits for the one before waits in vain.
    this.#end("the frame was loaded anew");
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#told(data);
    const hello = { ruhu: SPEAKS, type: "begin", payload };
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
  load(record) {
    return this.#ask("load", record);
  }

  /** `standard`, `year`, `date` or `language`. */
  set(name, value) {
    return this.#ask("set", [name, value]);
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
  }
}
