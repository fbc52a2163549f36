// What the form says, read from the same files the form is made of.
import { readFileSync, readdirSync } from "node:fs";

export const root = new URL("../../", import.meta.url);

const read = (path) => readFileSync(new URL(path, root), "utf8");

function table(language) {
  const lines = read(`core/lang/${language}.txt`).split("\n");
  const pairs = lines.filter((line) => /^[^#]+=/.test(line));
  return new Map(pairs.map((line) => {
    const at = line.indexOf("=");
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  }));
}

// The list of options that a choice takes, where it is not its own.
function lists() {
  const found = new Map();
  for (const file of readdirSync(new URL("core/facts/", root))) {
    if (!file.endsWith(".toml")) continue;
    for (const part of read(`core/facts/${file}`).split("[[fact]]").slice(1)) {
      const id = /^id = "(.*)"/m.exec(part)?.[1];
      const list = /^list = "(.*)"/m.exec(part.split("[[list]]")[0])?.[1];
      if (id && list) found.set(id, list);
    }
  }
  return found;
}

const known = lists();

// The words of one language.
export class Words {
  constructor(language) {
    this.language = language;
    this.table = table(language);
  }

  // The text of a key, its blanks filled.
  text(key, parts = {}) {
    const text = this.table.get(key);
    if (text === undefined) throw new Error(`${this.language} has no words for ${key}`);
    return text.replace(/\{(\w+)\}/g, (blank, name) => parts[name] ?? blank);
  }

  // A text with blanks, as a pattern that fits whatever fills them.
  like(key) {
    const parts = this.text(key).split(/\{\w+\}/);
    const plain = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(plain.join(".+"));
  }

  ui(key, parts) {
    return this.text(`ui.${key}`, parts);
  }

  fact(id) {
    return this.text(`fact.${id}`);
  }

  // The words of an answer: yes and no, an option, or the text itself.
  option(fact, id) {
    const list = known.get(fact) ?? fact;
    const key = `option.${list}.${id}`;
    if (this.table.has(key)) return this.text(key);
    if (id === "yes" || id === "no") return this.text(id === "yes" ? "say.true" : "say.false");
    return id;
  }
}

// A file of the project as data, for checks that need what the form was made of.
export const source = read;
