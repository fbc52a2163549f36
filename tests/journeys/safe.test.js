// The safe itself: fetched when it is wanted and not before, in a worker that leaves the
// screen free, and refusals are values.
import assert from "node:assert/strict";
import { Desk } from "./desk.js";
import { Host, build } from "./host.js";
import { record } from "./households.js";
import { journey } from "./stage.js";

// The page's own loader of what works beside the screen, by the name that this build gave it.
async function loader(form) {
  const answer = await form.page.request.get(new URL("precache-manifest.json", form.page.url()).href);
  const name = (await answer.json()).find(({ url }) => /^work\.[0-9a-f]{10}\.js$/.test(url)).url;
  return new URL(name, form.page.url()).href;
}

// Asks the safe; texts go as texts, lists of numbers as bytes and come back as lists.
const ask = (form, url, ...given) => form.page.evaluate(async ([url, given]) => {
  const { ask } = await import(url);
  const bytes = (one) => (Array.isArray(one) ? new Uint8Array(one) : one);
  const { done, refusal } = await ask("safe", ...given.map(bytes));
  return { done: done instanceof Uint8Array ? [...done] : done, refusal };
}, [url, given]);

const bytes = (text) => [...Buffer.from(text)];

journey("safe-first", "nothing of the safe is fetched before it is wanted", async (device, form) => {
  const asked = [];
  // The worker that opens the form offline keeps everything, on its own time.
  device.context.on("request", (request) => {
    const isIt = /\/(work|hand|camera|ruhu_safe|ruhu_codes)/.test(request.url());
    if (!request.serviceWorker() && isIt) asked.push(request.url());
  });
  await form.page.reload();
  await form.isReady();
  await form.load(record());
  await form.goTo("water");
  await form.check();
  const desk = new Desk(form);
  await desk.give("by_passphrase");
  assert.deepEqual(asked, []);
  await desk.box("passphrase").fill("correct horse");
  await desk.box("again").fill("correct horse");
  await desk.make();
  const names = new Set(asked.map((url) => url.split("/").pop().split(".")[0]));
  assert.deepEqual([...names].sort(), [
    "hand", "ruhu_safe", "ruhu_safe_bg", "work", "worker",
  ]);
});

journey("safe-known", "stretching gives the known bytes, and files come back", async (device, form) => {
  const url = await loader(form);
  const known = "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe";
  const { done } = await ask(form, url, "stretch", bytes("password"), bytes("somesalt"), 256, 2);
  assert.equal(Buffer.from(done).toString("hex"), known);
  const pair = (await ask(form, url, "keyPair")).done;
  const { done: key } = await ask(form, url, "recipient", /age1\w+/.exec(pair)[0]);
  const sealed = (await ask(form, url, "sealTo", key, bytes("甲户"))).done;
  assert.deepEqual(await ask(form, url, "openWith", pair, sealed), { done: bytes("甲户"), refusal: undefined });
  const by = (await ask(form, url, "sealBy", "correct horse", bytes("乙户"))).done;
  assert.deepEqual((await ask(form, url, "openBy", "correct horse", by)).done, bytes("乙户"));
  for (const [refusal, ...given] of [
    ["wrong_passphrase", "openBy", "other", by], ["needs_key", "openBy", "other", sealed],
    ["bad_identity", "openWith", "", sealed], ["truncated", "openBy", "other", []],
    ["bad_price", "stretch", bytes("a"), [], 256, 2],
  ]) {
    assert.deepEqual(await ask(form, url, ...given), { done: undefined, refusal });
  }
});

journey("safe-free", "the screen is free while the safe works, and the worker ends when idle", async (device, form) => {
  const url = await loader(form);
  await ask(form, url, "keyPair");
  const told = await form.page.evaluate(async (url) => {
    const { ask } = await import(url);
    let turns = 0;
    const timer = setInterval(() => { turns += 1; }, 5);
    const time = async (...given) => {
      const start = performance.now();
      turns = 0;
      const told = await ask("safe", ...given);
      return { ms: performance.now() - start, turns, refusal: told.refusal };
    };
    const salt = new Uint8Array(16);
    const stretch = await time("stretch", salt, salt, 19_456, 2);
    const seal = await time("sealBy", "correct horse", new Uint8Array(50_000));
    clearInterval(timer);
    return { stretch, seal };
  }, url);
  for (const { ms, turns, refusal } of Object.values(told)) {
    assert.equal(refusal, undefined);
    assert.ok(turns > ms / 100, `${turns} turns in ${ms} ms`);
  }
  // Two at a time, each with its own answer.
  const both = await Promise.all([
    ask(form, url, "openBy", "a", []), ask(form, url, "recipient", "age1"),
  ]);
  assert.deepEqual(both.map(({ refusal }) => refusal), ["truncated", "bad_recipient"]);
  assert.equal(form.page.workers().length, 1);
  await form.page.clock.install();
  await ask(form, url, "keyPair");
  await form.page.clock.fastForward(61_000);
  await form.until(async () => assert.equal(form.page.workers().length, 0));
  assert.match((await ask(form, url, "keyPair")).done, /AGE-SECRET-KEY-1/);
});

const files = build();

journey("safe-offline", "in a folder of a portal, without a network", async (device, form) => {
  await form.isOffline("ready");
  await device.forgetCache();
  await device.context.setOffline(true);
  await device.host.stop();
  await form.load(record());
  const desk = new Desk(form);
  await desk.give("by_passphrase");
  await desk.box("passphrase").fill("correct horse");
  await desk.box("again").fill("correct horse");
  const { bytes } = await desk.make();
  await desk.press("close");
  await desk.open("back.age", bytes);
  await desk.box("passphrase").fill("correct horse");
  await desk.press("unseal");
  assert.equal((await desk.inside()).length, 1);
  device.forgive(/ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|FAILED)/);
}, async () => new Host(await files, "/portal/ruhu/").start());

for (const part of ["work", "worker", "ruhu_safe_bg"]) {
  const isIt = (name) => name.startsWith(`${part}.`);
  journey(`away-${part}`, `where ${part} cannot be fetched, that is said, and what is typed stays`, async (device, form) => {
    await form.load(record());
    const desk = new Desk(form);
    await desk.give("by_passphrase");
    await desk.box("passphrase").fill("correct horse");
    await desk.box("again").fill("correct horse");
    await desk.press("make");
    await desk.isRefused("unavailable");
    assert.equal(await desk.box("passphrase").inputValue(), "correct horse");
    await form.picture("unavailable");
    device.host.files = await files;
    if (part !== "work") await desk.make();
    device.forgive(/ 404 |^404 /);
  }, async () => new Host(new Map([...await files].filter(([name]) => !isIt(name)))).start());
}
