// As much of a tab as the suite needs, over WebDriver: for the browsers that speak nothing
// better. What is called as in playwright does what it does there.
import { setTimeout as wait } from "node:timers/promises";

const patience = 30_000;
const element = "element-6066-11e4-a52e-4f735466cecf";
const named = { Control: "\uE009", End: "\uE010", Delete: "\uE017" };

// Runs inside the page: the elements that a chain of steps leads to.
function resolve(steps) {
  let found = [document];
  for (const [kind, what] of steps) {
    if (kind === "css") found = [...new Set(found.flatMap((one) => [...one.querySelectorAll(what)]))];
    else if (kind === "nth") found = [found.at(what)].filter(Boolean);
    else found = found.filter((one) => one.querySelector(what));
  }
  return found;
}

// One session; one command at a time, each in the window that it is meant for.
export class Session {
  constructor(driver) {
    this.driver = driver;
    this.last = Promise.resolve();
    this.window = undefined;
  }

  async begin(capabilities) {
    const { sessionId } = await this.#send("POST", "/session", {
      capabilities: { alwaysMatch: capabilities },
    });
    this.path = `/session/${sessionId}`;
    await this.#send("POST", `${this.path}/timeouts`, { script: patience, pageLoad: patience });
    // The first window stays: a session without one is over.
    this.home = await this.#send("GET", `${this.path}/window`);
    this.window = this.home;
    return this;
  }

  async #send(method, path, body) {
    const answer = await fetch(this.driver + path, {
      method, body: body && JSON.stringify(body), headers: { "content-type": "application/json" },
    });
    const { value } = await answer.json();
    if (answer.ok) return value;
    throw Object.assign(new Error(`${value.error}: ${value.message}`), { code: value.error });
  }

  // A command for one window; none of another comes between.
  command(window, method, path, body) {
    const run = async () => {
      if (window && window !== this.window) {
        await this.#send("POST", `${this.path}/window`, { handle: window });
        this.window = window;
      }
      return this.#send(method, this.path + path, body);
    };
    const done = this.last.then(run);
    this.last = done.catch(() => {});
    return done;
  }

  async open() {
    const { handle } = await this.command(this.home, "POST", "/window/new", { type: "tab" });
    return new Tab(this, handle);
  }
}

export class Tab {
  constructor(session, handle) {
    this.session = session;
    this.handle = handle;
    this.keyboard = { press: (keys) => this.#press(keys) };
  }

  send(method, path, body) {
    return this.session.command(this.handle, method, path, body);
  }

  goto(url) {
    return this.send("POST", "/url", { url });
  }

  reload() {
    return this.send("POST", "/refresh", {});
  }

  async close() {
    await this.send("DELETE", "/window");
    this.session.window = undefined;
  }

  bringToFront() {
    return this.send("POST", "/window", { handle: this.handle });
  }

  async setViewportSize({ width, height }) {
    await this.send("POST", "/window/rect", { width, height });
  }

  async evaluate(run, word) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve((${run})(arguments[0]))
        .then((value) => done({ value }), (why) => done({ why: String(why) }));`;
    const { value, why } = await this.send("POST", "/execute/async", { script, args: [word ?? null] });
    if (why) throw new Error(why);
    return value ?? undefined;
  }

  locator(css, { has } = {}) {
    const first = new Locator(this, [["css", css]]);
    return has ? first.with(["has", has.steps[0][1]]) : first;
  }

  async #press(keys) {
    const names = keys.split("+").map((key) => named[key] ?? key.toLowerCase());
    const actions = [
      ...names.map((value) => ({ type: "keyDown", value })),
      ...names.toReversed().map((value) => ({ type: "keyUp", value })),
    ];
    await this.send("POST", "/actions", { actions: [{ type: "key", id: "keys", actions }] });
  }
}

class Locator {
  constructor(tab, steps) {
    this.tab = tab;
    this.steps = steps;
  }

  with(step) {
    return new Locator(this.tab, [...this.steps, step]);
  }

  nth(index) {
    return this.with(["nth", index]);
  }

  first() {
    return this.nth(0);
  }

  last() {
    return this.nth(-1);
  }

  locator(css) {
    return this.with(["css", css]);
  }

  // What a function makes of the elements, run inside the page.
  #of(run, word) {
    const found = `(${resolve})(${JSON.stringify(this.steps)})`;
    return this.tab.evaluate(`(word) => (${run})(${found}, word)`, word);
  }

  count() {
    return this.#of((all) => all.length);
  }

  getAttribute(name) {
    return this.#of(([one], word) => one.getAttribute(word), name);
  }

  textContent() {
    return this.#of(([one]) => one.textContent);
  }

  allInnerTexts() {
    return this.#of((all) => all.map((one) => one.innerText));
  }

  async #until(holds, within = patience) {
    const end = Date.now() + within;
    for (let said = "waited in vain"; ;) {
      try {
        if (await holds()) return;
      } catch (why) {
        if (!/stale|intercepted|interactable|no such element/.test(why.code ?? "")) throw why;
        said = why.message;
      }
      if (Date.now() > end) throw new Error(`${said}: ${JSON.stringify(this.steps)}`);
      await wait(30);
    }
  }

  waitFor({ state, timeout } = {}) {
    const holds = async () => (await this.count() > 0) === (state !== "detached");
    return this.#until(holds, timeout);
  }

  async click() {
    // The middle of the screen is where nothing else lies over it.
    const script = `const [found] = (${resolve})(arguments[0]);
      found?.scrollIntoView({ block: "center" });
      return found`;
    await this.#until(async () => {
      const found = await this.tab.send("POST", "/execute/sync", { script, args: [this.steps] });
      if (!found) return false;
      await this.tab.send("POST", `/element/${found[element]}/click`, {});
      return true;
    });
  }

  // As playwright does it: what a driver can do with a list differs from one to the next.
  async selectOption(what) {
    await this.waitFor();
    await this.#of(([one], { index, value }) => {
      if (value === undefined) one.selectedIndex = index;
      else one.value = value;
      for (const kind of ["input", "change"]) one.dispatchEvent(new Event(kind, { bubbles: true }));
    }, what.index === undefined ? { value: what } : what);
  }
}
