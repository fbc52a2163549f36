// Fetches the rest of the form. It shares memory and functions with the first part.
let first;

/** The first part, once it is there. */
export function follows(wasm) {
  first = wasm;
}

let rest;

async function code() {
  const answer = await fetch(new URL("./{{lazy:rest.wasm}}", import.meta.url));
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.arrayBuffer();
}

function look() {
  return new Promise((done, fail) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("./{{lazy:rest.css}}", import.meta.url);
    link.onload = done;
    link.onerror = () => {
      link.remove();
      fail(new Error(link.href));
    };
    document.head.append(link);
  });
}

async function load() {
  const [bytes] = await Promise.all([code(), look()]);
  await WebAssembly.instantiate(bytes, { __wasm_split: first });
}

/** Called by the form: `done(data, whether it is there)`, by its number. */
export async function __wasm_split_load_rest(done, data) {
  rest ??= load();
  const isThere = await rest.then(() => true, () => false);
  if (!isThere) rest = undefined;
  first.__indirect_function_table.get(done)(data, isThere);
}
