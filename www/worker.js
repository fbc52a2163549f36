// Where a module does its work, so that the screen never waits for it.
const modules = {
  safe: () => import("./{{lazy:ruhu_safe.js}}"),
  codes: () => import("./{{lazy:ruhu_codes.js}}"),
};

async function begin() {
  const module = await modules[self.name]();
  await module.default();
  return module;
}

const ready = begin();
ready.catch(() => {});

addEventListener("message", async ({ data: { number, what, given } }) => {
  try {
    const module = await ready;
    const done = module[what](...given);
    postMessage({ number, done }, done.buffer ? [done.buffer] : []);
  } catch (why) {
    // A refusal is thrown as its name; anything else is a failure of the machine.
    const isRefusal = typeof why === "string";
    postMessage({ number, refusal: isRefusal ? why : "unavailable", ended: !isRefusal });
  }
});
