// What is read from texts, fetched when it is wanted: the words of another language, and a
// county's own standard, by the module that reads those.
import { bytes } from "./{{rest.js}}";

/** Where the words of each language are. */
const languages = {{folder:lang}};

/** The words of a language. */
export async function words(language) {
  return new TextDecoder().decode(await bytes(languages[language]()));
}

let reader;

/** A standard from its text, made ready; or the sentence that says why it is none. */
export async function standard(file, json, language) {
  reader ??= import("./{{lazy:ruhu_reader.js}}").then(async (module) => {
    const wasm = new URL("./{{lazy:ruhu_reader_bg.wasm}}", import.meta.url);
    // Where WebAssembly is forbidden in a portal, it fetches another by itself.
    const mayRun = module.isAllowed?.() ?? true;
    await module.default(mayRun ? { module_or_path: await bytes(wasm) } : {});
    return module;
  });
  const { read } = await reader.catch((why) => {
    reader = undefined;
    throw why;
  });
  try {
    return read(file, json, language);
  } catch (why) {
    return why.message;
  }
}
