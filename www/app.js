// Starts the form, and gives the page four functions of it. What few visits need is
// fetched when it is wanted: the words of another language, the reader of standards, what
// works beside the screen; and what no visit waits for when the form is there: the worker
// that opens it offline.
import init, { answer, device, leave, load, record, report, start } from "./{{ruhu_web.js}}";
import { follows } from "./{{rest.js}}";
import { Keep } from "./{{keep.js}}";

/** What is done by a module that comes when it is wanted. */
const later = (load, what) => async (...given) => (await load())[what](...given);
const texts = () => import("./{{lazy:texts.js}}");

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

const work = later(() => import("./{{lazy:work.js}}"), "ask");
const keep = new Keep((...given) => work("safe", "stretch", ...given));
init().then((wasm) => {
  follows(wasm);
  addEventListener("pagehide", leave);
  addEventListener("visibilitychange", leave, true);
  start(document.getElementById("ruhu"), later(texts, "words"), later(texts, "standard"), work, there, keep);
});
