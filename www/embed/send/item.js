// What is kept of one record that is to be sent: `{ id, since, state, tries, due, why, at }` and
// `text`: what the page gave last, as long as it has not arrived;
// `base`: the copy `{ text, tag }` that the server had last, as far as that is known;
// `own`: what the page had given when `base` was made of it and of what others did: what the
// page gives next goes on from there;
// `merged`: what was decided to be in place of `own`, as long as that is not there yet;
// `tried`: `{ text, of }`, what was put there last, and made of which text, as long as no
// answer has come;
// `theirs`, `mine`, `before`, `conflicts`: what is asked, and of which copies; both went on
// from `before`.

/** A record's text, and what it is sent by. */
export function named(record) {
  try {
    const text = typeof record === "string" ? record : JSON.stringify(record);
    const { id } = JSON.parse(text);
    if (typeof id === "string" && id) return { id, text };
  } catch {
    // It is told with all the others.
  }
  throw new TypeError("a record is an object, or the text of one as JSON, with an `id`, by which it is sent");
}

/** Spoilt bytes say no more than none. */
export const isKnown = (item) => item !== undefined && item.state !== "spoilt";

/** An item of which nothing was sent, and what it is made from is there, or nothing. */
export const begun = (id, base) => ({
  id, since: new Date().toISOString(), base, state: base ? "sent" : "new", tries: 0, due: 0,
});

/** An item that waits with a text of the page's; all that is known of the server stays. */
export function waiting(item, text) {
  const { id, since, base, own, merged, tried, tries, due, at } = item;
  return { id, since, base, own, merged, tried, text, state: "waiting", tries, due, at };
}

/** The item with what the page gives now. */
export function added(item, text) {
  const { state, base, own } = item;
  if (state === "conflict" && text === item.text || state === "sent" && text === own) return item;
  if (state === "sent" && text === base.text) return { ...item, own: undefined };
  // Who has to wait has to, with whatever text.
  return { ...waiting(item, text), ...state === "waiting" ? {} : { tries: 0, due: 0 } };
}
