// The sheet on paper: what was judged, why, and three lines to sign on.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { record, three } from "./households.js";
import { journey } from "./stage.js";

const run = promisify(execFile);

// The text of a PDF as lines on paper; nothing where the machine has no pdftotext.
async function pdfText(path) {
  const made = await run("pdftotext", ["-layout", path, "-"]).catch(() => undefined);
  return made?.stdout;
}

// Pages of a PDF by what it says of itself, and their size in points.
function shape(pdf) {
  const text = pdf.toString("latin1");
  const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(text);
  return { pages: (text.match(/\/Type\s*\/Page\b/g) ?? []).length, width, height };
}

const checks = [
  "income", "food", "clothing", "schooling", "medical", "housing", "water", "power", "broadcast",
];

async function print(device, form, name) {
  await form.check();
  const path = device.file(name, "pdf");
  const pdf = await form.page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  await form.page.emulateMedia({ media: "print" });
  const screen = (await form.page.locator("body").innerText()).replace(/[ \t]+/g, " ");
  const buttons = await form.page.evaluate(() => {
    const all = [...document.querySelectorAll("button, input, select, textarea")];
    return all.filter((one) => one.getClientRects().length > 0).map((one) => one.innerText);
  });
  assert.deepEqual(buttons, [], "what can only be pressed is not printed");
  await form.picture(name, { fullPage: true });
  await form.page.emulateMedia({ media: "screen" });
  return { ...shape(pdf), text: await pdfText(path) ?? screen, screen };
}

journey("paper", "the printed sheet is A4, one or two pages, whole, and can be signed", async (device, form) => {
  const { words } = form;
  const full = record({ wages: "9900" });
  full.answers = { ...full.answers, ...three.visit };
  await form.load(full);
  const { pages, width, height, text, screen } = await print(device, form, "not-met");
  assert.ok(Math.abs(width - 595) <= 1 && Math.abs(height - 842) <= 1, `${width} × ${height} is A4`);
  assert.ok(pages >= 1 && pages <= 2, `${pages} pages`);
  assert.ok(screen.includes(words.ui("paper_title")));
  const flat = screen.replace(/\s/g, "");
  for (const one of checks) {
    assert.ok(flat.includes(words.text(`term.${one}`)), `${one} is on the sheet`);
  }
  const verdicts = screen.match(new RegExp(words.text("verdict.met"), "g"));
  assert.ok(verdicts.length >= 9, "nine verdicts");
  assert.match(flat, /还差0\.01元/, "the reason of the one that is not met");
  assert.match(flat, /年人均纯收入|贫困户退出标准/, "the clause");
  for (const sign of ["sign_head", "sign_surveyor", "sign_helper"]) {
    assert.ok(screen.includes(words.ui(sign)), `a line for ${sign}`);
  }
  assert.equal(flat.split(words.ui("sign_date").replace(/\s/g, "")).length - 1, 3, "three dates to fill in");
  assert.ok(text.replace(/\s/g, "").includes(words.ui("paper_title")), "the words are in the PDF as text");
  const title = screen.split(words.ui("paper_title")).length - 1;
  assert.equal(title, 1, "the sheet is printed once");
});

journey("paper-long", "a family of eight with long notes still fits two pages, nothing over the edge", async (device, form) => {
  const full = record({ members: 8 });
  full.answers = {
    ...full.answers, ...three.visit, confirmed_verdict: "not_met", confirmed_by: "丁",
    override_reason: "入户看到房屋西墙开裂，与评定等级不符，请重新鉴定后再认定。".repeat(4),
  };
  await form.load(full);
  const { pages, screen } = await print(device, form, "eight");
  assert.ok(pages <= 2, `${pages} pages`);
  assert.match(screen, /西墙开裂/, "the person's own reason");
  await form.page.emulateMedia({ media: "print" });
  const over = await form.page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    const all = [...document.querySelectorAll("#ruhu *")];
    return all.filter((one) => one.getBoundingClientRect().right > wide + 1).length;
  });
  assert.equal(over, 0, "something is wider than the paper");
});

journey("paper-from-home", "from any other screen, paper does not come out blank or cut", async (device, form) => {
  await form.load(record());
  await form.home();
  await form.page.emulateMedia({ media: "print" });
  await form.picture("home", { fullPage: true });
  const text = await form.page.locator("body").innerText();
  assert.ok(text.trim().length > 50, "something is printed");
  const jumps = await form.page.getByRole("navigation", { name: form.words.ui("sections") });
  assert.ok(!await jumps.first().isVisible(), "the list of sections is no part of the paper");
});
