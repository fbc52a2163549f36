// All that the suite knows of how the form looks; when the form changes, this file follows.
import { setTimeout as wait } from "node:timers/promises";
import { Words } from "../journeys/words.js";
import { Red } from "./red.js";

// Whether two tabs may be typed into without one taking from the other.
export const keepsTabsApart = true;

const words = new Words("zh-CN");
const said = Object.fromEntries(
  [["saved", "saved"], ["saving", "saving"], ["not_saved", "unsaved"]]
    .map(([key, is]) => [words.ui(key), is]),
);

// Runs inside the page: what the mark says, and what stands in the boxes on the screen.
export function looks(marks) {
  const rowOf = (element) => {
    const head = element.closest(".card")?.querySelector(".card-head");
    return head && /^row-(.*)-(\d+)$/.exec(head.id);
  };
  const keyOf = (element) => {
    const row = rowOf(element);
    if (!row) return element.id;
    const [, list, number] = row;
    return `${list}/${number}/${element.id.slice(0, -number.length - 1)}`;
  };
  const valueOf = (element) => {
    if (element.role !== "group") return element.value;
    return element.querySelector('[aria-pressed="true"]')?.textContent ?? "";
  };
  const controls = 'main .box[id], main [role="group"][id]:not(.summary)';
  return {
    mark() {
      const all = document.querySelectorAll('main .kept[role="status"]');
      const element = [...all].find((one) => one.textContent in marks);
      return { element, says: element && marks[element.textContent] };
    },
    scan(composing) {
      const values = {};
      for (const element of document.querySelectorAll(controls)) {
        const isHalf = composing?.element === element;
        values[keyOf(element)] = isHalf ? composing.value : valueOf(element);
      }
      const rows = {};
      for (const add of document.querySelectorAll("main .list-foot > .add")) {
        const heads = add.closest("section").querySelectorAll(".card-head");
        rows[add.id.slice("add-".length)] = [...heads].map((head) => Number(rowOf(head)[2]));
      }
      return { values, rows };
    },
    key: keyOf,
    // What is on the screen as it is, and which facts the form holds.
    now() {
      const record = JSON.parse(globalThis.ruhu.record());
      const rows = Object.values(record.lists ?? {}).flatMap((list) => list.rows);
      const answers = [record.answers, ...rows.map((row) => row.answers)];
      const held = answers.flatMap((one) => Object.keys(one ?? {}));
      return { ...this.scan(), held, mark: this.mark().says, doc: performance.timeOrigin };
    },
  };
}

// Runs inside the page: every value of some sections, each row opened in its turn.
async function readAll(sections) {
  const look = globalThis.ruhuLooks;
  const turn = () => new Promise((done) => { setTimeout(done); });
  const all = { values: {}, rows: {}, missed: 0 };
  // A tap that is not followed is counted, and made again, as a person would.
  const tap = async (what, holds) => {
    for (const end = performance.now() + 10_000; !holds();) {
      if (performance.now() > end) throw new Error(`the form does not follow: ${holds}`);
      what().click();
      const soon = performance.now() + 1500;
      while (!holds() && performance.now() < soon) await turn();
      if (!holds()) all.missed += 1;
    }
  };
  const find = (what) => document.querySelector(what);
  const home = () => tap(() => find(".top-line .quiet"), () => find("#year"));
  const note = () => {
    const { values, rows } = look.scan();
    Object.assign(all.values, values);
    Object.assign(all.rows, rows);
  };
  await home();
  note();
  for (const section of sections) {
    await home();
    await tap(() => document.querySelectorAll(".task")[section], () => !find("#year"));
    note();
    for (const { id } of document.querySelectorAll("main .card-head")) {
      const isOpen = () => document.getElementById(id).ariaExpanded === "true";
      await tap(() => document.getElementById(id), isOpen);
      await turn();
      note();
    }
  }
  return { ...globalThis.ruhuLooks.now(), ...all };
}

// Runs inside the page: what lies on the device, for whoever has to find out why it is not
// on the screen.
async function inventory() {
  const base = await new Promise((done, failed) => {
    const asked = indexedDB.open("ruhu");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
    // A base that the form could not make is not made here.
    asked.onupgradeneeded = () => asked.transaction.abort();
  });
  const names = [...base.objectStoreNames];
  const read = base.transaction(names);
  const answer = (request) => new Promise((done) => {
    request.onsuccess = () => done(request.result);
  });
  const shelves = names.map(async (name) => {
    return [name, await answer(read.objectStore(name).getAllKeys())];
  });
  const look = answer(read.objectStore("meta").get("look"));
  const found = { shelves: Object.fromEntries(await Promise.all(shelves)), look: await look };
  base.close();
  return {
    ...found, opened: globalThis.ruhuOpened, marked: localStorage.ruhu, mark: globalThis.ruhuLooks.mark().says,
    screen: document.querySelector("#ruhu").innerText.slice(0, 300),
  };
}

