// The yardstick: the same form without a framework. One innerHTML, one delegated listener,
// text nodes that are written only when they change.
import { checks, sections } from "./facts.js";
import { blankRow, household, text, value } from "./household.js";
import { isOpen, judge } from "./judge.js";

const states = { met: "达标", notMet: "未达标", open: "待核实" };
const marks = { "&": "&amp;", "<": "&lt;", '"': "&quot;" };
const escape = (text) => text.replace(/[&<"]/g, (sign) => marks[sign]);

let state;
let cells = [];
let shown = [];
let nextKey = 0;

function options(list, chosen) {
  let made = '<option value="">请选择</option>';
  for (const [id, words] of list) {
    made += `<option value="${id}"${id === chosen ? " selected" : ""}>${words}</option>`;
  }
  return made;
}

const yesNo = [["yes", "是"], ["no", "否"]];

function field([fact, words, kind, more], prefix, of) {
  const name = prefix + fact;
  const now = text(of[fact]);
  if (kind === "yes" || kind === "choice") {
    const list = kind === "yes" ? yesNo : more;
    const made = options(list, now);
    return `<label class="field">${words}<select name="${name}">${made}</select></label>`;
  }
  const mode = kind === "number" ? "decimal" : kind === "date" ? "numeric" : "text";
  const unit = more ? `（${more}）` : "";
  return `<label class="field">${words}${unit}<input name="${name}" inputmode="${mode}" ` +
    `autocomplete="off" value="${escape(now)}"></label>`;
}

function row(section, of, number) {
  let made = `<fieldset data-row="${section.of}.${of.key}"><legend>${section.name} ` +
    `<b>${number}</b> <button type="button" data-remove>删除</button></legend>`;
  for (const fact of section.facts) made += field(fact, `${section.of}.${of.key}.`, of);
  return `${made}</fieldset>`;
}

function part(section) {
  let made = `<section><h2>${section.name}</h2>`;
  if (section.of === "household") {
    for (const fact of section.facts) made += field(fact, "", state);
  } else {
    made += `<div id="rows-${section.of}">`;
    state[section.of].forEach((of, at) => (made += row(section, of, at + 1)));
    made += `</div><button type="button" id="add-${section.of}">添加${section.name}</button>`;
  }
  return `${made}</section>`;
}

function draw() {
  const list = checks.map(([id, words]) => `<li>${words} <b id="check-${id}"> </b></li>`);
  document.body.innerHTML =
    '<div id="bar">达标 <b id="met"> </b> 未达标 <b id="not-met"> </b> 待核实 <b id="open"> </b>' +
    '<div>年人均纯收入 <b id="per-head"> </b> 元</div>' +
    `<ul id="checks">${list.join("")}</ul></div>` +
    `<h1>贫困户退出入户核查</h1><form id="form">${sections.map(part).join("")}</form>`;
  const ids = ["met", "not-met", "open", "per-head", ...checks.map(([id]) => `check-${id}`)];
  cells = ids.map((id) => document.getElementById(id).firstChild);
  shown = [];
  const form = document.getElementById("form");
  form.addEventListener("input", typed);
  form.addEventListener("click", pressed);
  tell();
}

/** Judges, and writes what has changed. */
function tell() {
  const found = judge(state);
  let met = 0;
  let open = 0;
  const said = ["", "", "", String(Math.floor(found.perHead * 100) / 100)];
  for (let at = 0; at < checks.length; at++) {
    if (isOpen(state, at)) {
      open += 1;
      said.push(states.open);
    } else if (found.met[at]) {
      met += 1;
      said.push(states.met);
    } else said.push(states.notMet);
  }
  said[0] = String(met);
  said[1] = String(checks.length - met - open);
  said[2] = String(open);
  for (let at = 0; at < said.length; at++) {
    if (said[at] !== shown[at]) cells[at].data = said[at];
  }
  shown = said;
}

const find = (entity, key) => state[entity].find((one) => one.key === key);

function typed({ target }) {
  const [entity, key, own] = target.name.split(".");
  const fact = own ?? entity;
  const of = own === undefined ? state : find(entity, +key);
  of[fact] = value(fact, target.value);
  tell();
  save();
}

function pressed({ target }) {
  if (target.id.startsWith("add-")) add(target.id.slice(4));
  else if ("remove" in target.dataset) remove(target.closest("fieldset"));
}

function add(entity) {
  const section = sections.find((one) => one.of === entity);
  const made = { ...blankRow(entity), key: ++nextKey };
  if (entity === "member") Object.assign(made, { member_change: "none", special_status: "none" });
  state[entity].push(made);
  const rows = document.getElementById(`rows-${entity}`);
  rows.insertAdjacentHTML("beforeend", row(section, made, state[entity].length));
  rows.lastElementChild.querySelector("input,select").focus();
  tell();
  save();
}

function remove(of) {
  const [entity, key] = of.dataset.row.split(".");
  state[entity] = state[entity].filter((one) => one.key !== +key);
  of.remove();
  const rows = document.getElementById(`rows-${entity}`);
  rows.querySelectorAll("legend b").forEach((number, at) => {
    if (number.textContent !== String(at + 1)) number.textContent = String(at + 1);
  });
  tell();
  save();
}

const asRecord = () => JSON.stringify(state);
let saving;

/** Keeps the draft once typing pauses. */
function save() {
  saving ??= setTimeout(() => {
    saving = undefined;
    localStorage.setItem("draft", asRecord());
  }, 300);
}

function open(made) {
  state = made;
  for (const rows of Object.values(state)) {
    if (Array.isArray(rows)) for (const { key } of rows) nextKey = Math.max(nextKey, key);
  }
  draw();
}

window.ruhu = {
  load: (record) => open(household(JSON.parse(record))),
  record: asRecord,
};
if (!state) {
  const kept = localStorage.getItem("draft");
  open(kept ? JSON.parse(kept) : household());
}
