// One run: a person with one device, who types as the plan says while things go wrong.
import { setTimeout as wait } from "node:timers/promises";
import { disk, hasQuota, mend, strike } from "./faults.js";
import { History } from "./history.js";
import { Form } from "./page.js";
import { Late, Red } from "./red.js";
import { drop, hand, late, watch } from "./watch.js";

const sabotages = { drop, late };
const patience = 5000;

// What the page is given before its own scripts: the watcher, and what spoils it.
export function scriptOf(sabotage) {
  const spoil = sabotages[sabotage];
  return [
    Form.script, `(${hand})();`, spoil ? `(${spoil})();` : "",
    `(${watch})(globalThis.ruhuLooks);`,
  ].join("\n");
}

export class Walk {
  constructor({ browser, host, plan, sabotage, figures }) {
    Object.assign(this, { browser, host, plan, figures });
    this.history = new History();
    this.touched = new Set();
    this.isSmall = hasQuota(plan);
    this.script = scriptOf(sabotage);
  }

  // A tab that tells what it shows; what it told before its end is kept.
  async tab() {
    this.seat = await this.browser.tab({
      script: this.script,
      host: this.host,
      room: this.isSmall && disk,
      isPhone: this.plan.isPhone,
      hear: (payload) => {
        const event = JSON.parse(payload);
        if (event[0] === "thrown") this.figures.thrown.push(event[3]);
        this.history.hear(event);
        this.heard?.();
      },
    });
    this.form = new Form(this.seat.page);
  }

  // Another tab of the same device, on which nobody looks on.
  async second() {
    const form = new Form(await this.browser.plain(Form.script), true);
    await form.open(this.host.url);
    return form;
  }

  async go() {
    await this.tab();
    await this.form.open(this.host.url);
    this.count = await this.form.sections();
    this.history.begin(...await this.read());
    for (const round of this.plan.rounds) await this.round(round);
    this.figures.waits.push(...this.history.waits);
    this.figures.stales.push(...this.history.stales);
    this.figures.controls.push(...this.history.controls.map(({ began, at }) => at - began));
    this.figures.lags.push(...this.history.lags.map(([, lag]) => lag).filter(Boolean));
    await this.browser.tidy();
  }

  async read() {
    const found = await this.form.readAll(this.touched);
    this.figures.missed += found.missed;
    return [found.doc, found];
  }

  async round(round) {
    this.gone = false;
    this.enough = false;
    await this.enter(round.section);
    this.stop = false;
    this.typing = this.acts(round.acts).catch((why) => {
      // Whoever types on a page that is gone finds nothing there.
      if (!this.gone) throw why;
    });
    const fault = wait(round.at).then(() => {
      this.enough = true;
      return strike(this, round);
    });
    const [typed, failed] = await Promise.allSettled([this.typing, fault]);
    if (failed.reason) throw failed.reason;
    if (typed.reason) throw typed.reason;
    this.figures.faults[round.fault] = (this.figures.faults[round.fault] ?? 0) + 1;
    await mend(this, round);
    await this.isUsable(round.last);
  }

  async enter(fraction) {
    const section = Math.floor(fraction * this.count);
    this.touched.add(section);
    await this.form.enter(section);
  }

  // The fault comes about now: how much is typed that the screen has not called saved.
  measure(at) {
    // Where nothing can be saved, the mark says so.
    if (this.history.mark === "unsaved") return;
    const span = this.history.unsaved(at);
    this.figures.unsaved.push(span);
    this.faultAt = at;
    // While keys follow each other, the mark may go on saying that it is saving.
    const last = this.history.changes.at(-1);
    const isIdle = last && span > 0 && at - last.at > 400;
    if (isIdle && this.history.couldBeSaved(last, at, 100)) {
      throw new Late(`the last key is ${Math.round(at - last.at)} ms ago and not called saved`);
    }
  }

  // How much of what was typed before the end is not there again.
  measureLoss(reached) {
    const first = this.history.changes[reached];
    const lost = first ? Math.max(0, this.faultAt - first.at) : 0;
    this.figures.lost.push(lost);
    if (lost > 400 && this.history.couldBeSaved(first, this.faultAt, 100)) {
      throw new Late(`what was typed ${Math.round(lost)} ms before the end is gone`);
    }
  }

  // ---- what a person does

  async acts(acts) {
    for (const act of acts) {
      if (this.enough) return;
      await this.act(act);
    }
  }

