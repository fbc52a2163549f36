// How two copies of a record stand to each other, beyond what the core says; `merge` is its own.

/** Whether ours has all that a newer form may have written there. */
export function hasKeys(ours, theirs) {
  const [own, other] = [ours, theirs].map((text) => Object.keys(JSON.parse(text)));
  return other.every((key) => own.includes(key) || key === "log" || key === "versions");
}

/** What is merged place by place, and what tells of that. */
const MERGED = new Set(["answers", "lists", "standard", "year", "date", "choices", "log", "versions"]);

/** Whether a copy has what ours has beside that: that it was finished, what others wrote there. */
function hasRest(copy, ours) {
  const [theirs, own] = [copy, ours].map((text) => JSON.parse(text));
  const is = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const versions = Array.isArray(theirs.versions) ? theirs.versions : [];
  return Object.keys(own).every((key) => MERGED.has(key) || is(own[key], theirs[key]))
    && [own.versions ?? []].flat().every((one) => versions.some((other) => is(one, other)));
}

/** Whether a copy has all that ours has more than what both went on from. */
export function holds(merge, copy, ours, before) {
  const { stand, taken, conflicts } = merge(copy, ours, { base: before });
  return stand === "same" || stand === "older"
    || stand === "apart" && !taken && !conflicts.length && hasRest(copy, ours);
}

/**
 * Whether ours was made with a copy in view: what a form makes of two copies holds both among
 * its versions, whether or not they have logs.
 */
export function knows(merge, ours, copy) {
  const plain = ({ log, versions, ...rest }) => JSON.stringify(rest);
  const seen = plain(JSON.parse(copy));
  const { id, versions } = JSON.parse(ours);
  return Array.isArray(versions) && versions.some((one) =>
    one?.id === id && merge(plain(one), seen).stand === "same");
}
