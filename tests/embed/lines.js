// Records by the line, as the command line judges them: what every other door is held to.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { program, root, run } from "./place.js";

/** What a program says to this input. */
export function said(program, words, input = "") {
  return new Promise((done, fail) => {
    const child = spawn(program, words, { stdio: ["pipe", "pipe", "pipe"] });
    const out = [];
    child.stdout.on("data", (part) => out.push(part));
    child.stderr.resume();
    child.on("error", fail);
    child.on("close", (code) => done({ code, text: Buffer.concat(out).toString() }));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

export const piped = (words, input) => said(program(), words, input);

export const split = (text) => text.split("\n").filter(Boolean);

/** The records of the cases, as they stand in their files. */
export async function cases() {
  const words = ["run", "--quiet", "--package", "ruhu-tests", "--example", "cases"];
  const { stdout } = await run("cargo", words, { cwd: root, maxBuffer: 1 << 26 });
  const all = split(stdout);
  assert.ok(all.length > 100, `${all.length} cases`);
  return all;
}

/** Made-up households. */
export const sample = async (count, seed) =>
  split((await piped(["sample", "--households", `${count}`, "--seed", `${seed}`])).text);

/**
 * Records with their reports that the element takes: no form decides by what is only
 * proposed, and what it mended is written into the record that it goes on with.
 */
export const taken = (lines, reports) => lines.map((line, at) => [line, reports[at]])
  .filter(([, report]) => report.includes('"notices":[]') && report.includes('"decides":true'));

/** The first record on which two doors part, and where. */
export function areSame(door, found, wanted) {
  assert.equal(found.length, wanted.length, door);
  const at = found.findIndex((one, at) => one !== wanted[at]);
  if (at < 0) return;
  const [is, should] = [found[at], wanted[at]];
  const from = Math.max(0, [...is].findIndex((sign, place) => sign !== should[place]) - 60);
  const part = (text) => text.slice(from, from + 160);
  assert.fail(`${door}, record ${at}:\n${part(is)}\nand not\n${part(should)}`);
}
