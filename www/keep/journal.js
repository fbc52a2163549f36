// A visit as it lies on the device: the whole of it, and every change since the whole
// before last, so that one spoilt row does not take the visit with it.

/** A whole text goes into the journal this often. */
export const WHOLE = 64;

/** What changed from one text to the next: how much stays at both ends, and what is new. */
export function change(from, to) {
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < most - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
  return JSON.stringify([start, end, to.slice(start, to.length - end)]);
}

/** The next text, by what changed. */
function changed(from, line) {
  const [start, end, text] = JSON.parse(line);
  return from.slice(0, start) + text + from.slice(from.length - end);
}

/**
 * The newest text that follows without a gap from a whole one. `entries` are `[number,
 * isWhole, text]` in order, without a text where it is spoilt; `last` is the number of the
 * newest change that is known of. Nothing where no whole text is left; otherwise the text
 * and how many of the last changes are not in it.
 */
export function replay(entries, last) {
  let best;
  let now;
  for (const [number, isWhole, text] of entries) {
    const follows = now && now.number + 1 === number;
    if (text === undefined) continue;
    if (isWhole) now = { number, text };
    else now = follows ? { number, text: changed(now.text, text) } : undefined;
    if (now) best = now;
  }
  return best && { text: best.text, missing: last - best.number };
}
