// Judges records without a form: in a page, a worker, a server. One `await ready()`, and
// everything else answers at once.
import init, { Engine } from "./{{ruhu_assess.js}}";

/** Why a record, a standard or a setting was not taken; `code` is the same in any language. */
export class RuhuError extends Error {
  constructor({ refused, text }) {
    super(text);
    this.name = "RuhuError";
    this.code = refused;
  }
}

/** One engine a language, each with what holds in place of what the records say. */
const engines = new Map();
/** The standards that were brought: `[file, text]`. */
const own = [];
/** No settings. */
const KEY = JSON.stringify({ set: {} });
let loading;
let isReady = false;

/** Fetches the core, once; `source` is where it is, or its bytes. */
export function ready(source) {
  loading ??= init(source && { module_or_path: source }).then(() => {
    isReady = true;
  }, (why) => {
    // The next time it may be there.
    loading = undefined;
    throw why;
  });
  return loading;
}

function engine(language) {
  try {
    return new Engine(language);
  } catch (why) {
    throw new RuhuError({ refused: "unknown_language", text: why.message });
  }
}

function engineOf(language = "zh-CN") {
  if (!isReady) throw new RuhuError({ refused: "not_ready", text: "await ready() first" });
  let known = engines.get(language);
  if (!known) {
    known = { engine: engine(language), key: KEY };
    for (const [file, text] of own) known.engine.add(file, text);
    engines.set(language, known);
  }
  return known;
}

/** What came of it; a refusal is thrown. */
function made(text) {
  const told = JSON.parse(text);
  if (told?.refused) throw new RuhuError(told);
  return told;
}

/** The engine with these settings. */
function settled({ language, standard, year, date, set = {} } = {}) {
  const known = engineOf(language);
  const key = JSON.stringify({ standard, year, date, set });
  if (key !== known.key) {
    const choices = Object.values(set).map(String);
    const why = known.engine.set(standard, year, date, Object.keys(set), choices);
    if (why) made(why);
    known.key = key;
  }
  return known.engine;
}

/** A record as text; what cannot be written as JSON is refused like any other text. */
function text(record) {
  if (typeof record === "string") return record;
  try {
    return JSON.stringify(record) ?? "";
  } catch {
    return "";
  }
}

const isMany = (given) => typeof given !== "string" && Boolean(given?.[Symbol.iterator]);

/** One record, or each of many: there a refusal stands in the place of its record. */
function through(what, given, options) {
  const engine = settled(options);
  const isText = options?.as === "text";
  if (!isMany(given)) {
    const told = engine[what](text(given));
    return isText ? told : made(told);
  }
  const read = isText ? (told) => told : JSON.parse;
  return Array.from(given, (one) => read(engine[what](text(one))));
}

/** The report of a record, or of each of many. */
export function assess(records, options) {
  return through("report", records, options);
}

/** A finished record judged again: `{ id, replays, differences }`. */
export function verify(records, options) {
  return through("replay", records, options);
}

/** The states alone, of a record or of each of many; as columns, of many at once. */
export function decide(records, options) {
  return options?.as === "columns" ? columns(records, options)
    : through("decide", records, options);
}

/** What stands for a state in a column. */
export const STATES = Object.freeze(["unknown", "met", "not_met", "refused"]);

function columns(records, options) {
  const engine = settled(options);
  const all = isMany(records) ? Array.from(records) : [records];
  const made = {
    ids: [], verdict: new Uint8Array(all.length), criteria: {}, refused: new Map(),
  };
  all.forEach((record, at) => {
    const told = JSON.parse(engine.decide(text(record)));
    made.ids.push(told.id ?? null);
    made.verdict[at] = STATES.indexOf(told.verdict ?? "refused");
    if (told.refused) made.refused.set(at, told);
    for (const [id, state] of Object.entries(told.criteria ?? {})) {
      // What was not asked of the others is not known of them.
      made.criteria[id] ??= new Uint8Array(all.length);
      made.criteria[id][at] = STATES.indexOf(state);
    }
  });
  return made;
}

/** Whether a place in a column holds something. */
const isGiven = (value) => value !== undefined && value !== null && !Number.isNaN(value);

