// The browser's own base: opened when it is wanted, and opened anew, once, where the phone
// has closed it meanwhile. Only here is anything read from it or written into it.

export const NAME = "ruhu";

/** How long another page may stand in the way of opening, in milliseconds. */
const PATIENCE = 3_000;

/** How long a new log may take: a slow phone's first one takes seconds. */
const SLOW = 20_000;

/** What each version of the base brought; a phone may come from any of them. */
const VERSIONS = [
  (base) => base.createObjectStore("drafts"),
  (base) => {
    for (const shelf of ["meta", "visits", "heads", "journal", "notes"]) {
      base.createObjectStore(shelf);
    }
  },
];

/** Why something was not kept or not found: `full`, `taken`, `old_page`, `none`, `failed`. */
export class Refusal extends Error {
  constructor(name, cause) {
    super(name, { cause });
    this.name = name;
  }
}

/** The reason of an error, in one of our words. */
function reason(error) {
  if (error instanceof Refusal) return error;
  const isFull = error?.name === "QuotaExceededError";
  return new Refusal(isFull ? "full" : "failed", error);
}

/** A request that fills `value` once it is answered. */
export function get(shelf, key) {
  return filled(shelf.get(key));
}

/** The greatest key in a range. */
export function lastKey(shelf, range) {
  const found = {};
  const request = shelf.openKeyCursor(range, "prev");
  request.onsuccess = () => {
    found.value = request.result?.key;
  };
  return found;
}

export function all(shelf, range, count) {
  return {
    keys: filled(shelf.getAllKeys(range, count)), values: filled(shelf.getAll(range, count)),
  };
}

function filled(request) {
  const found = {};
  request.onsuccess = () => {
    found.value = request.result;
  };
  return found;
}

/**
 * Makes the browser begin a new log. Chromium goes on writing behind what a dying battery
 * tore off, and when it comes to read that the next time it throws all of the base away;
 * behind a base that was made and taken away it begins anew. Until then nothing is written:
 * rather not saved, and said so, than all that was saved before gone.
 */
function beginLog() {
  return new Promise((done, fail) => {
    setTimeout(() => fail(new Refusal("failed")), SLOW);
    const request = indexedDB.open(`${NAME} log`);
    request.onerror = done;
    request.onsuccess = () => {
      request.result.close();
      const gone = indexedDB.deleteDatabase(`${NAME} log`);
      gone.onsuccess = done;
      gone.onerror = done;
    };
  });
}

export class Base {
  #name;
  #versions;
  #base;
  #opening;
  /** An older page stands in the way; what was asked of the browser then is still asked. */
  #isBlocked = false;
  /** A new log was begun, before the first write. */
  #hasLog = false;
  /** The sign of this page, once it may write. */
  #sign;
  /** The sign could not be written yet: the first write that succeeds brings it. */
  #isUnsigned = false;

  constructor(name = NAME, versions = VERSIONS) {
    this.#name = name;
    this.#versions = versions;
  }

