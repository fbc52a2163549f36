// What keeping visits costs, beside the bare thing that each of it cannot do without: a put
// of the same bytes, Argon2id alone, sealing and saving alone. All of it in the form's own
// modules, in a browser.
import { household } from "./households.mjs";

const pin = "246810";
const blank = "bench-blank.html";

/** A fresh phone on a page of the form's own address that is no form. */
async function fresh(browser, url) {
  const context = await browser.newContext({
    viewport: { width: 412, height: 915 }, locale: "zh-CN", acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.route(`**/${blank}`, (route) => {
    route.fulfill({ contentType: "text/html", body: "<!doctype html><div id=blank></div>" });
  });
  await page.goto(url + blank);
  const list = await (await fetch(new URL("precache-manifest.json", url))).json();
  const named = (start) => new URL(list.find((one) => one.url.startsWith(start)).url, url).href;
  const modules = { keep: named("keep."), work: named("work.") };
  await page.evaluate(async ({ keep, work }) => {
    const [{ Keep }, { ask }] = await Promise.all([import(keep), import(work)]);
    const made = new Keep((...given) => ask("safe", "stretch", ...given));
    await made.opened({ writer() {}, changed() {}, flush: async () => true });
    await made.prepare();
    Object.assign(globalThis, { made, ask });
  }, modules);
  return { context, page };
}

const record = (at) => {
  const made = household(5);
  made.id = `bench-${at}`;
  made.lists.member.rows[0].answers.member_name = `户${at}`;
  return made;
};

const line = (at) => ({
  id: `bench-${at}`, name: `户${at}`, initials: `h${at}`, place: ["甲镇", "乙村", `${at % 20}组`],
  year: "2017", stage: at % 3 ? "under_way" : "met", tally: ["7", "1", "1"], handed: "",
  changed: new Date(Date.UTC(2017, 9, 15) + at * 60_000).toISOString(),
});

/** So many visits on the device. */
async function fill(page, count) {
  const all = Array.from({ length: count }, (_, at) => {
    return [`v${at}`, JSON.stringify(line(at)), JSON.stringify(record(at))];
  });
  await page.evaluate(async (all) => {
    for (const one of all) await made.put(...one);
  }, all);
}

/** Milliseconds of a save of one change, and of a bare put of that visit's bytes: as many
 *  and as random as they are when sealed, for a base makes others smaller. */
export async function saving(browser, url, count) {
  const { context, page } = await fresh(browser, url);
  try {
    return await page.evaluate(async ({ count, head, text }) => {
      const bare = await new Promise((done) => {
        const asked = indexedDB.open("bare", 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("s");
        asked.onsuccess = () => done(asked.result);
      });
      const encoder = new TextEncoder();
      const put = (bytes) => new Promise((done) => {
        const write = bare.transaction("s", "readwrite", { durability: "strict" });
        write.oncomplete = done;
        write.objectStore("s").put(bytes, "v");
      });
      const times = { by: [], our: [] };
      // Saves do not follow each other without a pause, and a disk that rests is slower.
      const rest = () => new Promise((done) => setTimeout(done, 30));
      for (let at = 0; at < count + 4; at += 1) {
        // One answer more each time, as somebody types.
        const now = text.replace('"answers":{', `"answers":{"note":"${"字".repeat(at + 1)}",`);
        const bytes = crypto.getRandomValues(new Uint8Array(encoder.encode(now).length));
        await rest();
        let began = performance.now();
        await put(bytes);
        const by = performance.now() - began;
        await rest();
        began = performance.now();
        await made.put("v", head, now);
        const our = performance.now() - began;
        if (at < 4) continue;
        times.by.push(by);
        times.our.push(our);
      }
      return times;
    }, { count, head: JSON.stringify(line(1)), text: JSON.stringify(record(1)) });
  } finally {
    await context.close();
  }
}

/** Milliseconds from the right PIN to what it opens, and of Argon2id alone. */
export async function unlocking(browser, url, count) {
  const { context, page } = await fresh(browser, url);
  try {
    await fill(page, 1);
    return await page.evaluate(async ({ count, pin }) => {
      await made.setPin("", pin);
      const secret = new TextEncoder().encode(pin);
      const salt = crypto.getRandomValues(new Uint8Array(16));
      const times = { by: [], our: [] };
      for (let at = 0; at < count + 1; at += 1) {
        let began = performance.now();
        await ask("safe", "stretch", secret, salt, 19_456, 2);
        const by = performance.now() - began;
        began = performance.now();
        await made.unlock(pin);
        await made.read("v0");
        const our = performance.now() - began;
        if (at < 1) continue;
        times.by.push(by);
        times.our.push(our);
      }
      return times;
    }, { count, pin });
  } finally {
    await context.close();
  }
}

const download = async (page, begin) => {
  const told = page.waitForEvent("download");
  const began = Date.now();
  await begin();
  const file = await told;
  await file.path();
  return Date.now() - began;
};

/** Milliseconds from the tap to the file of so many visits, and of sealing and saving the
 *  same bytes. */
export async function exporting(browser, url, visits, count) {
  const { context, page } = await fresh(browser, url);
  try {
    await fill(page, visits);
    const pair = (await page.evaluate(() => ask("safe", "keyPair"))).done;
    const key = /age1\w+/.exec(pair)[0];
    const texts = Array.from({ length: visits }, (_, at) => JSON.stringify(record(at)));
    const text = `{"format":"ruhu-records","version":1,"records":[${texts}]}`;
    const form = await context.newPage();
    form.setDefaultTimeout(120_000);
    await form.goto(url);
    // Where nobody knows which visit was looked at last, the form begins with the list.
    await form.locator(".visits .visit").first().waitFor();
    const times = { by: [], our: [] };
    for (let at = 0; at < count + 1; at += 1) {
      const by = await download(page, () => page.evaluate(async ({ key, text }) => {
        const sealed = (await ask("safe", "sealTo", key, new TextEncoder().encode(text))).done;
        await ask("safe", "save", "bare.age", sealed);
      }, { key, text }));
      await form.locator("#give").click();
      if (at === 0) await form.locator("#county").fill(key);
      const our = await download(form, () => form.locator(".desk form .primary").click());
      await form.locator(".desk > .quiet").click();
      if (at < 1) continue;
      times.by.push(by);
      times.our.push(our);
    }
    return times;
  } finally {
    await context.close();
  }
}

/** Milliseconds of the longest frame while the list of so many visits is opened and while
 *  it is scrolled to its end, and bytes of memory afterwards. */
export async function listing(browser, url, visits, rate) {
  const { context, page } = await fresh(browser, url);
  try {
    await fill(page, visits);
    await page.close();
    const form = await context.newPage();
    form.setDefaultTimeout(120_000);
    await form.addInitScript(() => {
      // WebAssembly's own memory, to be weighed later.
      const own = WebAssembly.instantiateStreaming;
      const note = (made) => Object.assign(globalThis, { wasmMemory: made.instance.exports.memory }) && made;
      WebAssembly.instantiateStreaming = (...given) => own(...given).then(note);
    });
    await form.goto(url);
    await form.locator(".visit-open").first().click();
    await form.locator("#year").waitFor();
    const cdp = await context.newCDPSession(form);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate });
    const frames = (work) => form.evaluate(async (work) => {
      const turn = () => new Promise(requestAnimationFrame);
      let longest = 0;
      let last = await turn();
      const next = async () => {
        const now = await turn();
        longest = Math.max(longest, now - last);
        last = now;
      };
      if (work === "open") {
        document.querySelector(".top-line .quiet").click();
        while (!document.querySelector(".visits .visit")) await next();
        for (let quiet = 0; quiet < 60; quiet += 1) await next();
      } else {
        const end = () => scrollY + innerHeight + 2 < document.documentElement.scrollHeight;
        for (let at = 0; at < 600 && end(); at += 1) {
          scrollBy(0, 500);
          await next();
        }
      }
      return longest;
    }, work);
    // Once to warm up: the first time, a browser compiles what it runs.
    await frames("open");
    await form.locator(".visit-open").first().click();
    await form.locator("#year").waitFor();
    const opening = await frames("open");
    const scrolling = await frames("scroll");
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await cdp.send("HeapProfiler.collectGarbage");
    await cdp.send("HeapProfiler.collectGarbage");
    const { usedSize } = await cdp.send("Runtime.getHeapUsage");
    const wasm = await form.evaluate(() => globalThis.wasmMemory?.buffer.byteLength);
    const lines = await form.locator(".visits .visit").count();
    return { opening, scrolling, bytes: usedSize + wasm, lines };
  } finally {
    await context.close();
  }
}