// One tab with the form in it.
export class Form {
  constructor(page, onlyLooks = false) {
    this.page = page;
    this.onlyLooks = onlyLooks;
  }

  static get script() {
    return `globalThis.ruhuLooks = (${looks})(${JSON.stringify(said)});`;
  }

  async open(url) {
    await this.page.goto(url, { waitUntil: "commit" });
    await this.isReady();
  }

  // Whoever types here takes over from another tab that was left open.
  async isReady() {
    const list = this.page.locator("#find");
    await this.page.locator(".bar-next, #find").first().waitFor();
    await this.isWhole();
    if (await list.count() > 0) await this.openFirst();
    const other = this.page.locator(".banner.reading button");
    if (this.onlyLooks || await other.count() === 0) return;
    await other.click();
    await other.waitFor({ state: "detached" });
  }

  // Where the form does not know which visit it was, a person takes it from the list.
  async openFirst() {
    await this.page.locator(".visit-open").first().click();
    await this.page.locator(".bar-next").waitFor({ timeout: 5000 }).catch(() => {
      throw new Red("the visit does not open");
    });
  }

  // All of the form is there: the page has its last functions then.
  async isWhole() {
    const end = Date.now() + 15_000;
    const is = () => typeof globalThis.ruhu?.load === "function";
    while (!await this.page.evaluate(is)) {
      if (Date.now() > end) throw new Error("the rest of the form does not come");
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  async mark() {
    return this.page.evaluate(() => globalThis.ruhuLooks.mark().says);
  }

  async sections() {
    await this.home();
    return this.page.locator(".task").count();
  }

  async home() {
    if (await this.page.locator("#year").count() > 0) return;
    await this.page.locator(".top-line .quiet").first().click();
    await this.page.locator("#year").waitFor();
  }

  async enter(section) {
    await this.home();
    await this.page.locator(".task").nth(section).click();
    await this.page.locator("#year").waitFor({ state: "detached" });
  }

  // The boxes, lists and buttons on the screen, by key and kind.
  async controls() {
    return this.page.evaluate(() => {
      const look = globalThis.ruhuLooks;
      const found = document.querySelectorAll("main .fields .box, main .fields [role=group][id]");
      return [...found].map((element) => {
        const isText = element.tagName === "TEXTAREA" || element.inputMode === "text";
        const kind = element.role === "group" ? "buttons"
          : element.tagName === "SELECT" ? "list" : isText ? "text" : "number";
        return { id: element.id, key: look.key(element), kind, value: element.value ?? "" };
      });
    });
  }

  control({ id }) {
    return this.page.locator(`[id="${id}"]`);
  }

  async focus(control) {
    await this.control(control).click();
    await this.page.keyboard.press("End");
  }

  // One of a list's or a group's answers; what it says, and the way to give it.
  async option(control, fraction) {
    const at = this.control(control);
    const isList = control.kind === "list";
    const all = at.locator(isList ? "option" : ".choice:not(.soft)");
    const index = Math.floor(fraction * await all.count());
    const one = all.nth(index);
    if (isList) {
      const value = await one.getAttribute("value");
      return { value, give: () => at.selectOption({ index }) };
    }
    const isPressed = await one.getAttribute("aria-pressed") === "true";
    return { value: isPressed ? "" : await one.textContent(), give: () => one.click() };
  }

  // The list on this screen whose rows come and go.
  async list() {
    const add = this.page.locator("main .list-foot > .add:enabled");
    if (await add.count() === 0) return undefined;
    return (await add.first().getAttribute("id")).slice("add-".length);
  }

  add(list) {
    return this.page.locator(`#add-${list}`).click();
  }

  // Opens one row's card, and returns how to remove it.
  async removal(list, index) {
    const cards = this.page.locator("section", { has: this.page.locator(`#add-${list}`) })
      .last().locator(".card");
    const card = cards.nth(index);
    const head = card.locator(".card-head");
    if (await head.getAttribute("aria-expanded") !== "true") await head.click();
    return () => card.locator(".card-foot .danger").click();
  }

  // Another year; only where it is the home page that is on the screen.
  async year(fraction) {
    await this.home();
    const list = this.page.locator("#year");
    const years = await list.locator("option").allInnerTexts();
    return [years[Math.floor(fraction * years.length)], (year) => list.selectOption(year)];
  }

  readAll(sections) {
    return this.page.evaluate(readAll, [...sections]);
  }

  inventory() {
    return this.page.evaluate(inventory);
  }

  glance() {
    return this.page.evaluate(() => globalThis.ruhuLooks.now());
  }

  // The newer build that the form offers on its first page.
  get offer() {
    return this.page.locator(".offer button");
  }

  async isOffered(within) {
    for (const end = Date.now() + within; Date.now() < end;) {
      if (await this.offer.count() > 0) return true;
      await wait(100);
    }
    return false;
  }
}
