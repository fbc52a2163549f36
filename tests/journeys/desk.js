// The desk on the first page, and the ordinary `age` program at the office.
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

export const state = (form) => form.page.evaluate(() => globalThis.ruhu.record());

// Bytes as a program gives them back for bytes.
export function age(words, input) {
  try {
    return execFileSync("age", words, { input, stdio: ["pipe", "pipe", "pipe"] });
  } catch (why) {
    if (why.code === "ENOENT") throw new Error("no `age` here: install Debian's package `age`");
    throw new Error(`age ${words.join(" ")}: ${why.stderr}`);
  }
}

// A county's pair of keys, made by its own program.
export async function county(device) {
  const text = execFileSync("age-keygen", { stdio: ["ignore", "pipe", "ignore"] }).toString();
  const file = join(device.folder, "county.txt");
  await writeFile(file, text);
  return { file, text, key: /age1\w+/.exec(text)[0], secret: /AGE-SECRET-KEY-\w+/.exec(text)[0] };
}

export const handover = (...records) => JSON.stringify({
  format: "ruhu-records", version: 1, records,
});

export class Desk {
  constructor(form) {
    this.form = form;
    this.words = form.words;
  }

  get place() {
    return this.form.main.locator(".desk");
  }

  get said() {
    return this.place.getByRole("alert");
  }

  box(key) {
    return this.place.getByLabel(this.words.ui(key), { exact: true });
  }

  button(key) {
    return this.form.button(this.words.ui(key), this.place);
  }

  async press(key) {
    await this.form.press(this.button(key));
  }

  async isTitled(key) {
    const title = this.place.getByRole("heading", { name: this.words.like(`ui.${key}`) });
    await title.waitFor({ timeout: 30_000 });
  }

  async give(way) {
    await this.form.home();
    await this.form.pressButton("export");
    await this.isTitled("export");
    await this.press(way);
  }

  // The file that comes of it, as the browser saved it.
  async make() {
    const [file] = await Promise.all([
      this.form.page.waitForEvent("download", { timeout: 30_000 }), this.press("make"),
    ]);
    await this.isTitled("made");
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  }

  async open(name, bytes) {
    await this.form.home();
    await this.form.give("import", name, bytes);
  }

  async isRefused(key) {
    const text = this.words.text(`sealed.${key}`);
    await this.said.filter({ hasText: text }).waitFor({ timeout: 30_000 });
  }

  // What is offered, line by line.
  async inside() {
    await this.isTitled("inside");
    return this.place.getByRole("listitem").allInnerTexts();
  }

  // What can be done with a record that is offered.
  offer(name, what = "take") {
    return this.form.button(`${this.words.ui(what)}：${name}`, this.place);
  }

  async take(name, what) {
    await this.form.press(this.offer(name, what));
    await this.place.waitFor({ state: "detached" });
  }
}
