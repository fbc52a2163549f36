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

/** What is to be sent, under a name of its own for each outbox of an origin. */
export function sealed(name) {
  const base = new Base(`ruhu outbox ${name}`, SHELVES);
  let taking;

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
    return key;
  }

  const key = () => taking ??= take().catch((why) => {
    taking = undefined;
    throw why;
  });

  async function opened(id, bytes) {
    const text = await open(await key(), id, bytes);
    // Told, and not dropped: it stays where it is.
    if (text === undefined) throw new Refusal("spoilt");
    return JSON.parse(text);
  }

  return {
    async all() {
      const { keys, values } = await base.read(["outbox"], (shelf) => all(shelf("outbox")));
      const told = keys.value.map((id, at) => opened(id, values.value[at]).catch(() => ({
        id, state: "spoilt", tries: 0, due: 0,
      })));
      return Promise.all(told);
    },
    async get(id) {
      const { value } = await base.read(["outbox"], (shelf) => get(shelf("outbox"), id));
      return value && opened(id, value);
    },
    async put(id, item) {
      const bytes = await seal(await key(), id, JSON.stringify(item));
      await base.writeAnyhow(["outbox"], (shelf) => shelf("outbox").put(bytes, id));
    },
    remove: (id) => base.writeAnyhow(["outbox"], (shelf) => shelf("outbox").delete(id)),
  };
}
