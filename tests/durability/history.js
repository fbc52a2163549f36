// What the form held at every moment, and what the screen had called saved: told by the
// watcher in the page, event by event, and kept here, where no fault of the browser reaches.

// A row's own number may be given to another row when it is gone; its name here is not.
const nameOf = (list, row) => `${list}/${row}`;

export class History {
  constructor() {
    this.base = { values: new Map(), rows: new Map() };
    this.changes = [];
    this.claims = [];
    this.claimed = 0;
    this.hopeless = 0;
    this.waits = [];
    this.lags = [];
    this.stales = [];
    this.controls = [];
    this.counter = 0;
    this.names = new Map();
    this.now = { values: new Map(), rows: new Map() };
    this.mark = undefined;
    this.doc = undefined;
    this.intents = [];
  }

  // From here on the form holds this, and speaks from this document.
  begin(doc, found) {
    this.names = new Map();
    const values = new Map(Object.entries(found.values));
    const rows = new Map(Object.entries(found.rows));
    this.base = { values: new Map(values), rows: new Map(rows) };
    this.now = { values, rows };
    this.changes = [];
    this.claims = [];
    this.claimed = 0;
    this.intents = [];
    this.mark = found.mark;
    this.stale = undefined;
    this.hopeless = 0;
    this.doc = doc;
  }

  // Nothing that is told from now on is of the form before the fault.
  end() {
    this.doc = undefined;
  }

  hear([kind, doc, at, ...rest]) {
    if (doc !== this.doc) return;
    if (kind === "value") this.#value(at, ...rest);
    else if (kind === "rows") this.#rows(at, ...rest);
    else if (kind === "mark") this.#mark(at, ...rest);
    else if (kind === "beat") this.lags.push([at, rest[0]]);
    else if (kind === "control") this.controls.push({ began: rest[0], at });
  }