  open() {
    this.#opening ??= this.#ask().then((base) => {
      this.#base = base;
      const forget = () => this.#forget(base);
      base.onclose = forget;
      // A newer version of the form wants to change the base: make room for it.
      base.onversionchange = () => {
        base.close();
        forget();
      };
      return base;
    }, (error) => {
      this.#opening = undefined;
      throw reason(error);
    });
    return this.#opening;
  }

  #ask() {
    return new Promise((done, fail) => {
      if (!globalThis.indexedDB) throw new Refusal("none");
      // Behind one that waits for an older page, another would wait without a word.
      if (this.#isBlocked) throw new Refusal("old_page");
      const request = indexedDB.open(this.#name, this.#versions.length);
      request.onupgradeneeded = ({ oldVersion }) => {
        for (const step of this.#versions.slice(oldVersion)) step(request.result);
      };
      let late;
      request.onblocked = () => {
        late = setTimeout(() => {
          this.#isBlocked = true;
          fail(new Refusal("old_page"));
        }, PATIENCE);
      };
      request.onsuccess = () => {
        clearTimeout(late);
        // Nobody waits for it any more, and it would stand in the way of the next version.
        if (this.#isBlocked) request.result.close();
        this.#isBlocked = false;
        done(request.result);
      };
      request.onerror = () => {
        this.#isBlocked = false;
        const isNewer = request.error.name === "VersionError";
        fail(isNewer ? new Refusal("old_form", request.error) : request.error);
      };
    });
  }

  #forget(base) {
    if (this.#base !== base) return;
    this.#base = undefined;
    this.#opening = undefined;
    this.#hasLog = false;
  }

  /** Reads in one transaction; what `work` gives back, when all of it is there. */
  read(shelves, work) {
    return this.#twice((base) => run(base, shelves, "readonly", work));
  }

  /** Writes in one transaction, if this page still is the one that may. */
  write(shelves, work) {
    return this.#twice(async (base) => {
      await this.#newLog();
      return this.#fenced(base, shelves, work);
    });
  }

  /** Of several first writes each may begin one: the last of them counts. */
  async #newLog() {
    if (!this.#hasLog) await beginLog();
    this.#hasLog = true;
  }

  /** Writes in one transaction, whichever page may. */
  writeAnyhow(shelves, work) {
    return this.#twice(async (base) => {
      await this.#newLog();
      return run(base, shelves, "readwrite", work);
    });
  }

  /**
   * Writes without waiting for anything, if the base is open: a page that is left gets no
   * later turn, neither to ask who may write nor to hear how it went.
   */
  writeNow(shelves, work) {
    if (!this.#base || !this.#sign || !this.#hasLog) return;
    run(this.#base, shelves, "readwrite", (shelf, change) => {
      work(shelf);
      change.commit?.();
    }).catch(() => {});
  }

  /** Becomes the page that may write; a full disk does not stand in the way of that. */
  async claim(sign) {
    this.#sign = sign;
    this.#isUnsigned = true;
    try {
      await this.write([], () => {});
    } catch (error) {
      if (error.name !== "full") throw error;
    }
  }

  /** Another page may write from now on. */
  disown() {
    this.#sign = undefined;
    this.#isUnsigned = false;
  }

  async #fenced(base, shelves, work) {
    await run(base, [...new Set([...shelves, "meta"])], "readwrite", (shelf, change) => {
      const stop = (error) => {
        change.refusal = error;
        change.abort();
      };
      // All of it is on its way before the answer is there: whoever may not write takes
      // everything back.
      if (this.#isUnsigned) {
        shelf("meta").put(this.#sign, "writer");
      } else {
        const writer = shelf("meta").get("writer");
        writer.onsuccess = () => {
          if (!this.#sign || writer.result !== this.#sign) stop(new Refusal("taken"));
        };
      }
      try {
        work(shelf);
      } catch (error) {
        stop(error);
      }
    });
    this.#isUnsigned = false;
  }

  async #twice(work) {
    try {
      return await work(this.#base ?? await this.open());
    } catch (error) {
      const isOurs = error instanceof Refusal || error?.name === "QuotaExceededError";
      if (isOurs) throw reason(error);
      // The connection is gone, whatever the engine calls that: a new one, once.
      if (this.#base) {
        this.#base.close();
        this.#forget(this.#base);
      }
      try {
        return await work(await this.open());
      } catch (again) {
        throw reason(again);
      }
    }
  }
}

async function run(base, shelves, mode, work) {
  // Called saved only when the disk has it, not when the system has promised to write it.
  const change = base.transaction(shelves, mode, { durability: "strict" });
  return new Promise((done, fail) => {
    let made;
    change.oncomplete = () => done(made);
    change.onabort = () => fail(change.refusal ?? change.error ?? new Error("aborted"));
    made = work((name) => change.objectStore(name), change);
  });
}
