// Three days without a network: two households, a dead battery, and everything handed over.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { chromium } from "playwright-core";
import { Desk, age, county } from "./desk.js";
import { Form } from "./form.js";
import { url } from "./address.js";
import { Words } from "./words.js";

const pin = "187918";

// A phone of somebody's own: what it keeps outlives its browser.
class Phone {
  isPhone = false;
  url = url;

  async start() {
    this.folder ??= await mkdtemp(join(tmpdir(), "ruhu-phone-"));
    this.context = await chromium.launchPersistentContext(this.folder, {
      executablePath: process.env.RUHU_CHROMIUM ?? "/usr/bin/chromium",
      viewport: { width: 360, height: 640 },
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      args: [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
      ],
    });
    this.context.setDefaultTimeout(15_000);
    return this;
  }

  async visit() {
    const page = await this.context.newPage();
    await page.goto(url);
    return new Form(page, new Words("zh-CN"), this);
  }

  // Every process of this browser at once, without a word of warning.
  async dies() {
    const its = () => readdirSync("/proc").filter((name) => /^\d+$/.test(name)).filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(this.folder);
      } catch {
        return false;
      }
    });
    for (const pid of its()) {
      try {
        process.kill(Number(pid), "SIGKILL");
      } catch (why) {
        if (why.code !== "ESRCH") throw why;
      }
    }
    while (its().length > 0) await wait(20);
  }

  async end() {
    await this.context.close();
    await rm(this.folder, { recursive: true });
  }

  async picture() {}
}

async function unlock(form) {
  await form.isAt(form.words.ui("locked"));
  await form.box("pin").fill(pin);
  await form.page.keyboard.press("Enter");
}

// Opens the file at the office's own device, and puts all of it into the list.
async function takeAll(form, office, file) {
  const desk = new Desk(form);
  await desk.open(file.name, file.bytes);
  await desk.box("identity").fill(office.secret);
  await desk.press("unseal");
  assert.equal((await desk.inside()).length, 2);
  await desk.press("take_all");
  await desk.place.waitFor({ state: "detached" });
  await form.isListed();
}

test("three days without a network, a dead battery, and all of it handed over", { timeout: 180_000 }, async () => {
  const phone = await new Phone().start();
  const second = await new Phone().start();
  try {
    const office = await county(phone);
    let form = await phone.visit();
    await form.isOffline("ready");
    await phone.context.setOffline(true);
    await form.list();
    await form.press(form.main.getByText(form.words.ui("pin_set"), { exact: true }));
    await form.box("pin_new").fill(pin);
    await form.box("pin_again").fill(pin);
    await form.pressButton("pin_keep");
    await form.main.getByText(form.words.ui("lock_on")).waitFor();
    await form.press(form.button(form.words.ui("new")));
    await form.isAt(form.words.ui("title"));
    await form.household("甲", "东村");
    await form.startAnew();
    await form.household("乙", "西村");

    await phone.dies();
    await phone.start();
    await phone.context.setOffline(true);
    form = await phone.visit();
    await unlock(form);
    await form.list();
    await form.areListed(["乙", "甲"]);
    await form.openVisit("甲");
    await form.goTo("visit");
    assert.equal(await form.value("village"), "东村");
    await form.check();
    await form.pressButton("finish");
    await form.pressButton("finish_anyway");
    await form.main.locator("#finished").waitFor();
    await form.list();
    const desk = new Desk(form);
    await form.pressButton("give_all");
    await desk.press("by_key");
    await desk.box("county").fill(office.key);
    const file = await desk.make();

    const text = age(["-d", "-i", office.file], file.bytes).toString();
    const { records } = JSON.parse(text);
    const named = ({ lists }) => lists.member.rows[0].answers.member_name;
    assert.deepEqual(records.map(named).sort(), ["乙", "甲"]);
    assert.ok(records.find((record) => named(record) === "甲").finished.hash);

    const there = await second.visit();
    await there.isReady();
    await takeAll(there, office, file);
    await there.until(async () => assert.equal(await there.lines.count(), 2));
    for (const name of ["甲", "乙"]) await there.line(name).waitFor();
    // The same file again brings nothing.
    await takeAll(there, office, file);
    await there.until(async () => assert.equal(await there.lines.count(), 2));
    await there.openVisit("乙");
    await there.goTo("visit");
    assert.equal(await there.value("village"), "西村");
  } finally {
    await phone.end();
    await second.end();
  }
});