  async act(act) {
    const { form, history } = this;
    if (act.do === "go") return this.enter(act.section);
    if (act.do === "year") return this.year(act);
    if (act.do === "add" || act.do === "remove") {
      const list = await form.list();
      const rows = list && history.now.rows.get(list);
      if (!rows) return undefined;
      return act.do === "add" ? this.add(list, act) : this.remove(list, rows, act);
    }
    const isText = ({ kind }) => kind === "text" || kind === "number";
    const all = await form.controls();
    const fitting = all.filter((one) => isText(one) === (act.do === "type"));
    const control = fitting[Math.floor(act.pick * fitting.length)];
    if (!control) return undefined;
    return act.do === "type" ? this.type(control, act) : this.choose(control, act);
  }

  async add(list, act) {
    this.history.intend({ list });
    await this.form.add(list);
    await wait(act.wait);
  }

  async remove(list, rows, act) {
    if (rows.length === 0) return;
    const index = Math.floor(act.pick * rows.length);
    const remove = await this.form.removal(list, index);
    this.history.intend({ list, rows: rows.filter((_, at) => at !== index) });
    await remove();
    await wait(act.wait);
  }

  async year(act) {
    const [year, choose] = await this.form.year(act.pick);
    this.history.intend({ key: "year", value: year });
    await choose(year);
    await this.appears("year", year);
    await wait(act.wait);
  }

  async choose(control, act) {
    const { value, give } = await this.form.option(control, act.option);
    this.history.intend({ key: control.key, value });
    await give();
    await wait(act.wait);
  }

  async type(control, { how, signs, digits, anew }) {
    const { form, history } = this;
    const { page } = form;
    await form.focus(control);
    let value = history.value(control.key);
    if (anew && value) {
      value = "";
      await page.keyboard.press("Control+A");
      history.intend({ key: control.key, value });
      await page.keyboard.press("Delete");
      await this.appears(control.key, value);
    }
    const all = control.kind === "text"
      ? signs : digits.map((digit, at) => [digit, signs[at]?.[1] ?? 0]);
    for (const [sign, pause] of all) {
      if (this.gone || this.stop) return value;
      value += sign;
      history.intend({ key: control.key, value });
      await this.seat.key(sign, how);
      await this.appears(control.key, value);
      await wait(pause);
    }
    return value;
  }

  // ---- waiting and comparing

  async until(holds, why, within = patience) {
    const end = Date.now() + within;
    while (!holds()) {
      if (Date.now() > end) throw new Late(why());
      await Promise.race([wait(50), new Promise((done) => { this.heard = done; })]);
    }
  }

  appears(key, value) {
    const { history } = this;
    return this.until(
      () => this.gone || history.value(key) === value,
      () => `typed ${value} into ${key}, and it holds ${history.value(key)}`,
    );
  }

  isSaved(why) {
    const { history } = this;
    return this.until(
      () => history.mark === "saved" && history.claimed === history.changes.length,
      () => `${why}: never called saved, the mark says ${history.mark}`,
    );
  }

  // Types one thing into the form as it is.
  async typeOne(text) {
    this.stop = false;
    let found = await this.text();
    if (!found) {
      await this.enter(0);
      found = await this.text();
    }
    const signs = [...text].map((sign) => [sign, 0]);
    const digits = [text.at(-1)];
    const value = await this.type(found, { how: "keys", signs, digits });
    return [found.key, value];
  }

  async text() {
    const all = await this.form.controls();
    return all.find(({ kind }) => kind === "text") ?? all.find(({ kind }) => kind === "number");
  }

  // After a fault a person can go on: what is typed is saved, and is there again.
  async isUsable(text) {
    await this.typeOne(text);
    await this.isSaved("after the fault");
    await this.opens(() => this.form.page.reload({ waitUntil: "commit" }));
  }

  // The page has been left for another document.
  async isAnew() {
    const { doc } = this.history;
    const origin = () => this.form.page.evaluate(() => performance.timeOrigin);
    const end = Date.now() + 30_000;
    while ([doc, undefined].includes(await origin().catch(() => undefined))) {
      if (Date.now() > end) throw new Late("the newer build was taken, and does not come");
      await wait(20);
    }
  }

  // What is read after this is what it was when the page was left, or the run is red.
  async opens(leave, how) {
    await leave();
    this.history.end();
    await this.form.isReady();
    // Before anything is tapped, which may write.
    const there = await this.form.inventory().catch((why) => why.message);
    const [doc, found] = await this.read();
    await this.judge({ ...found, there }, how);
    this.history.begin(doc, found);
    this.count = await this.form.sections();
  }

  async judge(found, how) {
    const { isThere, claimed, nearest, reached } = this.history.compare(found, how);
    this.figures.compared += 1;
    if (!isThere) {
      throw Object.assign(new Red("lost"), { claimed, nearest, there: found.there });
    }
    if (how === "end") this.measureLoss(reached);
  }
}
