// Fetches the second part of the form. It shares memory and functions with the first.
let first;

/** The first part, once it is there. */
export function follows(wasm) {
  first = wasm;
}

let second;

async function load() {
  const answer = await fetch(new URL("./{{lazy:rest.wasm}}", import.meta.url));
  if (!answer.ok) throw new Error(answer.statusText);
  await WebAssembly.instantiate(await answer.arrayBuffer(), { __wasm_split: first });
}

/** Called by the form: `done(data, whether it is there)`, by its number. */
export async function __wasm_split_load_rest(done, data) {
  second ??= load();
  const isThere = await second.then(() => true, () => false);
  if (!isThere) second = undefined;
  first.__indirect_function_table.get(done)(data, isThere);
}
