// A household as typed, and as the hand-written checks want it.
import { sections } from "./facts.js";

export const entities = ["member", "wage", "business", "property", "transfer"];

const kinds = new Map();
for (const section of sections) for (const [id, , kind] of section.facts) kinds.set(id, kind);

/** What was typed, as a value; a blank is none. */
export function value(fact, text) {
  if (text === "") return undefined;
  switch (kinds.get(fact)) {
    case "yes":
      return text === "yes";
    case "number":
      return +text;
    default:
      return text;
  }
}

/** A value, as its box shows it. */
export function text(value) {
  if (value === undefined) return "";
  if (value === true) return "yes";
  if (value === false) return "no";
  return String(value);
}

const isNumber = (fact) => kinds.get(fact) === "number";

/** A blank row: a sum that was not given is nothing. */
export function blankRow(entity) {
  const row = {};
  for (const section of sections) {
    if (section.of !== entity) continue;
    for (const [fact] of section.facts) row[fact] = isNumber(fact) ? 0 : undefined;
  }
  return row;
}

const answers = (into, from) => {
  for (const fact in from) if (kinds.has(fact)) into[fact] = value(fact, String(from[fact]));
  return into;
};

/** A household from a record; none from a blank one. */
export function household(record) {
  const made = {};
  for (const section of sections) {
    if (section.of === "household") for (const [fact] of section.facts) made[fact] = undefined;
  }
  answers(made, record?.answers);
  for (const entity of entities) {
    const rows = record?.lists?.[entity]?.rows ?? [];
    made[entity] = rows.map((row) => ({ ...answers(blankRow(entity), row.answers), key: row.key }));
  }
  return made;
}
