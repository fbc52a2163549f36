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
    writeFileSync(path, await (await fetch(named("js"))).text());
    const glue = await import(pathToFileURL(path).href);
    pretend();
    const bytes = await (await fetch(named("wasm"))).arrayBuffer();
    glue.initSync({ module: bytes });
    const waits = () => new Promise(() => {});
    // Nothing is kept: whatever is asked of it is never answered.
    const keep = new Proxy({}, {
      get: (_, name) => (name === "initials" ? () => "" : waits),
    });
    glue.start(waits, waits, waits, () => {}, keep);
    return glue;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
