// The form as served, in Node: its WebAssembly and the glue, with a window that shows nothing.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

class Anything {
  static [Symbol.hasInstance]() {
    return true;
  }
}

/** Enough of a window for the form to start; its base never opens, so nothing is drawn. */
function pretend() {
  const silent = { addEventListener() {}, removeEventListener() {} };
  const root = { ...silent, setAttribute() {}, getAttribute: () => null };
  Object.assign(globalThis, silent, {
    setInterval: () => 0,
    Window: Anything,
    document: { ...silent, getElementById: () => root },
  });
}

/** What the glue exports, once the form has started. */
export async function startForm(url) {
  const page = await (await fetch(url)).text();
  const named = (kind) => {
    const name = page.match(new RegExp(`href="([^"]*\\.${kind})"`))?.[1];
    if (!name) throw new Error(`${url} names no .${kind}`);
    return new URL(name, url);
  };
  const folder = mkdtempSync(join(tmpdir(), "ruhu-bench-"));
  try {
    const path = join(folder, "glue.mjs");
    const text = await (await fetch(named("js"))).text();
    writeFileSync(path, text);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const { there } = await rest(url, folder, text);
    const glue = await import(pathToFileURL(path).href);
    pretend();
    const bytes = await (await fetch(named("wasm"))).arrayBuffer();
    globalThis.ruhuFirst = glue.initSync({ module: bytes });
    const waits = () => new Promise(() => {});
    let form;
    // Nothing is kept: whatever is asked of it is never answered.
    const keep = new Proxy({}, {
      get: (_, name) => {
        if (name === "initials") return () => "";
        if (name === "idle") return () => 0;
        if (name !== "opened") return waits;
        return (given) => {
          form = given;
          return waits();
        };
      },
    });
    glue.start(waits, waits, waits, () => {}, keep);
    // What another page might have kept is read by the rest of the form, which so comes.
    await new Promise((done) => setTimeout(done));
    form.changed();
    await there;
    return glue;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Lets the glue find the rest of the form; a promise of when it is there. */
async function rest(url, folder, glue) {
  const loader = glue.match(/rest\.[0-9a-f]{10}\.js/)[0];
  const name = (await (await fetch(new URL(loader, url))).text()).match(/rest\.[0-9a-f]{10}\.wasm/)[0];
  const bytes = await (await fetch(new URL(name, url))).arrayBuffer();
  let isThere;
  const there = new Promise((done) => {
    isThere = done;
  });
  globalThis.ruhuRest = async (done, data) => {
    const first = globalThis.ruhuFirst;
    await WebAssembly.instantiate(bytes, { __wasm_split: first });
    first.__indirect_function_table.get(done)(data, true);
    setTimeout(isThere);
  };
  writeFileSync(
    join(folder, loader),
    "export const __wasm_split_load_rest = (...given) => globalThis.ruhuRest(...given);",
  );
  return { there };
}
