// What goes wrong: each fault strikes while somebody types, and is mended afterwards as
// that person would, who then finds what the screen had called saved.
import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Red } from "./red.js";
import { setBack } from "./watch.js";

// Small enough to be filled for real, large enough for the form and its files.
const disk = 6_000_000;
const month = 31;
/** How long Chromium may take to begin a new log, in milliseconds. */
const LONG = 20_000;

const registration = (page, what) => page.evaluate(async (name) => {
  const found = await navigator.serviceWorker.getRegistration();
  // One that is still on its way has nothing to compare with yet.
  if (name === "update") await found?.update().catch(() => {});
  return Boolean(found?.[name]);
}, what);

// Writes to a base of the test's own until nothing more fits, not the least bit.
async function fill() {
  const base = await new Promise((done, failed) => {
    const asked = indexedDB.open("filler", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("f", { autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const put = (size) => new Promise((done) => {
    const write = base.transaction("f", "readwrite");
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += 65536) {
      crypto.getRandomValues(bytes.subarray(at, at + 65536));
    }
    write.oncomplete = () => done(true);
    write.onabort = () => done(false);
    write.objectStore("f").put(bytes);
    write.commit();
  });
  let count = 0;
  for (const size of [1_000_000, 100_000, 10_000, 300]) {
    while (await put(size)) count += 1;
  }
  base.close();
  return count;
}

async function kill(walk) {
  walk.gone = true;
  walk.measure(await walk.browser.kill());
}

async function comeBack(walk, how) {
  if (!walk.browser.isUp) await walk.browser.start();
  await walk.tab();
  await walk.opens(() => walk.form.page.goto(walk.host.url, { waitUntil: "commit" }), how);
  walk.gone = false;
}

const comeBackAtEnd = (walk) => comeBack(walk, "end");

const all = {
  kill: { strike: kill, mend: comeBackAtEnd },

  // The battery dies within a write, and once more later: a base that goes on writing
  // behind the torn record is thrown away by Chromium the next time. The form asks for a
  // new log before it writes; Chromium makes one when it finds the time, and a battery that
  // dies before that takes everything, whatever a page does. How long that is is measured.
  torn: {
    strike: kill,
    async mend(walk, { last }) {
      const torn = walk.browser.tear(walk.host);
      await comeBackAtEnd(walk);
      await walk.typeOne(last);
      await walk.isSaved("after a torn write");
      const saved = Date.now();
      while (torn.some((log) => existsSync(log))) {
        if (Date.now() - saved > LONG) throw new Red("the browser goes on behind a torn log");
        await wait(10);
      }
      walk.figures.logs.push(Math.max(0, Date.now() - saved));
      await kill(walk);
      await comeBack(walk);
    },
  },

  close: {
    async strike(walk, { way }) {
      walk.measure(Date.now());
      walk.gone = true;
      await walk.seat.close(way);
    },
    mend: comeBackAtEnd,
  },

  // The phone closes the connection, as it does behind a page that is out of sight.
  base: {
    async strike(walk) {
      walk.measure(Date.now());
      const count = await walk.form.page.evaluate(() => {
        const open = globalThis.ruhuBases.splice(0);
        open.forEach((base) => base.close());
        return open.length;
      });
      if (count === 0) throw new Error("the page has no base that could be closed");
    },
    async mend(walk, { last }) {
      await walk.typeOne(last);
      await walk.isSaved("after the base was closed");
      const count = await walk.form.page.evaluate(() => globalThis.ruhuBases.length);
      if (count === 0) throw new Red("called saved, and no base was opened again");
    },
  },

  quota: {
    async strike(walk) {
      walk.measure(Date.now());
      await walk.form.page.evaluate(fill);
    },
    async mend(walk, { last, way }) {
      const { form, history } = walk;
      let key;
      let value;
      // What was on its way when the disk became full may make room again.
      for (let tries = 0; ; tries += 1) {
        const count = history.changes.length;
        [key, value] = await walk.typeOne(last);
        await walk.until(
          () => history.mark === "unsaved" || history.claimed > count,
          () => `the disk is full and the mark says ${history.mark}`,
        );
        if (history.mark === "unsaved") break;
        if (tries === 8) throw new Error("the disk could not be filled");
        await form.page.evaluate(fill);
      }
      const now = await form.glance();
      await walk.judge(now, "glance");
      if (now.values[key] !== value) throw new Red(`the disk is full, and ${value} is gone`);
      walk.isSmall = false;
      if (way) {
        await kill(walk);
        await comeBack(walk);
      } else {
        await walk.seat.quota();
      }
    },
  },

  // A newer build: taken by a tap in the moment after a key, or by itself later.
  update: {
    async strike(walk) {
      walk.measure(Date.now());
      walk.isNewer = await registration(walk.form.page, "active");
      walk.host.renew();
      await registration(walk.form.page, "update");
    },
    async mend(walk, { last, way }) {
      const { form } = walk;
      let isOffered = walk.isNewer && way;
      if (isOffered) {
        await walk.typeOne(last);
        await form.home();
        isOffered = await form.isOffered(20_000);
        if (!isOffered) walk.figures.unoffered += 1;
      }
      if (isOffered) {
        await walk.opens(async () => {
          await form.offer.click();
          await walk.isAnew();
        });
        walk.figures.newer += 1;
      } else {
        walk.gone = true;
        await walk.seat.close(true);
        await comeBack(walk);
      }
    },
  },

  // A second tab sees what the first has saved, and takes nothing from it.
  tab: {
    async strike(walk, { way }) {
      walk.measure(Date.now());
      // Whoever looks at another tab does not type into this one.
      walk.stop = true;
      await walk.typing;
      const second = await walk.second();
      await walk.judge(await second.glance(), "glance");
      if (way) await second.page.close();
      await walk.form.page.bringToFront();
    },
  },

  // Two tabs of which each is typed into: only where the form keeps them apart.
  writers: {
    async strike(walk) {
      walk.stop = true;
      await walk.typing;
      const second = await walk.second();
      await walk.form.page.bringToFront();
      await walk.typeOne("乙2");
      await walk.isSaved("beside a second tab");
      await second.page.bringToFront();
      await second.enter(0);
      await wait(1000);
      await kill(walk);
    },
    mend: (walk) => comeBack(walk),
  },

  clock: {
    async strike(walk) {
      const { page } = walk.form;
      walk.measure(Date.now());
      await walk.seat.setBack(month);
      await page.evaluate(setBack, month);
      await isBack(page);
    },
    // The next opening asks for the day.
    async mend(walk) {
      await walk.isUsable("甲1");
      const asked = await isBack(walk.form.page);
      if (asked === 0) throw new Error("the form never asked the clock that was set back");
    },
  },

  network: {
    async strike(walk) {
      walk.measure(Date.now());
      await walk.host.stop();
    },
    async mend(walk, { last }) {
      const { page } = walk.form;
      await walk.typeOne(last);
      await walk.isSaved("without a network");
      if (walk.browser.opensOffline && await registration(page, "active")) {
        await walk.opens(() => page.reload({ waitUntil: "commit" }));
        walk.figures.offline += 1;
      }
      await walk.host.again();
    },
  },
};

// The page's clock is back by a month; how often the page has asked it.
async function isBack(page) {
  const [now, day, asked] = await page.evaluate(() => {
    const { Date: Here } = window;
    return [Here.now(), new Here().getTime(), window.ruhuAsked];
  });
  const limit = Date.now() - (month - 1) * 86_400_000;
  if (now > limit || day > limit) throw new Error("the clock was not set back");
  return asked - 2;
}

export const strike = (walk, round) => all[round.fault].strike(walk, round);
export const mend = (walk, round) => all[round.fault].mend?.(walk, round);
export const hasQuota = (plan) => plan.rounds.some(({ fault }) => fault === "quota");
export { disk };
