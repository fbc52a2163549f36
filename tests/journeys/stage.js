// Where a journey takes place: one browser a file, a fresh device a journey, two sizes.
// Whatever the form asks of the network, and whatever it complains of, is written down and
// held against it at the end of every journey.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { url } from "./address.js";
import { Form } from "./form.js";
import { Words, root } from "./words.js";

const sizes = {
  phone: { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true },
  desk: { viewport: { width: 1280, height: 800 } },
};

const pictures = fileURLToPath(new URL("target/journeys/", root));
mkdirSync(pictures, { recursive: true });

// How a browser is started here.
export const args = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

let browser;

async function open() {
  browser ??= chromium.launch({
    executablePath: process.env.RUHU_CHROMIUM ?? "/usr/bin/chromium",
    args,
  });
  return browser;
}

after(async () => (await browser)?.close());

// One person with one device.
class Device {
  constructor(name, size, host) {
    this.name = name;
    this.size = size;
    this.url = host?.url ?? url;
    this.host = host;
    this.isPhone = size === "phone";
    this.complaints = [];
    this.provoked = [];
  }

  // Its screen, for whoever opens another device of the kind.
  get look() {
    return sizes[this.size];
  }

  async start() {
    // Files that are handed to the form; it reads them when it likes.
    this.folder = await mkdtemp(join(tmpdir(), "ruhu-"));
    const one = await open();
    this.context = await one.newContext({
      ...sizes[this.size],
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      reducedMotion: "reduce",
      ...(this.host?.isProxy && {
        proxy: { server: new URL(this.url).origin, bypass: "<-loopback>" },
      }),
    });
    this.context.setDefaultTimeout(10_000);
    this.context.on("request", (request) => {
      const to = request.url();
      const isOwn = to.startsWith(this.url) || to.startsWith("data:") || to.startsWith("blob:");
      if (!isOwn) this.complaints.push(`a request to ${to}`);
    });
    this.context.on("response", (response) => {
      if (response.status() >= 400) {
        this.complaints.push(`${response.status()} ${response.url()}`);
      }
    });
    this.context.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        this.complaints.push(`console ${message.type()}: ${message.text()}`);
      }
    });
    this.context.on("weberror", (error) => this.complaints.push(`thrown: ${error.error()}`));
    await this.context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
  }

  async end() {
    await this.context.close();
    await rm(this.folder, { recursive: true });
  }

  // A tab with the form in it, as if typed into the address bar.
  async visit(language = "zh-CN", end = "") {
    const page = await this.context.newPage();
    const form = new Form(page, new Words(language), this);
    await page.goto(this.url + end);
    await form.isReady();
    return form;
  }

  // Empties the cache of the browser itself, which would answer in the worker's place.
  async forgetCache() {
    const session = await this.context.newCDPSession(this.context.pages()[0]);
    await session.send("Network.clearBrowserCache");
    await session.detach();
  }

  // Takes the offline worker off the device, with all it has kept of the form's files.
  async forgetWorker(page) {
    await page.evaluate(async () => {
      const all = await navigator.serviceWorker.getRegistrations();
      await Promise.all(all.map((one) => one.unregister()));
      await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
    });
    await this.forgetCache();
  }

  // Stops the workers, as the browser does when they have had nothing to do for a while.
  async restWorkers() {
    const session = await this.context.newCDPSession(this.context.pages()[0]);
    await session.send("ServiceWorker.enable");
    await session.send("ServiceWorker.stopAllWorkers");
    await session.detach();
  }

  // What a journey provoked on purpose is no complaint of the page's, however late it comes.
  forgive(pattern) {
    this.provoked.push(pattern);
  }

  // Where a person can look at what a step left behind.
  file(step, kind) {
    return `${pictures}${this.name}-${this.size}-${step}.${kind}`;
  }

  async picture(page, step, options = {}) {
    if (options.fullPage) await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: this.file(step, "png"), ...options });
  }
}

// A journey, once with a phone and once at a desk; at a host of its own, where it has one.
export function journey(name, title, walk, hosted) {
  for (const size of Object.keys(sizes)) {
    test(`${title} (${size})`, { timeout: 120_000 }, async () => {
      const host = await hosted?.();
      const device = new Device(name, size, host);
      await device.start();
      try {
        await walk(device, await device.visit());
      } catch (error) {
        const page = device.context.pages().at(-1);
        if (page) await device.picture(page, "failed").catch(() => {});
        const text = await page?.locator("body").innerText({ timeout: 1000 }).catch(() => "");
        throw new Error(`The page said: ${text?.slice(0, 800)}`, { cause: error });
      } finally {
        await device.end();
        await host?.stop();
      }
      const isProvoked = (one) => device.provoked.some((pattern) => pattern.test(one));
      const complaints = device.complaints.filter((one) => !isProvoked(one));
      assert.deepEqual(complaints, [], "the page asked or complained of something");
    });
  }
}
