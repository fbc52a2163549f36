// Fetches the rest of the form. It shares memory and functions with the first part.

/** The code, once for all forms of a page. */
let code;

async function compiled() {
  const answer = await fetch(new URL("./{{lazy:rest.wasm}}", import.meta.url));
  if (!answer.ok) throw new Error(answer.statusText);
  return WebAssembly.compile(await answer.arrayBuffer());
}

function look(place) {
  return new Promise((done, fail) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("./{{lazy:rest.css}}", import.meta.url);
    link.onload = done;
    link.onerror = () => {
      link.remove();
      fail(new Error(link.href));
    };
    place.append(link);
  });
}

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
    code ??= compiled();
    code.catch(() => {
      code = undefined;
    });
    const [module] = await Promise.all([code, look(this.#place)]);
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
const rest = new Rest(document.head);

export function follows(wasm) {
  rest.first = wasm;
}

export const __wasm_split_load_rest = (done, data) => rest.bring(done, data);
