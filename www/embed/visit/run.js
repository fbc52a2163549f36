// One form that runs in an element, from the first byte of its code to its end.
import { isAllowed, make, twinned } from "./{{form.js}}";
import { bytes, look, restOf, style } from "./{{rest.js}}";
import { nameParts } from "./{{visit/screens.js}}";
import { wholeOf } from "./{{visit/whole.js}}";

/** How the form looks inside an element. */
const own = () => new URL("./{{element.css}}", import.meta.url);

/** How it looks, all of it, by place. */
export const looks = [own, look].map((at) => (place) => style(place, at()));

/** How it looks before the rest of it is there. */
export const dressed = (place) => looks[0](place);

/** The form's code, or what makes its twin, once for all elements of a page. */
let code;

function compiled() {
  code ??= isAllowed()
    ? bytes(new URL("./{{ruhu_web_bg.wasm}}", import.meta.url)).then(WebAssembly.compile)
    : twinned();
  code.catch(() => {
    code = undefined;
  });
  return code;
}

const later = (what) => async (...given) => {
  const texts = await import("./{{lazy:texts.js}}");
  return texts[what](...given);
};

export class Run {
  place = document.createElement("div");
  form;
  kept;
  /** All of the form is there. */
  isThere = false;
  #isDrawn = false;
  #isOver = false;
  #there;

  /** `there` is called when all of the form is there, `crash` with why it stopped. */
  constructor(there, crash) {
    this.place.className = "ruhu-place";
    this.#there = there;
    this.crash = (why) => this.#isOver || crash(why);
  }

  /** In the place of what `told` shows; `keeping` gives what the form keeps with. */
  async begin(told, keeping, work) {
    const frame = document.createElement("div");
    frame.append(this.place);
    const head = document.createElement("div");
    told.before(head);
    const [module] = await Promise.all([compiled(), dressed(head)]);
    if (this.#isOver) return;
    // Styles that are moved are fetched again.
    told.replaceWith(frame);
    const rest = isAllowed() ? restOf(head) : wholeOf(() => style(head, look()));
    this.form = (isAllowed() ? make : module)({
      // Who is gone hears nothing any more.
      __wasm_split_load_rest: (...given) => this.#isOver || rest.bring(...given)
        .then(() => setTimeout(() => this.#look()), this.crash),
    }, this.crash);
    rest.first = await this.form.open(module);
    if (this.#isOver) return;
    this.kept = keeping();
    this.kept.opens = () => this.#look();
    frame.className = `ruhu-frame ${this.kept.storage}`;
    addEventListener("pagehide", this.leave);
    addEventListener("visibilitychange", this.leave, true);
    this.form.start(this.place, later("words"), later("standard"), work, () => {
      this.#isDrawn = true;
      this.#look();
    }, this.kept);
  }

  /** What nobody could fetch at first may be there later. */
  #look() {
    if (this.#isOver || this.isThere || !this.#isDrawn || this.kept.isShut) return;
    if (!this.form.report()) return;
    this.isThere = true;
    nameParts(this.place);
    this.#there();
  }

  /** Keeps what is not kept yet; before the form was opened there is nothing. */
  leave = () => {
    if (this.kept) this.form.leave();
  };

  end() {
    this.#isOver = true;
    this.kept?.end();
    removeEventListener("pagehide", this.leave);
    removeEventListener("visibilitychange", this.leave, true);
  }
}
