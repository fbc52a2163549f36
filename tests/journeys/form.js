// The form as a person sees it: by words and roles, never by how it is built.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Answers } from "./answers.js";
import { Words } from "./words.js";

const verdicts = ["met", "not_met", "unknown"];

export class Form extends Answers {
  get bar() {
    return this.page.getByRole("region", { name: this.words.ui("bar"), exact: true });
  }

  get sheet() {
    return this.page.getByRole("dialog", { name: this.words.ui("reasons") });
  }

  // The title of the screen that is open.
  async title() {
    return (await this.page.getByRole("heading", { level: 1 }).innerText()).trim();
  }

  async isReady() {
    await this.main.locator("#page-title").waitFor();
    // What the page may ask of the form is there last.
    await this.page.waitForFunction(() => typeof globalThis.ruhu?.record === "function");
  }

  picture(step, options) {
    return this.device.picture(this.page, step, options);
  }

  // ---- where one is

  async home() {
    const contents = this.page.getByRole("button", { name: this.words.ui("contents") });
    const title = await this.title();
    const onScreen = this.lines.locator("[aria-current]");
    if (title === this.words.ui("visits")) await this.press(onScreen);
    else if (title !== this.words.ui("title")) await this.press(contents.last());
    await this.isAt(this.words.ui("title"));
  }

  async isAt(title) {
    await this.page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
  }

  // The section in which a topic is asked, from the list of tasks.
  async goTo(topic) {
    await this.home();
    const name = this.words.text(`topic.${topic}`);
    const tasks = this.main.getByRole("listitem").getByRole("button");
    const named = this.page.locator(".task-name").filter({ hasText: name });
    await this.press(tasks.filter({ has: named }));
    await this.isIn(topic);
  }

  async isIn(topic) {
    const name = this.words.text(`topic.${topic}`);
    await this.page.getByRole("heading", { level: 1 }).filter({ hasText: name }).waitFor();
  }

  // The next section by the button at the foot.
  async onwards(topic) {
    await this.press(this.main.getByRole("button", { name: this.words.like("ui.next_section") }));
    await this.isIn(topic);
  }

  async check() {
    if (await this.button(this.words.ui("to_check")).count() === 0) await this.home();
    await this.press(this.button(this.words.ui("to_check")).last());
    await this.isAt(this.words.ui("check"));
  }

  async inOnePage() {
    await this.home();
    await this.pressButton("one_page");
  }

  // ---- by which standard

  async choose({ standard, year, date }) {
    const { main, words } = this;
    if (standard) await main.getByLabel(words.ui("standard")).selectOption({ label: standard });
    if (year) await main.getByLabel(words.ui("year"), { exact: true }).selectOption(`${year}`);
    if (date) {
      const box = main.getByLabel(words.ui("date"), { exact: true });
      await box.fill(date);
      await box.press("Tab");
    }
  }

  // Which reading of a parameter the office has settled on.
  async settle(param, reading) {
    const group = this.main.getByRole("group", { name: this.words.text(`param.${param}`) });
    const name = new RegExp(`^${this.words.text(`reading.${reading}`)}`);
    await this.press(group.getByRole("button", { name }));
  }

  // ---- rows

  // The heads of the rows on this screen.
  cards(within = this.main) {
    return within.getByRole("button").and(this.page.locator("[aria-expanded]"));
  }

  async addRow(entity) {
    await this.pressButton("add", { entity: this.words.text(`entity.${entity}`) });
  }

  // The part of a screen that asks about one topic.
  topic(topic) {
    const name = this.words.text(`topic.${topic}`);
    const heading = this.page.getByRole("heading", { name, exact: true });
    return this.main.locator("section").filter({ has: heading }).last();
  }

  async openRow(name, within = this.main) {
    const card = this.cards(within).filter({ hasText: name }).first();
    if (await card.getAttribute("aria-expanded") !== "true") await this.press(card);
    await this.until(async () => {
      assert.equal(await card.getAttribute("aria-expanded"), "true", `${name} does not open`);
    });
  }

  async removeRow() {
    await this.pressButton("remove");
  }

  async undo() {
    await this.press(this.button(this.words.ui("undo"), this.page.getByRole("status")));
  }

  async isTold(key) {
    await this.page.getByRole("status").getByText(this.words.ui(key), { exact: true }).waitFor();
  }

  async thatIsAll(entity) {
    const name = this.words.ui("ask_all", { entity: this.words.text(`entity.${entity}`) });
    const button = this.main.getByRole("group", { name, exact: true }).getByRole("button");
    if (await button.getAttribute("aria-pressed") !== "true") await this.press(button);
    await this.isPressed(button);
  }

  // ---- the verdict

