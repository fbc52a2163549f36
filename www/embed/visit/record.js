// Records as a page gives them.

/** A record's text with what the attributes set: `[name, value]`, or no value. */
export function settled(text, attributes) {
  const record = JSON.parse(text);
  for (const [name, value] of attributes) {
    if (value !== null) record[name] = name === "year" ? Number(value) : value;
  }
  return JSON.stringify({ ruhu: 1, ...record });
}

/** By its id a record is known again, wherever it goes. */
function named(record, text) {
  if (record.id) return text;
  const chance = crypto.getRandomValues(new Uint8Array(8));
  const name = Array.from(chance, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const time = new Date().toISOString().replace(/[:.-]/g, "");
  return JSON.stringify({ ...record, id: `${time}-${name}` });
}

/** The text of what was given; a value that can be no record is refused. */
export function taken(record) {
  try {
    const text = typeof record === "string" ? record : JSON.stringify(record ?? {});
    const read = JSON.parse(text);
    if (read && typeof read === "object" && !Array.isArray(read)) return named(read, text);
  } catch {
    // It is told with all the others.
  }
  throw new TypeError("`record` is an object, or the text of one as JSON");
}
