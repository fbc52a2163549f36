// What keeps on this device, once for all elements of a page: of its windows one writes.
import { Keep } from "./{{keep.js}}";
import { ask } from "./{{work.js}}";

let keep;

/** The forms of this page, each with the visit that it keeps. */
const forms = new Map();

const all = {
  writer: (is) => forms.forEach((key, form) => form.writer(is && isFirst(form, key))),
  changed: () => forms.forEach((_, form) => form.changed()),
  flush: async () => {
    const kept = await Promise.all(Array.from(forms.keys(), (form) => form.flush()));
    return kept.every(Boolean);
  },
};

/** What keeps, for a form that is there from now on. */
export async function join(form, key) {
  keep ??= new Keep((...given) => ask("safe", "stretch", ...given));
  const mine = keep;
  forms.set(form, key);
  try {
    await mine.opened(all);
  } catch (why) {
    // The next one tries it anew.
    if (keep === mine) keep = undefined;
    throw why;
  }
  return mine;
}

/** Of two elements with one visit the later reads, as another window would. */
export function isFirst(form, key) {
  for (const [other, its] of forms) if (its === key) return other === form;
  return false;
}

export function leave(form) {
  forms.delete(form);
}
