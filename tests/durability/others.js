// Firefox and WebKitGTK, by WebDriver. It has no way to look into a page before its own
// scripts run, nor to be told anything: so the build that they are given has the watcher
// in it, which tells a server of the suite's own.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { renew } from "../journeys/host.js";
import { endGroup, keep } from "./browser.js";
import { setBack } from "./watch.js";
import { Session } from "./webdriver.js";

const miniBrowser = [
  "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
  "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
].find(existsSync);

// Composing and a full disk cannot be brought about by WebDriver; and a WebKitGTK that is
// driven keeps nothing on the disk, so that a killed one has nothing to come back to.
const kinds = {
  firefox: {
    faults: ["kill", "close", "base", "update", "tab", "clock", "network"],
    program: process.env.RUHU_GECKODRIVER ?? "geckodriver",
    words: (port) => ["--port", `${port}`, "--websocket-port", `${port + 1}`],
    capabilities: (folder) => ({
      "moz:firefoxOptions": { args: ["-headless", "-profile", folder] },
    }),
  },
  webkit: {
    faults: ["close", "base", "update", "tab", "clock", "network"],
    program: "WebKitWebDriver",
    words: (port) => [`--port=${port}`],
    capabilities: () => ({
      "webkitgtk:browserOptions": { binary: miniBrowser, args: ["--automation"] },
    }),
  },
};

// What the watchers of all pages tell, by the port that their page came from.
const hearers = new Map();
const waiting = new Map();
const ear = createServer(async (request, reply) => {
  let text = "";
  for await (const part of request) text += part;
  reply.end();
  if (text) sort(JSON.parse(text));
});

// Requests overtake each other; what was told first is heard first.
function sort([port, doc, number, payload]) {
  const key = `${port} ${doc}`;
  const line = waiting.get(key) ?? { next: 0, held: new Map() };
  waiting.set(key, line);
  line.held.set(number, payload);
  for (let next; (next = line.held.get(line.next)) !== undefined; line.next += 1) {
    line.held.delete(line.next);
    hearers.get(port)?.(next);
  }
}

function speak(to) {
  let number = 0;
  globalThis.ruhuTells = (payload) => {
    const body = JSON.stringify([location.port, performance.timeOrigin, number, payload]);
    number += 1;
    fetch(to, { method: "POST", mode: "no-cors", keepalive: true, body }).catch(() => {});
  };
  globalThis.ruhuBack = (set) => {
    const days = Number(localStorage.getItem("ruhuBack"));
    if (days) set(days);
  };
}

// The same build with the watcher in it, allowed to speak to the suite's own server.
export async function watched(files, script) {
  await new Promise((done) => ear.listen(0, "127.0.0.1", done));
  ear.unref();
  const to = `http://127.0.0.1:${ear.address().port}`;
  const text = `(${speak})("${to}/");\nruhuBack(${setBack});\n${script}`;
  const print = createHash("sha256").update(text).digest("hex").slice(0, 10);
  const name = `watch.${print}.js`;
  const page = files.get("index.html");
  const opened = (key) => page.headers.get(key)?.replace("connect-src", `connect-src ${to}`);
  const made = new Map(files);
  made.set("index.html", { ...page, headers: { get: opened } });
  const { headers } = [...files].find(([other]) => other.startsWith("app."))[1];
  made.set(name, { headers, bytes: Buffer.from(text) });
  return renew(made, {
    "index.html": (html) => html.replace("<script", `<script src="${name}"></script>\n  <script`),
  });
}

let screen;

// WebKitGTK has no way to draw without a screen: one that nobody sees.
function display() {
  screen ??= new Promise((found, failed) => {
    const words = ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"];
    const child = spawn("Xvfb", words, { stdio: ["ignore", "pipe", "ignore"], detached: true });
    keep({ child });
    child.once("error", failed);
    child.stdout.once("data", (number) => found(`:${`${number}`.trim()}`));
  });
  return screen;
}

let nextPort = 20_000 + (process.pid % 10_000);

export const can = (kind) => kinds[kind].faults;

export class Other {
  constructor(kind) {
    this.kind = kinds[kind];
    this.isWebKit = kind === "webkit";
    // A page that Firefox's driver reloads does not come from the worker.
    this.opensOffline = this.isWebKit;
  }

  async start() {
    this.folder ??= await mkdtemp(join(tmpdir(), "ruhu-durability-"));
    nextPort += 2;
    const env = { ...process.env, TZ: "Asia/Shanghai", LANG: "C.UTF-8" };
    if (this.isWebKit) env.DISPLAY = await display();
    this.child = spawn(this.kind.program, this.kind.words(nextPort), {
      detached: true, stdio: "ignore", env,
    });
    this.child.on("error", () => {});
    keep(this);
    const driver = `http://127.0.0.1:${nextPort}`;
    for (let tries = 0; ; tries += 1) {
      const isUp = await fetch(`${driver}/status`).then((answer) => answer.ok, () => false);
      if (isUp) break;
      if (tries === 100) throw new Error(`${this.kind.program} does not start: install it`);
      await wait(100);
    }
    this.session = await new Session(driver).begin(this.kind.capabilities(this.folder));
    return this;
  }

  get isUp() {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  async tab({ hear, host }) {
    hearers.set(`${host.port}`, hear);
    const page = await this.session.open();
    await page.bringToFront();
    return {
      page,
      key: (sign) => page.keyboard.press(sign),
      close: () => page.close(),
      setBack: (days) => page.evaluate((word) => localStorage.setItem("ruhuBack", word), days),
    };
  }

  async plain() {
    const page = await this.session.open();
    await page.bringToFront();
    return page;
  }

  async tidy() {
    const { session } = this;
    const all = await session.command(session.home, "GET", "/window/handles");
    const others = all.filter((handle) => handle !== session.home);
    for (const handle of others) await session.command(handle, "DELETE", "/window");
    session.window = undefined;
  }

  async kill() {
    const at = Date.now();
    await endGroup(this);
    // What was sent before the end is still on its way.
    await wait(50);
    return at;
  }

  async end() {
    if (this.child) await endGroup(this);
    if (this.folder) await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
    this.folder = undefined;
  }
}
