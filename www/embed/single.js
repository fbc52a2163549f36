// One file with all that a form needs inside it, and the element at once.
import { loadBy } from "./{{twin.js}}";
import { define } from "./{{visit.js}}";

export { RuhuVisit, define } from "./{{visit.js}}";
// Its twin would be as much again.
loadBy(async () => {
  throw new Error("WebAssembly is missing or forbidden here: use classic.js in place of single.js");
});
define();
