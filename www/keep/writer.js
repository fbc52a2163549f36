// Of all the pages that are open on this device, one writes. The others read, and take over
// when they are asked to, or when the one that wrote is gone.
import { NAME, Refusal, get } from "../{{keep/base.js}}";

/** How long a page that is asked to yield may take, in milliseconds. */
const YIELDING = 2_000;
/** How often a page without locks shows that it is still there, in milliseconds. */
const BEAT = 1_000;

export class Writer {
  #base;
  #gained;
  #lost;
  #yields;
  #letGo;
  #waits;
  #isAsking = false;
  #channel;
  #sign = crypto.randomUUID?.() ?? String(Math.random());

  /**
   * `gained` and `lost` are told when this page becomes the writer later on or ceases to
   * be it; `yields` keeps what is to be kept, and says whether that went well.
   */
  constructor(base, { gained, lost, yields, changed }) {
    this.#base = base;
    this.#gained = gained;
    this.#lost = lost;
    this.#yields = yields;
    this.#channel = globalThis.BroadcastChannel && new BroadcastChannel(NAME);
    if (this.#channel) {
      this.#channel.onmessage = ({ data }) => {
        if (data === "changed") changed();
        // What was taken off this device is not to stay on any screen.
        if (data === "wiped") location.reload();
        if (data === "yield" && this.is) this.#yield();
        if (data === "cannot") this.#waits?.();
      };
    }
  }

  /** Whether this page is the writer. */
  get is() {
    return Boolean(this.#letGo);
  }

  /** Tells the other pages that everything was taken off this device. */
  wiped() {
    this.#channel?.postMessage("wiped");
  }

  /** Tells the other pages that something was written. */
  wrote() {
    this.#channel?.postMessage("changed");
  }

  /**
   * Becomes the writer if nobody else is; otherwise waits for its turn. Its sign is on its
   * way then: the first write that needs it brings it along, or tells why it cannot.
   */
  async begin() {
    if (!navigator.locks) return this.#lease();
    const got = await new Promise((told, fail) => {
      navigator.locks.request(NAME, { ifAvailable: true }, (lock) => {
        if (!lock) return told(false);
        return this.#hold(() => told(true));
      }).catch((why) => {
        // Either it never was the writer, or it was robbed of that later.
        fail(why);
        this.#robbed();
      });
    });
    if (got) this.#base.claim(this.#sign).catch(() => {});
    else this.#queue();
  }

  #hold(then) {
    return new Promise((done) => {
      this.#letGo = done;
      then();
    });
  }

  /** Waits for its turn: the page that writes may be closed at any time. */
  #queue() {
    if (!navigator.locks) return this.#watch();
    navigator.locks.request(NAME, () => {
      // A page that nobody looks at leaves it to those that somebody does.
      if (document.hidden) return this.#queueLater();
      return this.#hold(() => this.#begun());
    }).catch(() => this.#robbed());
  }

  #queueLater() {
    document.addEventListener("visibilitychange", () => this.#queue(), { once: true });
  }

  async #begun() {
    try {
      await this.#base.claim(this.#sign);
    } catch {
      // Who cannot even sign shall not stand in the way of another page.
      this.#letGo?.();
      this.#letGo = undefined;
      this.#base.disown();
      return;
    }
    this.#gained();
  }

  #robbed() {
    if (!this.#letGo) return;
    this.#letGo();
    this.#letGo = undefined;
    this.#base.disown();
    this.#lost();
    this.#queue();
  }

  /** Asked to yield: not before all is kept, and not at all where that cannot be done. */
  async #yield() {
    if (!await this.#yields()) return this.#channel.postMessage("cannot");
    const letGo = this.#letGo;
    this.#letGo = undefined;
    this.#base.disown();
    this.#lost();
    letGo?.();
    this.#queue();
  }

  /**
   * Asks the writer to yield; where it does not answer, it is not waited for. Refused as
   * `cannot_yield` where it has something that it cannot keep, unless `force` is set.
   */
  async takeOver(force) {
    // It became the writer before the form could hear of it.
    if (this.is) return this.#gained();
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      await this.#take(force);
    } finally {
      this.#isAsking = false;
    }
  }

  async #take(force) {
    const answer = new Promise((done) => {
      this.#waits = () => done("cannot");
      const gained = this.#gained;
      this.#gained = () => {
        this.#gained = gained;
        done("gained");
        gained();
      };
      setTimeout(done, YIELDING);
    });
    if (!force) this.#channel?.postMessage("yield");
    const said = force ? undefined : await answer;
    this.#waits = undefined;
    if (said === "cannot") throw new Refusal("cannot_yield");
    if (this.is) return;
    if (!navigator.locks) {
      await this.#leased();
      return this.#gained();
    }
    await new Promise((told) => {
      navigator.locks.request(NAME, { steal: true }, () =>
        this.#hold(() => told(this.#begun()))).catch(() => this.#robbed());
    });
  }

  // Without locks: whoever writes shows a sign of life that changes, and who sees none is
  // not kept waiting by a page that has died. No clock is compared with another.
  async #lease() {
    const beat = await this.#beat();
    if (beat === undefined) await this.#leased();
    else this.#watch(beat);
  }

  async #beat() {
    const found = await this.#base.read(["meta"], (shelf) => get(shelf("meta"), "beat"));
    return found.value;
  }

  #watch(last) {
    setTimeout(async () => {
      if (this.is) return;
      const beat = await this.#beat().catch(() => NaN);
      if (last !== beat && beat !== undefined) return this.#watch(beat);
      await this.#leased().then(() => this.#gained(), () => this.#watch());
    }, BEAT * 3);
  }

  async #leased() {
    await this.#base.claim(this.#sign);
    const show = () => this.#base.write(["meta"], (shelf) => {
      shelf("meta").put(Math.random(), "beat");
    }).catch(({ name }) => {
      if (name === "taken") this.#robbed();
    });
    await show();
    const timer = setInterval(show, BEAT);
    const leave = () => this.#base.writeNow(["meta"], (shelf) => shelf("meta").delete("beat"));
    addEventListener("pagehide", leave);
    this.#letGo = () => {
      clearInterval(timer);
      removeEventListener("pagehide", leave);
    };
  }
}
