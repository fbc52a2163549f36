// The safe, as the page asks for it: seals and opens files, stretches PINs, hands files on.
// Its work is done in a worker, which starts when it is first wanted and ends when it has
// had nothing to do for a while; whoever asks gets `{ done }` or `{ refusal }`, never an
// exception.
const IDLE = 60_000;
const script = new URL("./{{safe-worker.js}}", import.meta.url).href;

let policy;
let worker;
let idle;
let last = 0;
const asked = new Map();

function begin() {
  // Under a strict policy, somebody has to stand up for the script.
  policy ??= globalThis.trustedTypes?.createPolicy("ruhu-safe", {
    createScriptURL: () => script,
  });
  return new Worker(policy ? policy.createScriptURL("") : script, { type: "module" });
}

function end(refusal) {
  worker?.terminate();
  worker = undefined;
  for (const answer of asked.values()) answer({ refusal });
  asked.clear();
}

function call(what, given) {
  clearTimeout(idle);
  try {
    worker ??= begin();
  } catch {
    return { refusal: "unavailable" };
  }
  worker.onmessage = ({ data: { number, ended, ...told } }) => {
    asked.get(number)?.(told);
    asked.delete(number);
    // Out of memory, or worse: what is left of it is not to be trusted.
    if (ended) end("unavailable");
    else if (asked.size === 0) idle = setTimeout(end, IDLE);
  };
  // It could not be fetched, or this browser is too old for it.
  worker.onerror = (event) => {
    event.preventDefault();
    end("unavailable");
  };
  return new Promise((answer) => {
    asked.set(last += 1, answer);
    worker.postMessage({ number: last, what, given });
  });
}

function save(name, bytes) {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then; the file need not stay in memory for ever.
  setTimeout(() => URL.revokeObjectURL(url), IDLE);
  return { done: "saved" };
}

/** To another app where this device can, or else to its own files. */
async function hand(name, bytes) {
  const files = [new File([bytes], name, { type: "application/octet-stream" })];
  try {
    if (!navigator.canShare?.({ files })) return save(name, bytes);
    await navigator.share({ files });
    return { done: "shared" };
  } catch (why) {
    // Somebody thought better of it; anything else is a device that would not.
    return why.name === "AbortError" ? { done: "left" } : save(name, bytes);
  }
}

const here = { save, hand };

/** What comes of `what`: one of the functions of `ruhu-safe`, or `save` or `hand`. */
export async function ask(what, ...given) {
  return here[what]?.(...given) ?? call(what, given);
}
