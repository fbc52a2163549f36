// Starts the form, and gives the page four functions of it. What few visits need is
// fetched when it is wanted: the words of another language, the reader of standards.
import init, { answer, load, record, report, start } from "./{{ruhu_web.js}}";

async function words(language) {
  const answer = await fetch(new URL(`lang/${language}.txt`, import.meta.url));
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
}

let reader;

async function standard(file, text, language) {
  reader ??= import("./{{lazy:ruhu_reader.js}}").then(async (module) => {
    await module.default();
    return module;
  });
  const { read } = await reader.catch((why) => {
    reader = undefined;
    throw why;
  });
  try {
    return read(file, text, language);
  } catch (why) {
    return why.message;
  }
}

init().then(() => {
  start(words, standard);
  window.ruhu = { answer, load, record, report };
});
