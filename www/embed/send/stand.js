// How two copies of a record stand to each other, beyond what the core says; `merge` is its own.

/** Whether ours has all that a newer form may have written there. */
export function hasKeys(ours, theirs) {
  const [own, other] = [ours, theirs].map((text) => Object.keys(JSON.parse(text)));
  return other.every((key) => own.includes(key) || key === "log" || key === "versions");
}

/** Whether a copy has all that ours has more than what both went on from. */
export function holds(merge, copy, ours, before) {
  const { stand, taken, conflicts } = merge(copy, ours, { base: before });
  return stand === "same" || stand === "older"
    || stand === "apart" && !taken && !conflicts.length;
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
