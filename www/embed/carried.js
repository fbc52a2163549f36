// Files of the build, as a script that holds all of them carries them: styles as they are,
// everything else deflated and in base64. Nothing is fetched.
import { inflateSync } from "fflate";

const name = (at) => at.pathname.split("/").pop();

function carried(at) {
  const file = RUHU_CARRIED[name(at)];
  if (file === undefined) throw new Error(`${name(at)} is not carried`);
  return file;
}

export async function bytes(at) {
  const packed = Uint8Array.from(atob(carried(at)), (sign) => sign.charCodeAt(0));
  return inflateSync(packed);
}

/** What each root is dressed in already. */
const dressed = new WeakMap();

/** The styles of a place and all that stands beside it. */
export async function style(place, at) {
  const [root, { CSSStyleSheet }] = [place.getRootNode(), place.ownerDocument.defaultView];
  const worn = dressed.get(root) ?? new Set();
  if (worn.has(name(at))) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(carried(at));
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  dressed.set(root, worn.add(name(at)));
}
