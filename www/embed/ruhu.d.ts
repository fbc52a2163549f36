/** 达标、未达标、待核实. */
export type Verdict = "met" | "not_met" | "unknown";

/** An answer: a text as it was typed, or why there is none. */
export type Answer = string | { unknown: string };

/** One visit; `schema(standard)` says all that it can be. */
export interface VisitRecord {
  ruhu: 1;
  id?: string;
  standard?: string;
  year?: number;
  /** `YYYY-MM-DD`. */
  date?: string;
  choices?: Record<string, string>;
  answers?: Record<string, Answer>;
  lists?: Record<string, {
    complete?: boolean;
    rows: { key: number; answers: Record<string, Answer> }[];
  }>;
  [other: string]: unknown;
}

/** Where something stands: a row of an entity by its key; the household where neither is. */
export interface Place {
  entity?: string;
  row?: number;
}

export interface Margin {
  /** In units of the last digit, so that no figure is rounded. */
  by: number;
  decimals: number;
  unit: string;
  heads: number | null;
  rise: boolean;
  text: string;
}

export interface Ground extends Place {
  verdict: Verdict;
  text: string;
  margin?: Margin;
}

export interface Question extends Place {
  fact?: string;
  param?: string;
  text: string;
}

export interface Finding {
  id: string;
  verdict: Verdict;
  cite: { source: string; clause: string | null; text: string | null };
  grounds: Ground[];
  /** What to ask next, the most telling first. */
  questions: Question[];
  /** Each a smallest set of changes that would meet the criterion. */
  changes: Record<string, unknown>[][];
  hangs_on: Question[];
}

export interface Report {
  ruhu: 1;
  id: string;
  engine: string;
  language: string;
  standard: { id: string; hash: string; status: Status; decides: boolean };
  facts: string;
  hints_standard: string;
  year: number;
  date: string;
  params: Record<string, {
    value: number | null;
    decimals: number;
    reading: string | null;
    source: string | null;
    status: Status | null;
  }>;
  verdict: Verdict;
  criteria: Finding[];
  hints: (Place & { id: string; text: string })[];
  notices: { path: string; key: string; text: string }[];
}

/** How well something is founded; what is `proposed` is shown and decides nothing. */
export type Status = "sourced" | "unverified" | "proposed";

export interface Decision {
  id: string;
  standard: string;
  decides: boolean;
  verdict: Verdict;
  criteria: Record<string, Verdict>;
}

export interface Replay {
  id: string;
  replays: boolean;
  differences: string[];
}

/** In the place of a record of many that was not taken. */
export interface Refusal {
  refused: string;
  text: string;
}

export interface Standard {
  id: string;
  title: string;
  status: Status;
  decides: boolean;
  years: [first: number, last: number];
  hash: string;
}

export interface InLanguage {
  /** `zh-CN` where nothing is said, or `en`. */
  language?: string;
}

/** What holds in place of what the records say. */
export interface Options extends InLanguage {
  standard?: string;
  year?: number;
  date?: string;
  /** Readings and options of the standard's parameters. */
  set?: Record<string, string>;
}

/** Canonical JSON, the same bytes as on the command line, in place of what it says. */
export interface AsText extends Options {
  as: "text";
}

/** A record as an object, or its JSON. */
export type Given = VisitRecord | string;

/** Why something was not taken; `code` is the same in any language. */
export class RuhuError extends Error {
  readonly code: string;
}

/**
 * Fetches the core, once; on Node it is there already. Everything else answers at once, and
 * throws `not_ready` before. `source` is where the wasm lies, or its bytes.
 */
export function ready(source?: string | URL | Request | BufferSource | WebAssembly.Module):
  Promise<void>;

export function assess(record: Given, options: AsText): string;
export function assess(record: Given, options?: Options): Report;
export function assess(records: Iterable<Given>, options: AsText): string[];
export function assess(records: Iterable<Given>, options?: Options): (Report | Refusal)[];

export function verify(record: Given, options: AsText): string;
export function verify(record: Given, options?: InLanguage): Replay;
export function verify(records: Iterable<Given>, options: AsText): string[];
export function verify(records: Iterable<Given>, options?: InLanguage): (Replay | Refusal)[];

export function decide(record: Given, options: AsText): string;
export function decide(record: Given, options?: Options): Decision;
export function decide(records: Iterable<Given>, options: AsText): string[];
export function decide(records: Iterable<Given>, options: Options & { as: "columns" }): Columns;
export function decide(records: Iterable<Given>, options?: Options): (Decision | Refusal)[];

/** What a number in a column stands for, by its place. */
export const STATES: readonly ["unknown", "met", "not_met", "refused"];

export interface Columns {
  ids: (string | null)[];
  verdict: Uint8Array;
  criteria: Record<string, Uint8Array>;
  refused: Map<number, Refusal>;
}

/** One place a household or a row; `null`, `undefined` and `NaN` are no answer. */
export type Column = ArrayLike<string | number | boolean | Answer | null | undefined>;

/** Records from columns. */
export function records(columns: {
  id?: ArrayLike<string> | string;
  standard?: ArrayLike<string> | string;
  year?: ArrayLike<number> | number;
  date?: ArrayLike<string> | string;
  answers?: Record<string, Column | string | number>;
  lists?: Record<string, {
    /** Whose row each is, by the household's place. */
    of: ArrayLike<number | bigint>;
    /** Whether the list is finished; it is where nothing is said. */
    complete?: Column | boolean;
    answers: Record<string, Column | string | number>;
  }>;
}): Generator<VisitRecord>;

/** How a copy stands to the one that is here. */
export type Stand = "same" | "older" | "newer" | "apart";

/** What both copies changed, each in its own way; `null` where it holds nothing. */
export interface Conflict {
  place: string;
  here: unknown;
  there: unknown;
}

export interface Merged {
  /** Where something is still to be chosen, it has what stood here. */
  record: VisitRecord;
  stand: Stand;
  /** At how many places only the copy from there was changed. */
  taken: number;
  /** What nobody has chosen yet. */
  conflicts: Conflict[];
}

export interface Merging extends InLanguage {
  /** Which both were made from: tells who changed what where their logs do not. */
  base?: Given;
  /** By the place of a conflict. */
  chosen?: Record<string, "here" | "there">;
  /** Where it is merged, for the log. */
  device?: string;
}

/** One record of two copies of it. */
export function merge(here: Given, there: Given, options: Merging & { as: "text" }): string;
export function merge(here: Given, there: Given, options?: Merging): Merged;

export function standards(options?: InLanguage): Standard[];
export function schema(standard: string, options?: InLanguage): object;
export function page(standard: string, options?: InLanguage): string;

/** A county's own standard, from its JSON, beside those that ship; its id. */
export function add(standard: object | string, options?: InLanguage & { file?: string }): string;
