// The same on Node: the core lies beside this file, and is there before anybody asks.
import { readFileSync } from "node:fs";
import { initSync, isAllowed } from "./{{ruhu_assess.js}}";
import { ready } from "./{{ruhu.js}}";

if (isAllowed()) {
  initSync({ module: readFileSync(new URL("./{{ruhu_assess_bg.wasm}}", import.meta.url)) });
}
await ready();

export * from "./{{ruhu.js}}";
