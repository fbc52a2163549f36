// Where the safe does its work, so that the screen never waits for a passphrase.
import init, * as safe from "./{{ruhu_safe.js}}";

const ready = init();

addEventListener("message", async ({ data: { number, what, given } }) => {
  try {
    await ready;
    const done = safe[what](...given);
    postMessage({ number, done }, done.buffer ? [done.buffer] : []);
  } catch (why) {
    // A refusal is thrown as its name; anything else is a failure of the machine.
    const isRefusal = typeof why === "string";
    postMessage({ number, refusal: isRefusal ? why : "unavailable", ended: !isRefusal });
  }
});
