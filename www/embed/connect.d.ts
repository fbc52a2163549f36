import type { Report, VisitRecord } from "./ruhu.js";
import type { Storage, VisitEvents } from "./visit.js";

export interface FramedSettings {
  record?: VisitRecord | string;
  standards?: (object | string)[];
  standard?: string;
  year?: number;
  date?: string;
  language?: string;
  storage?: Storage;
  /** Where `storage` is `host`: keeps the record's JSON. */
  keep?: (record: string) => Promise<unknown> | unknown;
}

/** The page's side of a form in a frame; its events are those of the element, and `ruhu-height`. */
export class FramedVisit extends EventTarget {
  /** Waits for the form that is shown in `frame` and comes from `origin`. */
  constructor(frame: HTMLIFrameElement, origin: string, settings?: FramedSettings);
  readonly ready: Promise<FramedVisit>;
  load(record: VisitRecord | string): Promise<void>;
  set(name: "standard" | "year" | "date" | "language", value: string | number): Promise<void>;
  merge(record: VisitRecord | string): Promise<void>;
  answer(fact: string, text: string, place?: { list?: string; row?: number }): Promise<string | undefined>;
  record(): Promise<VisitRecord>;
  report(): Promise<Report>;
  flush(): Promise<boolean>;
  restart(): Promise<void>;
  /** Hears nothing any more. */
  close(): void;

  addEventListener<K extends keyof VisitEvents>(
    type: K, listener: (event: VisitEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string, listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
}
