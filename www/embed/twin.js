// Programs in WebAssembly where that is missing or forbidden: each has a twin in plain
// JavaScript, which does the same slower. It is fetched only there.

/** The smallest program there is. */
const NOTHING = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

let isKnown;

/**
 * Whether WebAssembly may run here. Asked once a page: where a policy forbids it, that is
 * written down as a violation, and there is no other way to ask.
 */
export function isAllowed() {
  try {
    isKnown ??= Boolean(new WebAssembly.Module(NOTHING));
  } catch {
    isKnown = false;
  }
  return isKnown;
}

/** A twin is no module, and no bundler need read it. */
let load = (at) => import(/* @vite-ignore */ /* webpackIgnore: true */ at.href);

/** Twins are loaded otherwise by who has no `import()`. */
export function loadBy(how) {
  load = how;
}

/** What makes a program of what it imports, from where it lies; `name` says which it is. */
export async function twin(name, at) {
  await load(at);
  return globalThis.ruhuTwins[name];
}
