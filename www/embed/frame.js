// The form in a frame: it says hello to the pages that may talk to it, and goes on with the
// one that answers, over a channel that nobody else has. See README.md, "In a frame".
import { RuhuVisit, define } from "./{{visit.js}}";

/** The version of what is said; who speaks another one is not answered. */
const SPEAKS = 1;

/** How often a height is told at most, in milliseconds. */
const OFTEN = 100;

/** What the page may set before the form begins. */
const SETTINGS = ["standard", "year", "date", "language", "storage"];

const EVENTS = ["ready", "change", "verdict", "finish", "refused", "crash"];

const meta = document.querySelector("meta[name=ruhu-parents]");
const named = meta.content.split(/\s+/).filter(Boolean);
const parents = named.length ? named : [location.origin];

/** Speaks with the page over `port`. */
function begin(port, { record, standards, ...settings }) {
  define();
  const visit = document.createElement("ruhu-visit");
  const asked = new Map();
  let last = 0;
  const tell = (type, payload) => port.postMessage({ type, payload });
  for (const name of EVENTS) visit.addEventListener(`ruhu-${name}`, ({ detail }) => tell(name, detail));
  for (const name of SETTINGS) if (name in settings) visit[name] = settings[name];
  if (standards) visit.standards = standards;
  try {
    if (record) visit.record = record;
  } catch {
    // `ruhu-refused` has told it; the form opens without one.
  }
  visit.keep = (text) => new Promise((done, fail) => {
    asked.set(last += 1, (why) => why ? fail(new Error(why)) : done());
    port.postMessage({ type: "keep", id: last, payload: text });
  });
  const does = {
    load: (record) => {
      visit.record = record;
    },
    set: ([name, value]) => {
      if (!SETTINGS.includes(name)) throw new Error(`${name} cannot be set`);
      visit[name] = value;
    },
    merge: (record) => visit.merge(record),
    answer: ({ fact, text, ...place }) => visit.answer(fact, text, place),
    record: () => visit.record,
    report: () => visit.report,
    flush: () => visit.flush(),
    restart: () => visit.restart(),
  };
  port.onmessage = async ({ data: { type, id, payload } }) => {
    if (type === "kept") {
      asked.get(id)?.(payload);
      return asked.delete(id);
    }
    try {
      if (!does[type]) throw new Error(`nobody here does ${type}`);
      port.postMessage({ type: "done", id, payload: await does[type](payload) });
    } catch (why) {
      port.postMessage({ type: "failed", id, payload: why.message });
    }
  };
  let told;
  let waits;
  new ResizeObserver(() => {
    waits ??= setTimeout(() => {
      waits = undefined;
      const height = Math.ceil(visit.getBoundingClientRect().height);
      if (height !== told) tell("height", told = height);
    }, OFTEN);
  }).observe(visit);
  document.body.append(visit);
}

addEventListener("message", ({ data, source, origin, ports: [port] }) => {
  const isOurs = source === parent && parents.includes(origin);
  if (!isOurs || data?.ruhu !== SPEAKS || data.type !== "begin" || !port) return;
  begin(port, data.payload ?? {});
});

// Each hears it only where it is the page around the frame; some browsers say who that is.
const around = location.ancestorOrigins?.[0];
if (parent !== self) {
  for (const origin of parents.filter((one) => !around || one === around)) {
    parent.postMessage({ ruhu: SPEAKS, type: "hello", version: RuhuVisit.version }, origin);
  }
}
