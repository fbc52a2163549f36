// What happens in a run: it follows from the seed and the number of the run alone. Where
// something is picked from what is on the screen, the plan holds a fraction of the list.

// Mulberry32: thirty-two bits are enough to choose by, and every engine counts them alike.
export function dice(seed) {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (end) => Math.floor(roll() * end);
  return {
    // Below one: it picks a place in a list.
    roll: () => Math.min(Math.round(roll() * 1000), 999) / 1000,
    between: (low, high) => low + upTo(high - low + 1),
    one: (list) => list[upTo(list.length)],
    isOne: (chance) => roll() < chance,
  };
}

// After these the page is gone, and is opened anew.
export const ends = ["kill", "close"];
export const faults = [
  ...ends, "base", "quota", "update", "tab", "clock", "network",
];

// How long fingers wait between keys: a burst, a hand, a thought.
const paces = [[0, 20], [30, 120], [150, 450]];
const words = [..."甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥木乃村组"];

function text(by) {
  const length = by.between(1, 6);
  return Array.from({ length }, () => (by.isOne(0.6) ? by.one(words) : `${by.between(0, 9)}`));
}

// One thing that a person does: the box is picked among those on the screen.
function act(by) {
  const pick = by.roll();
  const kind = by.roll();
  if (kind < 0.62) {
    const [low, high] = by.one(paces);
    const signs = text(by).map((sign) => [sign, by.between(low, high)]);
    const digits = Array.from({ length: by.between(1, 5) }, () => `${by.between(0, 9)}`);
    const how = by.one(["keys", "composed"]);
    return { do: "type", pick, how, signs, digits, anew: by.isOne(0.3) };
  }
  if (kind < 0.78) return { do: "choose", pick, option: by.roll(), wait: by.between(0, 200) };
  if (kind < 0.88) return { do: "add", wait: by.between(0, 150) };
  if (kind < 0.92) return { do: "remove", pick, wait: by.between(0, 150) };
  if (kind < 0.95) return { do: "year", pick, wait: by.between(0, 150) };
  return { do: "go", section: by.roll() };
}

function round(by, kinds) {
  const acts = Array.from({ length: by.between(2, 5) }, () => act(by));
  // Something is typed in every round.
  while (!acts.some((one) => one.do === "type")) acts.push(act(by));
  const fault = by.one(kinds);
  return {
    section: by.roll(), acts, fault, at: by.between(20, 1500),
    // How a fault is done, where there are two ways.
    way: by.isOne(0.5), more: act(by), last: `${by.one(words)}${by.between(0, 9)}`,
  };
}

export function plan(seed, run, { kinds, least = 1, most = 3 }) {
  const by = dice(Math.imul(seed, 0x9e3779b1) ^ Math.imul(run + 1, 0x85ebca6b));
  const isPhone = by.isOne(0.5);
  // The first faults go round, so that a few runs have all of them.
  const first = kinds[run % kinds.length];
  const rounds = Array.from({ length: by.between(least, most) }, () => round(by, kinds));
  rounds[0].fault = first;
  // A disk is filled once: the browser looks at its size before it is first used.
  const full = rounds.findIndex(({ fault }) => fault === "quota");
  for (const one of rounds.slice(full + 1)) if (one.fault === "quota") one.fault = "base";
  return { seed, run, isPhone, rounds };
}
