import type { Report, Verdict, VisitRecord } from "./ruhu.js";

/** Where the record is kept: nowhere, by the page, or on this device, sealed. */
export type Storage = "memory" | "host" | "indexeddb";

export interface VisitEvents {
  /** The form is there. */
  "ruhu-ready": CustomEvent<Record<string, never>>;
  /** Something was answered, 0.3 seconds ago at most. */
  "ruhu-change": CustomEvent<{ id: string }>;
  /** The household or one of its criteria is judged otherwise than before. */
  "ruhu-verdict": CustomEvent<{ verdict: Verdict; criteria: Record<string, Verdict> }>;
  /** The record was finished and is locked. */
  "ruhu-finish": CustomEvent<{ record: VisitRecord; report: Report }>;
  /** A record or a setting was not taken; what was on the screen stays. */
  "ruhu-refused": CustomEvent<{ text: string }>;
  /** The form stopped (`isCrash`), or could not be fetched; the element offers to load it again. */
  "ruhu-crash": CustomEvent<{ isCrash: boolean; text: string }>;
}

/** `<ruhu-visit>`. */
export class RuhuVisit extends HTMLElement {
  static readonly version: string;
  readonly version: string;

  /** Attribute and property: by which standard, in which exit year, on which day. */
  standard: string | null;
  year: string | number | null;
  date: string | null;
  /** `zh-CN` where nothing is said, or `en`. */
  language: string;
  storage: Storage;
  name: string | null;
  disabled: boolean;
  /** Until the record is finished. */
  required: boolean;

  /** The record as it stands; set, it takes the place of the one on the screen. */
  get record(): VisitRecord | undefined;
  set record(record: VisitRecord | string | undefined);
  /** A county's own standards, each as its JSON. */
  get standards(): (object | string)[];
  set standards(standards: Iterable<object | string> | undefined);
  /** Where `storage` is `host`: keeps the record's JSON; 未保存 is shown while it rejects. */
  keep?: (record: string) => Promise<unknown> | unknown;

  /** What was found; nothing before the form is there. */
  readonly report: Report | undefined;
  readonly verdict: Verdict | undefined;
  /** Kept when the form is there. */
  readonly ready: Promise<RuhuVisit>;

  /** Gives one answer; empty text takes it back. What that changed, in words. */
  answer(fact: string, text: string, place?: { list?: string; row?: number }): string | undefined;
  /**
   * Another copy of this record, by its `id`: what that one alone has changed is taken, what
   * both have is asked on the screen; `ruhu-change` follows.
   */
  merge(record: VisitRecord | string): void;
  /** Keeps what is not kept yet: whether that could be done. */
  flush(): Promise<boolean>;
  /** Prints the sheet, and nothing of the page around the form. */
  print(): void;
  /** Begins anew with what was kept last. */
  restart(): void;
  /** Ends the form; `restart()` begins it again. */
  destroy(): void;

  addEventListener<K extends keyof VisitEvents>(
    type: K, listener: (this: RuhuVisit, event: VisitEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string, listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** Makes the element known, once a page; of two versions the first stays. */
export function define(tag?: string): void;

declare global {
  interface HTMLElementTagNameMap {
    "ruhu-visit": RuhuVisit;
  }
}
