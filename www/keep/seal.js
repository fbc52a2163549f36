// What lies on this device is sealed: AES-GCM by the browser, under a key of this device.
// Each text is bound to its place, so that one cannot be put where another was.

export const CIPHER = "AES-GCM";
const NONCE = 12;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

function how(place, nonce) {
  return { name: CIPHER, iv: nonce, additionalData: encoder.encode(place) };
}

export const random = (length) => {
  const bytes = new Uint8Array(length);
  // The browser gives at most 64 KiB at a time.
  for (let at = 0; at < length; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  }
  return bytes;
};

export async function sealBytes(key, place, bytes) {
  const nonce = random(NONCE);
  const sealed = await crypto.subtle.encrypt(how(place, nonce), key, bytes);
  const made = new Uint8Array(NONCE + sealed.byteLength);
  made.set(nonce);
  made.set(new Uint8Array(sealed), NONCE);
  return made;
}

/** The bytes; nothing where they are spoilt, another's, or of another key. */
export async function openBytes(key, place, sealed) {
  try {
    const opened = await crypto.subtle.decrypt(
      how(place, sealed.subarray(0, NONCE)), key, sealed.subarray(NONCE));
    return new Uint8Array(opened);
  } catch {
    return undefined;
  }
}

export const seal = (key, place, text) => sealBytes(key, place, encoder.encode(text));

export async function open(key, place, sealed) {
  const bytes = await openBytes(key, place, sealed);
  return bytes && decoder.decode(bytes);
}

// A page that is being left has no turn left for the cipher, whose answer comes later. A
// pad of random bytes, sealed beforehand, seals a text at once, and each byte of it once.
export class Pad {
  #bytes;
  #used = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  /** Whether a text of that many letters would still fit. */
  fits(letters) {
    return this.#used + letters * 3 <= this.#bytes.length;
  }

  /** The text under the next bytes of the pad, and where they began. */
  cover(text) {
    const at = this.#used;
    const bytes = encoder.encode(text);
    if (at + bytes.length > this.#bytes.length) return undefined;
    this.#used = at + bytes.length;
    return { at, bytes: mixed(bytes, this.#bytes, at) };
  }
}

/** What a pad covered. */
export function uncover(pad, { at, bytes }) {
  return decoder.decode(mixed(bytes, pad, at));
}

function mixed(bytes, pad, from) {
  return bytes.map((byte, at) => byte ^ pad[from + at]);
}
