// Fetches the rest of the form. It shares memory and functions with the first part.
import { bytes, style } from "./{{rest/files.js}}";

export { bytes, style };

/** How it looks. */
export const look = () => new URL("./{{lazy:rest.css}}", import.meta.url);

/** The code, once for all forms of a page. */
let code;

const compiled = () => code ??= bytes(new URL("./{{lazy:rest.wasm}}", import.meta.url))
  .then(WebAssembly.compile).catch((why) => {
    code = undefined;
    throw why;
  });

/** The rest of one form, whose styles go to `place`; `first` is its first part. */
export function restOf(place) {
  let loading;
  const rest = {
    /** Called by the form: `done(data, whether it is there)`, by its number. */
    async bring(done, data) {
      loading ??= Promise.all([compiled(), style(place, look())])
        .then(([module]) => WebAssembly.instantiate(module, { __wasm_split: rest.first }));
      const isThere = await loading.then(() => true, () => false);
      if (!isThere) loading = undefined;
      rest.first.__indirect_function_table.get(done)(data, isThere);
    },
  };
  return rest;
}

/** That of the page that is a form and nothing else. */
const rest = restOf(globalThis.document?.head);

export function follows(wasm) {
  rest.first = wasm;
}

export const __wasm_split_load_rest = rest.bring;
