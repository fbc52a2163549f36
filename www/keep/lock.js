// The key to all that is kept, itself kept under another: one of this device, which the
// browser never hands out, or one that is made from a PIN and is nowhere but in a head.
import { CIPHER, random } from "../{{keep/seal.js}}";

const USES = ["encrypt", "decrypt"];
const WRAPS = ["wrapKey", "unwrapKey"];

/** What a PIN is stretched by (Argon2id): KiB of memory, passes. */
export const STRENGTH = { memory: 19_456, passes: 2 };

const { subtle } = globalThis.crypto ?? {};

const wrapping = (nonce) => ({ name: CIPHER, iv: nonce });

/** Keeps a key under another one. */
async function wrap(key, by) {
  const nonce = random(12);
  return { nonce, wrapped: await subtle.wrapKey("raw", key, by, wrapping(nonce)) };
}

/** The key that is kept under another one; nothing where that is not the one. */
async function unwrap({ nonce, wrapped }, by, mayLeave) {
  try {
    return await subtle.unwrapKey("raw", wrapped, by, wrapping(nonce), CIPHER, mayLeave, USES);
  } catch {
    return undefined;
  }
}

async function underDevice(key) {
  const device = await subtle.generateKey({ name: CIPHER, length: 256 }, false, WRAPS);
  return { device, ...await wrap(key, device) };
}

/** `stretch(salt)` makes 32 bytes out of the PIN. */
async function underPin(key, stretch) {
  const salt = random(16);
  const by = await byPin(salt, stretch);
  return { salt, ...STRENGTH, ...await wrap(key, by) };
}

async function byPin(salt, stretch) {
  return subtle.importKey("raw", await stretch(salt), CIPHER, false, WRAPS);
}

/** A new data key, as it is kept. */
export async function makeKey() {
  return underDevice(await subtle.generateKey({ name: CIPHER, length: 256 }, true, USES));
}

/** Whether a key is kept under a PIN. */
export const isLocked = (kept) => Boolean(kept?.salt);

/**
 * The key out of how it is kept; nothing where it does not open, or is under a PIN and
 * there is none. `mayLeave` where it is to be kept anew.
 */
export async function takeKey(kept, stretch, mayLeave = false) {
  if (!isLocked(kept)) return unwrap(kept, kept.device, mayLeave);
  return stretch && unwrap(kept, await byPin(kept.salt, stretch), mayLeave);
}

/** The same key under a new PIN, or under this device where there is to be none. */
export function keepKey(key, stretch) {
  return stretch ? underPin(key, stretch) : underDevice(key);
}

/** How long somebody waits after so many wrong PINs, in seconds. */
export function wait(tries) {
  return tries < 3 ? 0 : Math.min(5 * 2 ** (tries - 3), 600);
}
