// Work that is done beside the screen, as the form asks for it: by the safe, which seals and
// opens files and stretches PINs; by the codes, which make QR codes of a file and back; and
// here, by what only a page can do. Each module works in a worker, which starts when it is
// first wanted and ends when it has had nothing to do for a while; whoever asks gets
// `{ done }` or `{ refusal }`, never an exception.
import { hand, paper, save } from "./{{hand.js}}";

const IDLE = 60_000;
const script = new URL("./{{worker.js}}", import.meta.url).href;

let policy;

class Shop {
  #module;
  #worker;
  #idle;
  #last = 0;
  #asked = new Map();

  constructor(module) {
    this.#module = module;
  }

  #begin() {
    // Under a strict policy, somebody has to stand up for the script.
    policy ??= globalThis.trustedTypes?.createPolicy("ruhu-work", {
      createScriptURL: () => script,
    });
    const trusted = policy ? policy.createScriptURL("") : script;
    return new Worker(trusted, { type: "module", name: this.#module });
  }

  #end(refusal) {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const answer of this.#asked.values()) answer({ refusal });
    this.#asked.clear();
  }

  call(what, given) {
    clearTimeout(this.#idle);
    try {
      this.#worker ??= this.#begin();
    } catch {
      return { refusal: "unavailable" };
    }
    this.#worker.onmessage = ({ data: { number, ended, ...told } }) => {
      this.#asked.get(number)?.(told);
      this.#asked.delete(number);
      // Out of memory, or worse: what is left of it is not to be trusted.
      if (ended) this.#end("unavailable");
      else if (this.#asked.size === 0) this.#idle = setTimeout(() => this.#end(), IDLE);
    };
    // It could not be fetched, or this browser is too old for it.
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#end("unavailable");
    };
    return new Promise((answer) => {
      this.#asked.set(this.#last += 1, answer);
      this.#worker.postMessage({ number: this.#last, what, given });
    });
  }
}

const shops = new Map();
const camera = (what) => async (...given) => {
  const module = await import("./{{lazy:camera.js}}");
  return module[what](...given);
};
const here = {
  print: paper, save, hand, photo: camera("photo"), film: camera("film"), frame: camera("frame"),
};

/** What comes of `what`: a function of that module, or of the page for it. */
export async function ask(module, what, ...given) {
  if (!shops.has(module)) shops.set(module, new Shop(module));
  const shop = shops.get(module);
  const call = (what, ...given) => shop.call(what, given);
  return here[what] ? here[what](...given, call) : call(what, ...given);
}
