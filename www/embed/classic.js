// One script for pages that know no modules: everything under the name `ruhu`, and the
// element at once.
import { byScript } from "./{{classic/script.js}}";
import { loadBy } from "./{{twin.js}}";
import { define } from "./{{visit.js}}";

export * from "./{{ruhu.js}}";
export * from "./{{send.js}}";
export { RuhuVisit, define } from "./{{visit.js}}";
loadBy(byScript);
define();
