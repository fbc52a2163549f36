// What the page knows of its worker, told to the form: whether it opens without a network,
// and whether a newer version waits. Fetched when the form is there, never before.
const HOUR = 3_600_000;
const script = new URL("sw.js", import.meta.url).href;

function register() {
  // Under a strict policy, somebody has to stand up for the script.
  const policy = globalThis.trustedTypes?.createPolicy("ruhu-worker", {
    createScriptURL: () => script,
  });
  const trusted = policy ? policy.createScriptURL("") : script;
  return navigator.serviceWorker.register(trusted, { updateViaCache: "none" });
}

/** Whether all of its files are kept, and whether the page is of its version. */
function ask(worker, page) {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(page, [port2]);
  return new Promise((done) => {
    port1.onmessage = ({ data }) => done(data);
  });
}

/** The worker that waits takes over, for all pages; this one alone opens anew. */
function takeOver(worker) {
  const open = () => location.reload();
  if (worker.state === "activated") return open();
  worker.addEventListener("statechange", () => {
    if (worker.state === "activated") open();
  });
  worker.postMessage("take over");
}

/** Tells how it stands, now and at every change; `page` is the script that the page runs. */
export async function begin(tell, page) {
  // A page in a frame is a guest: what is kept on this device is for its host to say.
  if (window.top !== window) return;
  if (!navigator.serviceWorker) return tell("cannot");
  tell("preparing");
  let registration;
  try {
    registration = await register();
  } catch (why) {
    // A network error is a TypeError; anything else is a browser that does not want to.
    return tell(why instanceof TypeError ? "failed" : "cannot");
  }
  const look = async () => {
    const { installing, waiting, active } = registration;
    if (!active) return tell(installing || waiting ? "preparing" : "failed");
    const { whole, knows } = await ask(active, page);
    tell(whole ? "ready" : "failed");
    if (waiting) tell("newer", () => takeOver(waiting));
    else tell("newer", knows ? undefined : () => location.reload());
  };
  const follow = () => registration.installing?.addEventListener("statechange", look);
  follow();
  registration.addEventListener("updatefound", follow);
  navigator.serviceWorker.addEventListener("controllerchange", look);
  look();
  // The browser itself asks for news whenever the page is opened.
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    const isBack = document.visibilityState === "visible" && navigator.onLine;
    if (!isBack || Date.now() - asked < HOUR) return;
    asked = Date.now();
    registration.update().catch(() => {});
  });
}
