// The four demos, built as their READMEs say from the packed package, under a strict policy.
import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { heard, isReady, nothingElse, until, visit } from "./browser.js";
import { packed, root, run, serve } from "./place.js";

const demos = join(root, "www/embed/demos");

async function tarball() {
  const files = await readdir(packed());
  return join(packed(), files.find((name) => name.endsWith(".tgz")));
}

/** Makes a demo where nothing of this project is; the folder that a server hands out. */
async function made(name, place) {
  await cp(join(demos, name), place, { recursive: true });
  if (name === "plain") {
    await run("npm", ["install", "--no-audit", "--no-fund", "--prefix", place, await tarball()]);
    await cp(join(place, "node_modules/ruhu"), join(place, "ruhu"), { recursive: true });
    return place;
  }
  const file = join(place, "package.json");
  const text = await readFile(file, "utf8");
  // Not on a registry yet: the packed one.
  await writeFile(file, text.replace(/"ruhu": "[^"]+"/, `"ruhu": "file:${await tarball()}"`));
  await run("npm", ["install", "--no-audit", "--no-fund"], { cwd: place });
  // webpack 4 asks for a digest that newer OpenSSL leaves out.
  const env = name === "vue2" ? { ...process.env, NODE_OPTIONS: "--openssl-legacy-provider" } : process.env;
  await run("npm", ["run", "build"], { cwd: place, env });
  return join(place, "dist");
}

for (const name of ["plain", "vue3", "react", "vue2"]) {
  test(`${name}: built from the package, judged while answers are given`, { timeout: 300_000 }, async () => {
    const place = await mkdtemp(join(tmpdir(), `ruhu-${name}-`));
    const pictures = join(root, "target/embed");
    await mkdir(pictures, { recursive: true });
    try {
      const server = await serve({ "/": await made(name, place) });
      const { page, complaints, close } = await visit(server.url);
      await isReady(page);
      const element = page.locator("ruhu-visit");
      assert.equal(await element.evaluate((it) => it.record.year), 2017);
      assert.equal(await element.evaluate((it) => it.verdict), "unknown");
      await element.getByRole("button", { name: /吃不愁/ }).first().click();
      await element.getByRole("group", { name: "一日三餐吃得饱" }).getByText("否", { exact: true }).click();
      const detail = await until(page, "verdict", 1);
      await page.waitForFunction(() => document.querySelector("#verdict").textContent === "not_met");
      assert.equal(detail.criteria.food, "not_met");
      await page.screenshot({ path: join(pictures, `${name}.png`) });
      // An own look, the words of another language, and nothing asked of anyone else.
      await element.evaluate((it) => { it.language = "en"; });
      await element.getByRole("button", { name: "Contents" }).first().waitFor();
      assert.deepEqual(await heard(page, "crash"), []);
      nothingElse(complaints);
      await close();
      await server.close();
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  });
}
