// Keeps what is to be sent on this device, sealed under a key that the browser never hands
// out.
import { Base, Refusal, all, get } from "./{{sealed/base.js}}";
import { makeKey, takeKey } from "./{{sealed/lock.js}}";
import { open, seal } from "./{{sealed/seal.js}}";

const SHELVES = [
  (base) => {
    for (const shelf of ["meta", "outbox"]) base.createObjectStore(shelf);
  },
];

const OWN = "give the outbox a store of your own";

/** Why nothing can be kept, or read, for who looks after the page. */
const REASONS = {
  full: "there is no room on this device",
  insecure: `without HTTPS a browser seals nothing: ${OWN}`,
  key_gone: "the key of this device is gone, and what was kept under it is lost",
  none: `there is no IndexedDB here: ${OWN}`,
  old_form: "a newer version of this has kept something here: load the page again",
  old_page: "a page with an older version of this stands in the way: close it",
};

/** The same work; what it refuses, it refuses by a sentence. */
const telling = (work) => async (...given) => {
  try {
    return await work(...given);
  } catch (why) {
    throw new Error(REASONS[why.name] ?? "this device could not keep it, or read it", { cause: why });
  }
};

/** What is to be sent, under a name of its own for each outbox of an origin. */
export function sealed(name) {
  const base = new Base(`ruhu outbox ${name}`, SHELVES);
  let taking;
  /** How the key is kept. */
  let wrapped;

  async function take() {
    if (!globalThis.crypto?.subtle) throw new Refusal("insecure");
    const kept = await base.read(["meta"], (shelf) => get(shelf("meta"), "key"));
    if (!kept.value) {
      const made = await makeKey();
      await base.writeAnyhow(["meta"], (shelf) => {
        const there = shelf("meta").getKey("key");
        there.onsuccess = () => {
          // Another page may have made one meanwhile, and have something under it.
          if (there.result === undefined) shelf("meta").put(made, "key");
        };
      });
      return take();
    }
    const key = await takeKey(kept.value);
    if (!key) throw new Refusal("key_gone");
    wrapped = kept.value;
    return key;
  }

  const key = () => taking ??= take().catch((why) => {
    taking = undefined;
    throw why;
  });

  async function opened(id, bytes) {
    const by = await key();
    // What is no longer bytes at all does not open either.
    const text = bytes instanceof Uint8Array ? await open(by, id, bytes) : undefined;
    // Told, and not dropped: it stays until something takes its place.
    return text === undefined ? { id, state: "spoilt", tries: 0, due: 0 } : JSON.parse(text);
  }

  const works = {
    async all() {
      const { keys, values } = await base.read(["outbox"], (shelf) => all(shelf("outbox")));
      return Promise.all(keys.value.map((id, at) => opened(id, values.value[at])));
    },
    async get(id) {
      const { value } = await base.read(["outbox"], (shelf) => get(shelf("outbox"), id));
      return value === undefined ? undefined : opened(id, value);
    },
    async put(id, item) {
      const bytes = await seal(await key(), id, JSON.stringify(item));
      await base.writeAnyhow(["meta", "outbox"], (shelf) => {
        shelf("outbox").put(bytes, id);
        const there = shelf("meta").getKey("key");
        there.onsuccess = () => {
          // Who has thrown the base away has thrown away its key.
          if (there.result === undefined) shelf("meta").put(wrapped, "key");
        };
      });
    },
    remove: (id) => base.writeAnyhow(["outbox"], (shelf) => shelf("outbox").delete(id)),
  };
  return Object.fromEntries(Object.entries(works).map(([name, work]) => [name, telling(work)]));
}
