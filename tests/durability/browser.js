// A Chromium of our own making, so that all of it can be killed in one blow: real
// processes, a real profile folder, and a line to it through its own debugging port.
import { spawn } from "node:child_process";
import { appendFileSync, readFileSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { chromium } from "playwright-core";
import { setBack } from "./watch.js";

const program = process.env.RUHU_CHROMIUM ?? "/usr/bin/chromium";
const words = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--disable-default-apps", "--disable-extensions", "--disable-breakpad", "--mute-audio",
  "--password-store=basic", "--lang=zh-CN", "--window-size=1280,800",
  "--remote-debugging-port=0",
  // What the address bar would show is a page of its own, and half the price of a start.
  "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
];

function address(child) {
  return new Promise((found, failed) => {
    let said = "";
    child.stderr.on("data", (part) => {
      said += part;
      const line = /DevTools listening on (ws:\S+)/.exec(said);
      if (line) found(line[1]);
    });
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`the browser ended (${code}): ${said}`)));
  });
}

// Whether a process of a group still runs; those that only wait to be buried do not.
function isAlive(group) {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.some((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const [state, , its] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return Number(its) === group && state !== "Z" && state !== "X";
    } catch {
      return false;
    }
  });
}

// Whoever ends the suite ends its browsers.
const open = new Set();
export const keep = (browser) => open.add(browser);
process.on("exit", () => {
  for (const { child } of open) {
    const isUp = child?.exitCode === null && child.signalCode === null;
    if (isUp) process.kill(-child.pid, "SIGKILL");
  }
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

// SIGKILL for every process of it; none of them gets another turn.
export async function endGroup(browser) {
  const group = browser.child.pid;
  // It may not have come to be.
  if (group === undefined) return;
  try {
    process.kill(-group, "SIGKILL");
  } catch (why) {
    if (why.code !== "ESRCH") throw why;
  }
  while (browser.isUp || isAlive(group)) await wait(5);
  open.delete(browser);
}

export class Browser {
  opensOffline = true;

  async start() {
    keep(this);
    this.folder ??= await mkdtemp(join(tmpdir(), "ruhu-durability-"));
    // A process group of its own: its number is the first process's.
    this.child = spawn(program, [...words, `--user-data-dir=${this.folder}`, "about:blank"], {
      detached: true, stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, TZ: "Asia/Shanghai" },
    });
    this.line = await chromium.connectOverCDP(await address(this.child), { noDefaults: true });
    this.context = this.line.contexts()[0];
    this.context.setDefaultTimeout(30_000);
    return this;
  }

  get isUp() {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  // A tab in which the watcher looks on and is heard; it may have little room on the disk.
  async tab({ script, hear, host, room, isPhone }) {
    const page = await this.context.newPage();
    const cdp = await this.context.newCDPSession(page);
    cdp.on("Runtime.bindingCalled", ({ name, payload }) => {
      if (name === "ruhuTells") hear(payload);
    });
    await cdp.send("Runtime.enable");
    await cdp.send("Runtime.addBinding", { name: "ruhuTells" });
    const { origin } = new URL(host.url);
    const quota = (quotaSize) => cdp.send("Storage.overrideQuotaForOrigin", { origin, quotaSize });
    if (room) await quota(room);
    await page.addInitScript({ content: script });
    if (isPhone) await page.setViewportSize({ width: 360, height: 640 });
    return {
      page,
      quota,
      key: (sign, how) => key(cdp, page, sign, how),
      async close(runBeforeUnload) {
        const closed = page.waitForEvent("close");
        await page.close({ runBeforeUnload });
        await closed;
      },
      setBack: (days) => page.addInitScript({ content: `(${setBack})(${days})` }),
    };
  }

  // Another tab, in which nobody looks on.
  async plain(script) {
    const page = await this.context.newPage();
    await page.addInitScript({ content: script });
    return page;
  }

  async tidy() {
    for (const page of this.context.pages().slice(1)) await page.close();
  }

  async kill() {
    const closed = new Promise((done) => this.line.once("disconnected", done));
    const at = Date.now();
    await endGroup(this);
    // What the page had told by then is still on the line.
    await closed;
    return at;
  }

  // The base's own log ends within a record, as if the battery had died while it was
  // written: a head that promises 500 bytes, and 20 of them. Those logs are given back.
  tear({ port }) {
    const of = `_${port}.indexeddb.leveldb`;
    const all = readdirSync(this.folder, { recursive: true });
    const logs = all.filter((name) => name.includes(of) && name.endsWith(".log"));
    if (logs.length === 0) throw new Error("the profile has no log that could be torn");
    const half = Buffer.alloc(27);
    half.writeUInt16LE(500, 4);
    half[6] = 1;
    const torn = logs.map((name) => join(this.folder, name));
    for (const log of torn) appendFileSync(log, half);
    return torn;
  }

  async end() {
    if (this.child) await endGroup(this);
    if (this.folder) await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
    this.folder = undefined;
  }
}

// A digit by its key; a Chinese character by a key that means it, or composed.
async function key(cdp, page, sign, how) {
  if (/\d/.test(sign)) return page.keyboard.press(sign);
  if (how === "keys") {
    await cdp.send("Input.dispatchKeyEvent", { type: "keyDown", key: sign, text: sign });
    return cdp.send("Input.dispatchKeyEvent", { type: "keyUp", key: sign });
  }
  for (const text of ["m", "mu"]) {
    const end = text.length;
    await cdp.send("Input.imeSetComposition", { text, selectionStart: end, selectionEnd: end });
    await wait(5);
  }
  return cdp.send("Input.insertText", { text: sign });
}
