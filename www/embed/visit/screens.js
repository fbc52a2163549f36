// What the element shows while there is no form: few words, in the languages that ship.

const WORDS = {
  "zh-CN": {
    opening: "正在打开核查表……",
    crashed: "核查表出了故障，停了下来。已经填写的还在。",
    absent: "核查表没有打开。请检查网络后重新打开。",
    again: "重新加载",
    unfinished: "核查还没有完成",
  },
  en: {
    opening: "Opening the form…",
    crashed: "The form has crashed and stopped. What was filled in is still there.",
    absent: "The form did not open. Check the network, then open it again.",
    again: "Load again",
    unfinished: "The visit is not finished yet",
  },
};

const words = (language) => WORDS[language] ?? WORDS["zh-CN"];

function made(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

export function waiting(language) {
  return made("p", words(language).opening, { role: "status", part: "waiting" });
}

/** It stopped half way, or never came; `again` is what the button does. */
export function crashed(language, isCrash, again) {
  const { crashed, absent, again: label } = words(language);
  const place = made("div", "", { class: "ruhu stopped-form", role: "alert", part: "crash" });
  const button = made("button", label, { class: "primary", type: "button", part: "again" });
  button.addEventListener("click", again);
  place.append(made("p", isCrash ? crashed : absent, { class: "problem" }), button);
  return place;
}

crashed.unfinished = (language) => words(language).unfinished;

/** What a page may style beyond colours. */
const PARTS = { bar: ".bar", main: "main", sheet: ".sheet" };

export function nameParts(place) {
  for (const [part, which] of Object.entries(PARTS)) {
    place.querySelector(which)?.setAttribute("part", part);
  }
}