  #key(key) {
    const [, row] = /^(.*?\/\d+)\//.exec(key) ?? [];
    const name = row && this.names.get(row);
    return name ? key.replace(row, name) : key;
  }

  #value(at, key, value) {
    const known = this.#key(key);
    if (!this.now.values.has(known)) {
      // Seen for the first time: it stood there all along.
      this.base.values.set(known, value);
      this.now.values.set(known, value);
      return;
    }
    if (this.now.values.get(known) === value) return;
    this.now.values.set(known, value);
    this.#change({ at, key: known, value });
    this.intents = this.intents.filter((one) => one.key !== key);
  }

  #rows(at, list, numbers) {
    const before = this.now.rows.get(list);
    const rows = numbers.map((row) => {
      const plain = nameOf(list, row);
      const name = this.names.get(plain) ?? plain;
      if (before && !before.includes(name)) {
        this.counter += 1;
        this.names.set(plain, `${plain}#${this.counter}`);
      }
      return this.names.get(plain) ?? plain;
    });
    this.now.rows.set(list, rows);
    if (!before) {
      this.base.rows.set(list, rows);
    } else if (`${before}` !== `${rows}`) {
      this.#change({ at, list, rows });
      this.intents = this.intents.filter((one) => one.list !== list);
    }
  }

  #change(change) {
    this.changes.push(change);
    if (this.mark === "saved") this.stale ??= change.at;
  }

  #mark(at, mark) {
    this.mark = mark;
    if (this.stale) this.stales.push(at - this.stale);
    this.stale = undefined;
    // How long it takes where nothing can be saved is not the form's to say.
    if (mark === "unsaved") this.hopeless = this.changes.length;
    if (mark !== "saved") return;
    for (const { at: typed } of this.changes.slice(Math.max(this.claimed, this.hopeless))) {
      this.waits.push(at - typed);
    }
    this.claimed = this.changes.length;
    this.claims.push({ at, covers: this.claimed });
  }

  value(key) {
    return this.now.values.get(this.#key(key)) ?? "";
  }

  // The driver is about to do this; the page may be gone before it tells of it.
  intend(intent) {
    this.intents = [intent];
  }

  // How long, at this moment, the oldest change has stood that nobody called saved.
  unsaved(at) {
    const oldest = this.changes[this.claimed];
    return oldest ? Math.max(0, at - oldest.at) : 0;
  }

  // Whether the machine could have saved a change: a bare text that was put away beside
  // it, as late as the form may, was there long before this moment.
  couldBeSaved(change, at, within) {
    const beside = this.controls.find(({ began }) => began >= change.at);
    if (!beside) return false;
    // What the page itself was kept from its turn meanwhile is no fault of the form's.
    const beats = this.lags.filter(([when]) => when >= change.at);
    const lost = beats.reduce((sum, [, lag]) => sum + lag, 0);
    const last = beats.at(-1)?.[0] ?? change.at;
    return Math.min(at, last) - beside.at > within + lost;
  }

  // Whether what is found is the form as it stood at one moment, no earlier than the last
  // that was called saved; otherwise what differs from that one and from the nearest.
  compare(found, how) {
    const actual = flat({
      values: new Map(Object.entries(found.values)), rows: new Map(Object.entries(found.rows)),
    });
    const state = { values: new Map(this.base.values), rows: new Map(this.base.rows) };
    const apply = (change) => {
      if (change.list) state.rows.set(change.list, change.rows);
      else state.values.set(change.key, change.value);
    };
    const differs = (now) => difference(flat(state), now, found.held, how === "glance");
    this.changes.slice(0, this.claimed).forEach(apply);
    const claimed = differs(actual);
    let nearest = claimed;
    // How many of the changes are there.
    let reached = this.claimed;
    for (const [index, change] of this.changes.entries()) {
      if (index < this.claimed) continue;
      apply(change);
      const now = differs(actual);
      if (now.length < nearest.length) nearest = now;
      if (now.length === 0) reached = index + 1;
    }
    for (const { key, value, list, rows } of this.intents) {
      if (key) apply({ key: this.#key(key), value });
      if (rows) apply({ list, rows });
      // What a new row holds at once, nobody has typed.
      const isNew = list && !rows;
      const now = differs(isNew ? withoutLast(actual, list) : actual);
      if (now.length < nearest.length) nearest = now;
      if (now.length === 0) reached = this.changes.length;
    }
    return { isThere: nearest.length === 0, claimed, nearest, reached };
  }
}

// Rows by their place, as a person counts them; blank is as good as not there, and a list
// without a row as good as one that nobody has looked at yet.
function flat({ values, rows }) {
  const places = new Map();
  const all = new Map();
  const asked = new Set();
  for (const [list, names] of rows) {
    names.forEach((name, at) => places.set(name, `${list}[${at}]`));
    if (names.length > 0) all.set(`${list}[]`, `${names.length}`);
  }
  for (const [key, value] of values) {
    const [, row, fact] = /^(.*?\/\d+(?:#\d+)?)\/(.*)$/.exec(key) ?? [];
    const place = row && places.get(row);
    if (row && !place) continue;
    const name = row ? `${place}.${fact}` : key;
    asked.add(name);
    if (value !== "") all.set(name, value);
  }
  return { all, asked };
}

function withoutLast({ all, asked }, list) {
  const last = Number(all.get(`${list}[]`) ?? 0) - 1;
  const left = [...all].filter(([key]) => !key.startsWith(`${list}[${last}]`));
  const made = new Map(left);
  made.delete(`${list}[]`);
  if (last > 0) made.set(`${list}[]`, `${last}`);
  return { asked, all: made };
}

function difference(wanted, actual, held, isGlance) {
  const keys = new Set([...wanted.all.keys(), ...actual.all.keys()]);
  const differs = [...keys].filter((key) => wanted.all.get(key) !== actual.all.get(key));
  // A question that is not asked any more, or is elsewhere, is not on the screen; its
  // answer must be held all the same.
  const isHeld = (key) => !actual.asked.has(key) && held.includes(key.replace(/^.*\./, ""));
  const isElsewhere = (key) => isGlance && !actual.all.has(key) && !actual.asked.has(key);
  return differs.filter((key) => !isHeld(key) && !isElsewhere(key)).map((key) => {
    return { key, wanted: wanted.all.get(key), found: actual.all.get(key) };
  });
}