/** Which household a row of a list is of, by its place. */
function owner(list, row, whose, count) {
  const place = Number(whose);
  if (Number.isInteger(place) && place >= 0 && place < count) return place;
  const text = `lists.${list}.of[${row}] is ${whose}; there are ${count} households, from 0 on`;
  throw new RuhuError({ refused: "unknown_household", text });
}

/**
 * Records from columns: `{ id, year, date, standard, answers: { fact: column },
 * lists: { list: { of, complete, answers } } }`. A column is an array or a typed one, with
 * one place a household; in a list, one place a row, and `of` says whose row it is. `null`,
 * `undefined` and `NaN` are no answer; a text that is constant may stand for its column.
 */
export function* records({ answers = {}, lists = {}, ...head }) {
  const at = (column, place) => typeof column === "object" ? column?.[place] : column;
  const lengths = [...Object.values(head), ...Object.values(answers)]
    .filter((column) => column !== null && typeof column === "object")
    .map((column) => column.length);
  const count = Math.max(0, ...lengths);
  const taken = (columns, place) => Object.fromEntries(Object.entries(columns)
    .map(([fact, column]) => [fact, at(column, place)])
    .filter(([, value]) => isGiven(value))
    .map(([fact, value]) => [fact, typeof value === "object" ? value : String(value)]));
  const rows = {};
  for (const [list, { of, answers }] of Object.entries(lists)) {
    rows[list] = Array.from({ length: count }, () => []);
    Array.from(of).forEach((whose, row) =>
      rows[list][owner(list, row, whose, count)].push(taken(answers, row)));
  }
  for (let place = 0; place < count; place += 1) {
    const record = { ruhu: 1, answers: taken(answers, place), lists: {} };
    for (const [key, column] of Object.entries(head)) {
      const value = at(column, place);
      // Columns of whole numbers may be of those that JSON does not know.
      if (isGiven(value)) record[key] = typeof value === "bigint" ? Number(value) : value;
    }
    for (const [list, { complete = true }] of Object.entries(lists)) {
      record.lists[list] = {
        complete: Boolean(at(complete, place)),
        rows: rows[list][place].map((answers, row) => ({ key: row + 1, answers })),
      };
    }
    yield record;
  }
}

/** Which side counts where both copies changed something. */
const SIDES = ["here", "there"];

/**
 * One record of two copies, here and there: `{ record, stand, taken, conflicts }`. `base`,
 * which both were made from, tells who changed what where their logs do not; `chosen` tells
 * by the place of a conflict which side counts, `here` or `there`.
 */
export function merge(here, there, { base, chosen = {}, device = "portal", language, as } = {}) {
  const { engine } = engineOf(language);
  const wrong = Object.entries(chosen).find(([, side]) => !SIDES.includes(side));
  if (wrong) {
    const why = `${wrong[0]} is \`${wrong[1]}\`; choose \`here\` or \`there\``;
    throw new RuhuError({ refused: "unknown_side", text: why });
  }
  const stamp = [new Date().toISOString(), device];
  const told = engine.merge(text(here), text(there), base === undefined ? undefined : text(base),
    Object.keys(chosen), Object.values(chosen), stamp);
  return as === "text" ? told : made(told);
}

/** The standards that are here. */
export function standards(options) {
  return JSON.parse(engineOf(options?.language).engine.standards());
}

/** What a record of a standard can be, as a JSON Schema. */
export function schema(standard, options) {
  return made(engineOf(options?.language).engine.schema(standard));
}

/** A standard as a page of Markdown. */
export function page(standard, options) {
  return made(engineOf(options?.language).engine.page(standard))[0];
}

/** A county's own standard, from its JSON, beside those that ship; its id. */
export function add(standard, { file = "standard.json", language } = {}) {
  const json = text(standard);
  const { engine } = engineOf(language);
  let id;
  try {
    id = engine.add(file, json);
  } catch (why) {
    throw new RuhuError({ refused: "no_standard_file", text: why.message });
  }
  own.push([file, json]);
  for (const other of engines.values()) {
    if (other.engine !== engine) other.engine.add(file, json);
  }
  return id;
}
