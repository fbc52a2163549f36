// A Chromium of our own making, so that all of it can be killed in one blow: real
// processes, a real profile folder, and a line to it through its own debugging port.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { chromium } from "playwright-core";

const program = process.env.RUHU_CHROMIUM ?? "/usr/bin/chromium";
const words = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--disable-default-apps", "--disable-extensions", "--disable-breakpad", "--mute-audio",
  "--password-store=basic", "--lang=zh-CN", "--window-size=1280,800",
  "--remote-debugging-port=0",
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
process.on("exit", () => {
  for (const { child, isUp } of open) if (isUp) process.kill(-child.pid, "SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

export class Browser {
  async start() {
    open.add(this);
    this.folder ??= await mkdtemp(join(tmpdir(), "ruhu-durability-"));
    // A process group of its own: its number is the first process's.
    this.child = spawn(program, [...words, `--user-data-dir=${this.folder}`, "about:blank"], {
      detached: true, stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, TZ: "Asia/Shanghai" },
    });
    const line = await address(this.child);
    this.line = await chromium.connectOverCDP(line, { noDefaults: true });
    this.context = this.line.contexts()[0];
    this.context.setDefaultTimeout(30_000);
    return this;
  }

  get isUp() {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  // SIGKILL for every process of it; none of them gets another turn.
  async kill() {
    const group = this.child.pid;
    const at = Date.now();
    try {
      process.kill(-group, "SIGKILL");
    } catch (why) {
      if (why.code !== "ESRCH") throw why;
    }
    while (this.isUp || isAlive(group)) await wait(5);
    return at;
  }

  async end() {
    if (this.child) await this.kill();
    open.delete(this);
    if (this.folder) await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
    this.folder = undefined;
  }
}
