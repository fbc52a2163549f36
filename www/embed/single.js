// One file with all that a form needs inside it, and the element at once.
import { define } from "./{{visit.js}}";

export { RuhuVisit, define } from "./{{visit.js}}";
define();
