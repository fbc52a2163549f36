// Starts the form, and gives the page four functions of it. What few visits need is
// fetched when it is wanted: the words of another language, the reader of standards, what
// works beside the screen; and what no visit waits for when the form is there: the worker
// that opens it offline.
import init, { answer, device, load, record, report, start } from "./{{ruhu_web.js}}";
import { follows } from "./{{rest.js}}";
import { Keep } from "./{{keep.js}}";

const languages = {{folder:lang}};

async function words(language) {
  const answer = await fetch(new URL(languages[language], import.meta.url));
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
}

let reader;

async function standard(file, text, language) {
  reader ??= import("./{{lazy:ruhu_reader.js}}").then(async (module) => {
    await module.default();
    return module;
  });
  const { read } = await reader.catch((why) => {
    reader = undefined;
    throw why;
  });
  try {
    return read(file, text, language);
  } catch (why) {
    return why.message;
  }
}

async function work(...given) {
  const { ask } = await import("./{{lazy:work.js}}");
  return ask(...given);
}

/** The browser's offer to install the form, which it may make before there is one. */
let installing;
let isThere = false;

function offer(event) {
  installing = event && (() => {
    offer();
    event.prompt();
  });
  if (isThere) device("install", installing);
}

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer(event);
});
addEventListener("appinstalled", () => offer());

async function there() {
  isThere = true;
  window.ruhu = { answer, load, record, report };
  device("install", installing);
  const { begin } = await import("./{{lazy:offline.js}}");
  await begin(device, import.meta.url);
}

// A form that has stopped half way keeps nothing any more, and cannot say so itself.
function stops({ error, reason }) {
  if ((error ?? reason) instanceof WebAssembly.RuntimeError) {
    document.documentElement.classList.add("stopped");
  }
}
addEventListener("error", stops);
addEventListener("unhandledrejection", stops);

const keep = new Keep((...given) => work("safe", "stretch", ...given));
init().then((wasm) => {
  follows(wasm);
  start(words, standard, work, there, keep);
});