  // The bar: the household's verdict and the three counts.
  async verdict() {
    const text = await this.bar.getByRole("button").first().innerText();
    const flat = text.replace(/\s+/g, " ");
    const names = verdicts.map((one) => this.words.text(`verdict.${one}`));
    const state = flat.replace(/^[^\p{L}]+/u, "");
    const longest = [...names].sort((one, other) => other.length - one.length);
    const first = longest.find((name) => state.startsWith(name));
    const counts = {};
    verdicts.forEach((one, at) => {
      counts[one] = Number(new RegExp(`${names[at]} ?(\\d+)`).exec(flat)?.[1] ?? NaN);
    });
    return { is: verdicts[names.indexOf(first)], ...counts };
  }

  async isVerdict(wanted) {
    await this.until(async () => {
      const now = await this.verdict();
      assert.deepEqual(now, { ...now, ...wanted });
    });
  }

  async nextQuestion() {
    await this.press(this.button(this.words.ui("next_question"), this.bar));
  }

  async openReasons() {
    await this.press(this.bar.getByRole("button").first());
    await this.sheet.waitFor();
  }

  async closeReasons() {
    await this.press(this.button(this.words.ui("close"), this.sheet));
    await this.sheet.waitFor({ state: "hidden" });
  }

  // A criterion's line of reason on this screen, as text.
  async reason(criterion, within = this.main) {
    const term = this.words.text(`term.${criterion}`);
    const strip = within.getByRole("button").filter({ hasText: term }).first();
    return (await strip.innerText()).replace(/\s+/g, " ");
  }

  // ---- files

  // The record without encryption, which takes a second thought.
  async export() {
    await this.pressButton("export");
    await this.press(this.main.getByText(this.words.ui("plain"), { exact: true }));
    const [file] = await Promise.all([
      this.page.waitForEvent("download"), this.pressButton("plain_yes"),
    ]);
    await this.pressButton("close");
    return file;
  }

  async give(key, name, text) {
    const file = join(this.device.folder, name);
    await writeFile(file, text);
    const [chooser] = await Promise.all([
      this.page.waitForEvent("filechooser"),
      this.press(this.main.getByText(this.words.ui(key), { exact: true })),
    ]);
    await chooser.setFiles(file);
  }

  // A new household; the one on the screen stays in the list.
  async startAnew() {
    await this.home();
    await this.press(this.button(this.words.ui("new")));
    await this.page.getByText(this.words.ui("new_started"), { exact: true }).waitFor();
  }

  // A box that is no question.
  box(id) {
    return this.main.locator(`[id="${id}"]`);
  }

  // ---- two windows

  get reading() {
    return this.page.getByText(this.words.ui("reading"), { exact: true });
  }

  async isReading() {
    await this.reading.waitFor();
  }

  async isWriting() {
    await this.reading.waitFor({ state: "detached" });
    await this.isSaved();
  }

  async takeOver() {
    await this.press(this.page.getByRole("button", { name: this.words.ui("take_over") }));
    await this.isWriting();
  }

  // ---- the list of visits

  // A household of which so much is known.
  async household(name, village) {
    await this.goTo("visit");
    await this.answers({ village });
    await this.goTo("members");
    await this.addRow("member");
    await this.answers({ member_name: name, relation: "head" });
    await this.isSaved();
  }

  async list() {
    await this.home();
    await this.press(this.main.getByRole("button", { name: this.words.ui("visits") }));
    await this.isListed();
  }

  async isListed() {
    await this.isAt(this.words.ui("visits"));
    const waits = this.main.getByText(this.words.ui("reading_list"), { exact: true });
    await waits.waitFor({ state: "detached" });
  }

  get lines() {
    return this.main.getByRole("list").getByRole("listitem");
  }

  line(name) {
    return this.lines.filter({ hasText: name });
  }

  async openVisit(name) {
    await this.press(this.line(name).getByRole("button").first());
    await this.isAt(this.words.ui("title"));
  }

  // The names on the list, in order.
  async areListed(names) {
    await this.until(async () => {
      const lines = await this.lines.locator(".visit-name").allInnerTexts();
      assert.deepEqual(lines, names);
    });
  }

  // Opens a record as from a file; told that it is there.
  async load(record) {
    await this.home();
    await this.give("import", "record.json", JSON.stringify(record));
    await this.page.getByText(this.words.ui("loaded"), { exact: true }).waitFor();
  }

  // What went wrong with a file.
  get alert() {
    return this.main.getByRole("alert");
  }

  // ---- how it looks, and on what device

  // Another language; the title is what says that it is there.
  async speak(language, title) {
    const words = new Words(language);
    await this.press(this.button(words.text("lang.name")));
    this.words = words;
    await this.isAt(title ?? words.ui("title"));
  }

  // What the first page says of the network.
  async isOffline(how) {
    await this.home();
    const text = this.words.ui(`offline_${how}`);
    await this.main.getByText(text, { exact: true }).waitFor();
  }

  // ---- waiting and looking

  async isSaved() {
    // What was just done is on its way to the screen: that nothing waits is said before it.
    await this.page.evaluate(() => new Promise((done) => { setTimeout(done, 20); }));
    const saved = this.main.getByText(this.words.ui("saved"), { exact: true });
    await saved.waitFor();
  }
}
