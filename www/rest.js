// Fetches the rest of the form. It shares memory and functions with the first part.
import { bytes, style, text } from "./{{rest/files.js}}";

export { bytes, style, text };

/** How it looks. */
export const look = () => new URL("./{{lazy:rest.css}}", import.meta.url);

/** The code, once for all forms of a page. */
let code;

/** The rest of one form, whose styles go to `place`. */
export class Rest {
  #place;
  #loading;
  /** The first part, once it is there. */
  first;

  constructor(place) {
    this.#place = place;
  }

  async #load() {
    code ??= bytes(new URL("./{{lazy:rest.wasm}}", import.meta.url)).then(WebAssembly.compile);
    code.catch(() => {
      code = undefined;
    });
    const [module] = await Promise.all([code, style(this.#place, look())]);
    await WebAssembly.instantiate(module, { __wasm_split: this.first });
  }

  /** Called by the form: `done(data, whether it is there)`, by its number. */
  async bring(done, data) {
    this.#loading ??= this.#load();
    const isThere = await this.#loading.then(() => true, () => false);
    if (!isThere) this.#loading = undefined;
    this.first.__indirect_function_table.get(done)(data, isThere);
  }
}

/** That of the page that is a form and nothing else. */
const rest = new Rest(globalThis.document?.head);

export function follows(wasm) {
  rest.first = wasm;
}

export const __wasm_split_load_rest = (done, data) => rest.bring(done, data);
