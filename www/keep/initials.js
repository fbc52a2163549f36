// The first letters of a name in pinyin, by the browser's own order of characters.

const LETTERS = "abcdefghjklmnopqrstwxyz";
/** The first character of each letter in that order. */
const FIRSTS = "阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀";
const order = new Intl.Collator("zh-Hans-CN-u-co-pinyin");
const isUsual = /[\u4e00-\u9fff]/;
const isLetter = /[a-z0-9]/;

/** `木乃` → `mn`; a character that is in no pinyin order has none. */
export function initials(name) {
  const found = [...name.toLowerCase()].map((one) => {
    if (!isUsual.test(one)) return isLetter.test(one) ? one : "";
    let letter = "";
    for (const [at, first] of [...FIRSTS].entries()) {
      if (order.compare(first, one) > 0) break;
      letter = LETTERS[at];
    }
    return letter;
  });
  return found.join("");
}
