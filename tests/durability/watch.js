// What runs inside the page: it looks on, and tells the driver at once what stands in the
// boxes and what the mark says, with the page's own clock; it never touches the form.
export function watch(look) {
  if (!location.protocol.startsWith("http") || window.top !== window) return;
  const doc = performance.timeOrigin;
  const now = () => performance.timeOrigin + performance.now();
  const tell = (kind, ...rest) => {
    globalThis.ruhuTells?.(JSON.stringify([kind, doc, now(), ...rest]));
  };
  const seen = new Map();
  let composing;
  let mark = {};

  // What the machine can do at this very time: a bare text put away as late as the form may.
  let isComing = false;
  function beside() {
    if (isComing) return;
    isComing = true;
    setTimeout(async () => {
      isComing = false;
      const began = now();
      if (await globalThis.ruhuControl()) tell("control", began);
    }, 300);
  }

  function note() {
    const { values, rows } = look.scan(composing);
    for (const [list, numbers] of Object.entries(rows)) {
      if (seen.get(`${list}[]`) === `${numbers}`) continue;
      // The number of a row that is gone may be given to another.
      for (const key of [...seen.keys()]) {
        const [, row] = key.startsWith(`${list}/`) ? key.split("/") : [];
        if (row && !numbers.includes(Number(row))) seen.delete(key);
      }
      seen.set(`${list}[]`, `${numbers}`);
      beside();
      tell("rows", list, numbers);
    }
    for (const [key, value] of Object.entries(values)) {
      if (seen.get(key) === value) continue;
      seen.set(key, value);
      beside();
      tell("value", key, value);
    }
  }

  // The mark has just come to say this: what stands on the screen now is what it means.
  function read() {
    const next = look.mark();
    if (next.element === mark.element && next.says === mark.says) return;
    mark = next;
    note();
    if (next.says) tell("mark", next.says);
  }

  new MutationObserver(() => {
    note();
    read();
  }).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ["aria-pressed", "aria-expanded"],
  });
  // Letters that are still being composed are not yet an answer.
  addEventListener("compositionstart", ({ target }) => {
    composing = { element: target, value: target.value };
  }, true);
  addEventListener("compositionend", () => {
    composing = undefined;
    note();
  }, true);
  addEventListener("input", (event) => event.isComposing || note(), true);
  addEventListener("change", note, true);
  addEventListener("focusout", () => setTimeout(note), true);

  addEventListener("error", ({ message }) => tell("thrown", message));
  addEventListener("unhandledrejection", ({ reason }) => tell("thrown", `${reason}`));

  // How late the page itself is, which no form can help.
  const beat = 25;
  let last = performance.now();
  let count = 0;
  setInterval(() => {
    const late = performance.now() - last - beat;
    last = performance.now();
    count += 1;
    if (late > beat || count % 4 === 0) tell("beat", Math.round(Math.max(0, late)));
  }, beat);
}

// The page's connections to its base, in the test's hands.
export function hand() {
  const { open } = IDBFactory.prototype;
  const { put } = IDBObjectStore.prototype;
  const { commit } = IDBTransaction.prototype;
  // A base beside the form's, reached past all that is done to the form's.
  let control;
  const opened = () => new Promise((done) => {
    const asked = open.call(indexedDB, "control", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("c");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => done(undefined);
  });
  globalThis.ruhuControl = async () => {
    control ??= await opened();
    if (!control) return false;
    return new Promise((done) => {
      const write = control.transaction("c", "readwrite");
      write.oncomplete = () => done(true);
      write.onabort = () => done(false);
      put.call(write.objectStore("c"), "甲".repeat(1000), "text");
      commit.call(write);
    });
  };
  globalThis.ruhuBases = [];
  // How every opening went, for whoever finds a loss.
  globalThis.ruhuOpened = [];
  IDBFactory.prototype.open = function opens(...words) {
    const asked = open.apply(this, words);
    const note = (...told) => globalThis.ruhuOpened.push([words[0], ...told]);
    asked.addEventListener("success", () => {
      globalThis.ruhuBases.push(asked.result);
      note("success");
    });
    asked.addEventListener("error", () => note(`${asked.error}`));
    asked.addEventListener("upgradeneeded", (event) => note("new", event.oldVersion, event.dataLoss));
    return asked;
  };
}

// A day long ago, for all that the page asks of its clock from now on.
export function setBack(days) {
  const Real = window.Date;
  const back = days * 86_400_000;
  window.ruhuAsked = 0;
  window.Date = class Date extends Real {
    constructor(...words) {
      window.ruhuAsked += 1;
      if (words.length === 0) super(Real.now() - back);
      else super(...words);
    }

    static now() {
      window.ruhuAsked += 1;
      return Real.now() - back;
    }
  };
}

// A product that loses what it calls saved: every second text it puts away is not put.
export function drop() {
  const { put } = IDBObjectStore.prototype;
  let count = 0;
  IDBObjectStore.prototype.put = function puts(...words) {
    count += 1;
    return count % 2 === 0 ? this.count() : put.apply(this, words);
  };
}

// A product that is late: everything is put away two seconds after it was asked for.
export function late() {
  const { put } = IDBObjectStore.prototype;
  const { commit } = IDBTransaction.prototype;
  const held = new WeakSet();
  IDBTransaction.prototype.commit = function commits() {
    if (!held.has(this)) commit.call(this);
  };
  IDBObjectStore.prototype.put = function puts(...words) {
    held.add(this.transaction);
    const end = performance.now() + 2000;
    const turn = () => {
      if (performance.now() > end) return put.apply(this, words);
      const asked = this.count();
      asked.addEventListener("success", turn);
      return asked;
    };
    return turn();
  };
}
