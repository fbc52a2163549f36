import type { Conflict, VisitRecord, merge } from "./ruhu.js";

/**
 * Why something was not sent. `offline`: nobody answered; `not_the_server`: somebody else
 * did, such as the sign-in page of a network; `signed_out`: the token does not hold any more;
 * `changed`: there is another copy than the one that this was made from; `gone`: that copy is
 * not there any more; `refused`: the server does not take this record; `later`: it cannot
 * now; `ignores_preconditions`: it would let one copy overwrite another.
 */
export type SendCode = "offline" | "not_the_server" | "signed_out" | "changed" | "gone"
  | "refused" | "later" | "ignores_preconditions";

export class SendError extends Error {
  constructor(code: SendCode, text: string, more?: {
    after?: number; status?: number; cause?: unknown;
  });
  readonly code: SendCode;
  /** How long the server asks to be left alone, in milliseconds. */
  readonly after?: number;
  readonly status?: number;
}

/** A record as a server has it, with what names this state of it. */
export interface Copy {
  text: string;
  tag: string;
}

/** How a server is spoken with; each refuses with a `SendError`. */
export interface Adapter {
  /** Refuses a server that would let one copy overwrite another unseen. */
  probe(): Promise<void>;
  get(id: string): Promise<Copy | undefined>;
  /** In place of the copy with this tag, or as a new one; its own tag. */
  put(id: string, text: string, tag?: string): Promise<string>;
}

export interface ServerOptions {
  /** What stands in `Authorization`; `isFresh` where the one before does not hold any more. */
  token?: (why: { isFresh: boolean }) => Promise<string> | string;
  headers?: Record<string, string>;
  /** How long an answer may take, in milliseconds: 30,000. */
  patience?: number;
}

/**
 * `PUT <place>/<id>` with `If-Match`, on a server that heeds preconditions. To other origins it
 * has to expose `ETag` and `Retry-After`. The id `probe` is its own.
 */
export function put(place: string | URL, options?: ServerOptions): Adapter;

/**
 * `PUT <place>/<id>.<digest>.json`: only written, never overwritten and never read. It has
 * arrived where the answer is 201 or 204, is empty with an `ETag`, or says so by its `code` in
 * JSON.
 */
export function append(place: string | URL, options?: ServerOptions): Adapter;

/**
 * `refused`: it waits until somebody has done something; `spoilt`: what was kept of it cannot
 * be read any more, and waits for `add` or `remove`.
 */
export type State = "waiting" | "sent" | "refused" | "conflict" | "spoilt";

export interface Listed {
  id: string;
  state: State;
  tries: number;
  /** When it is tried again, in milliseconds since 1970. */
  due: number;
  /** Why it was not sent the last time; what closes the way to all is told by `ruhu-waiting`. */
  why?: { code: SendCode; text: string };
  /** When it was given first. */
  since?: string;
}

export interface Item extends Listed {
  /** What is to be sent; nothing where it was. */
  text?: string;
  /** What the server had last, as far as that is known. */
  base?: Partial<Copy> & { text: string };
  theirs?: Partial<Copy> & { text: string };
  conflicts?: Conflict[];
  /** What else an outbox keeps of it. */
  [own: string]: unknown;
}

/** Where an outbox keeps what it has. */
export interface Store {
  all(): Promise<Item[]>;
  get(id: string): Promise<Item | undefined>;
  put(id: string, item: Item): Promise<unknown>;
  remove(id: string): Promise<unknown>;
}

/** For as long as the page is there. */
export function memory(): Store;

export interface OutboxEvents {
  "ruhu-sent": CustomEvent<{ id: string }>;
  /**
   * Another copy had changed what ours had not: `record` is both, `mine` what `add` was given
   * of it. A page that shows it takes it over, by `merge` of the element or of the core with
   * `mine` as base, and adds what it shows then; nothing is lost where it does not.
   */
  "ruhu-merged": CustomEvent<{ id: string; record: VisitRecord; mine: VisitRecord }>;
  /**
   * Both had changed the same: `settle` decides, or `merge` of the element, after which the
   * page adds the record of that.
   */
  "ruhu-conflict": CustomEvent<{
    id: string; mine: VisitRecord; theirs: VisitRecord; conflicts: Conflict[];
  }>;
  /** One was not taken; those behind it go on. `isParked`: until it is changed or retried. */
  "ruhu-unsent": CustomEvent<{ id: string; code: SendCode; text: string; isParked: boolean }>;
  /** Nothing can be sent now, and why; it is tried again by itself. */
  "ruhu-waiting": CustomEvent<{ code: SendCode; text: string; count: number }>;
}

/** What is to be sent. */
export class Outbox extends EventTarget {
  constructor(adapter: Adapter, options?: {
    /** On this device, sealed, where none is given. */
    store?: Store;
    /** One for each outbox of an origin. */
    name?: string;
    /** In place of the core's, which is fetched when two copies meet; on Node import `ruhu` too. */
    merge?: typeof merge;
  });
  /**
   * Kept when the promise is, and sent as soon as that can be done. `base` is the copy from
   * the server that it was made from, as the adapter's `get` gave it; it counts where nothing
   * was added under this id before.
   */
  add(record: VisitRecord | string, options?: { base?: Copy }): Promise<void>;
  items(): Promise<Listed[]>;
  item(id: string): Promise<Item | undefined>;
  /** Tries it again at once, whatever it waits for; what is `gone` there is put there anew. */
  retry(id: string): Promise<void>;
  /** Decides a conflict by place; what is left to decide. */
  settle(id: string, chosen: Record<string, "here" | "there">): Promise<Conflict[]>;
  remove(id: string): Promise<void>;
  /** Sends what is due, and is done when all of that was tried; `isNow` waits for nothing. */
  run(isNow?: boolean): Promise<void>;
  close(): void;

  addEventListener<K extends keyof OutboxEvents>(
    type: K, listener: (event: OutboxEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string, listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
}
