// Where WebAssembly is missing or forbidden, the twin in plain JavaScript does the same.
import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { county } from "../journeys/county.js";
import { heard, isReady, nothingElse, until, visit } from "./browser.js";
import { areSame, cases, piped, sample, said, split, taken } from "./lines.js";
import { STRICT, packed, serve } from "./place.js";

/** The policy of a portal that does not even know WebAssembly. */
const FORBIDS = "default-src 'self'; require-trusted-types-for 'script'";

/** How many made-up households; every case beside them. */
const COUNT = 2_000;

const record = { ruhu: 1, id: "one", standard: "sichuan-household-2016", year: 2017, date: "2017-10-15" };

const page = (scripts, tag = `<ruhu-visit id="a"></ruhu-visit>`) => `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>portal</title>${tag}${scripts}</html>`;

const pages = {
  "index.html": page(`<script type="module" src="define.js"></script>`),
  "classic.html": page(`<script src="ruhu/classic.js"></script>`),
  "single.html": page(`<script src="ruhu/single.js"></script>`),
  "core.html": page(`<script type="module" src="core.js"></script>`, ""),
  "define.js": `import { define } from "./ruhu/visit.js"; define();`,
  "core.js": `import * as ruhu from "./ruhu/ruhu.js"; await ruhu.ready(); globalThis.ruhu = ruhu;`,
  "worker.js": `import { assess, ready } from "./ruhu/ruhu.js";
    const isReady = ready();
    onmessage = async ({ data }) => {
      await isReady;
      postMessage(assess(data, { as: "text" }));
    };`,
  "node.js": `delete globalThis.WebAssembly;
    const { assess } = await import("ruhu");
    const { createInterface } = await import("node:readline");
    for await (const line of createInterface({ input: process.stdin })) {
      console.log(assess([line], { as: "text" })[0]);
    }`,
  "package.json": `{ "type": "module" }`,
};

let folder;
let forbids;
let allows;
let lines;
let reports;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "ruhu-twin-"));
  for (const [name, text] of Object.entries(pages)) await writeFile(join(folder, name), text);
  await cp(join(packed(), "ruhu"), join(folder, "node_modules/ruhu"), { recursive: true });
  const folders = { "/": folder, "/ruhu/": join(packed(), "ruhu") };
  forbids = await serve(folders, FORBIDS);
  allows = await serve(folders, STRICT);
  lines = [...await cases(), ...await sample(COUNT, 7)];
  reports = split((await piped(["assess"], lines.join("\n"))).text);
  assert.equal(reports.length, lines.length);
});

after(async () => {
  await Promise.all([forbids, allows].map((one) => one?.close()));
  await rm(folder, { recursive: true, force: true });
});

const without = () => {
  delete globalThis.WebAssembly;
};

/** Writes down what the policy forbade, and holds on to what the twins of forms export. */
const watched = () => {
  globalThis.forbidden = [];
  addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective }) => {
    forbidden.push(`${effectiveDirective} ${blockedURI}`);
  });
  globalThis.programs = [];
  globalThis.ruhuTwins = new Proxy({}, {
    set(all, name, make) {
      all[name] = (...given) => {
        const made = make(...given);
        const { open } = made;
        if (open) {
          made.open = async () => {
            programs.push(await open());
            return programs.at(-1);
          };
        }
        return made;
      };
      return true;
    },
  });
};

/** In a page that forbids WebAssembly, and in one of a browser that has none. */
function told(name, at, work, forgiven = /$^/) {
  for (const [where, from, first] of [
    ["forbidden", () => forbids, watched],
    ["missing", () => allows, `(${watched})();(${without})();`],
  ]) {
    test(`${where}: ${name}`, { timeout: 300_000 }, async () => {
      const server = from();
      const begun = server.asked.length;
      const { page, complaints, close } = await visit(server.url + at, undefined, first);
      try {
        await work(page, server.asked.slice.bind(server.asked, begun));
        // The browser writes down that it was asked, once; there is no other way to ask.
        const asked = where === "forbidden" ? ["script-src wasm-eval"] : [];
        assert.deepEqual(await page.evaluate(() => forbidden), asked);
        nothingElse(complaints, new RegExp(`404 \\(Not Found\\)|unsafe-eval|${forgiven.source}`));
      } finally {
        await close();
      }
    });
  }
}

const on = (page, work, given) => page.locator("#a").evaluate(work, given);

/** A visit as a person does it: typed, chosen, looked at, finished. */
async function visited(page) {
  const element = page.locator("#a");
  await isReady(page);
  await element.getByRole("button", { name: /走访与户情/ }).first().click();
  await element.getByLabel("行政村", { exact: true }).pressSequentially("东村");
  await element.getByRole("button", { name: "目录" }).last().click();
  await element.getByRole("button", { name: /吃不愁/ }).first().click();
  const eats = element.getByRole("group", { name: "一日三餐吃得饱", exact: true });
  await eats.getByRole("button", { name: "否", exact: true }).click();
  await page.waitForFunction(() => heard.some(({ detail }) => detail?.verdict === "not_met"));
  assert.equal((await heard(page, "verdict")).at(-1).detail.criteria.food, "not_met");
  const bar = element.getByRole("region", { name: "判断结果", exact: true });
  await bar.getByRole("button").first().click();
  const sheet = element.getByRole("dialog", { name: "判断和理由" });
  await sheet.getByText("一日三餐吃得饱").first().waitFor();
  await sheet.getByRole("button", { name: "关闭", exact: true }).click();
  await element.getByRole("button", { name: "目录" }).last().click();
  await element.getByRole("button", { name: "核对答案" }).first().click();
  await element.getByRole("button", { name: "完成本户" }).click();
  await element.getByRole("button", { name: "仍然完成" }).click();
  const { record, report } = await until(page, "finish");
  assert.equal(record.answers.village, "东村");
  assert.equal(record.finished.verdicts.food, "not_met");
  assert.equal(report.verdict, "not_met");
}

/** What was fetched: a twin, and no WebAssembly. */
function onlyTwins(asked, ...twins) {
  const named = asked().map((one) => one.split("/").pop().split("."));
  assert.deepEqual(named.filter((one) => one.at(-1) === "wasm"), []);
  const fetched = named.map(([stem]) => stem).filter((stem) => stem.startsWith("twin_"));
  assert.deepEqual(fetched, twins);
}

told("a visit is filled in, judged, explained and finished", "index.html", async (page, asked) => {
  await visited(page);
  onlyTwins(asked, "twin_form");
});

told("the same in a page that knows no modules", "classic.html", async (page, asked) => {
  await visited(page);
  await page.evaluate(() => ruhu.ready());
  assert.equal(await page.evaluate((record) => ruhu.assess(record).verdict, record), "unknown");
  onlyTwins(asked, "twin_form", "twin_assess");
});

told("a county's own standard is read", "index.html", async (page, asked) => {
  await isReady(page);
  await on(page, (it, [record, standard]) => {
    it.standards = [standard];
    it.record = record;
  }, [{ ...record, standard: "jia-county-2017", answers: { power_connected: "yes" } }, county()]);
  await page.waitForFunction(() => document.querySelector("#a").report?.criteria.length === 1);
  assert.equal(await on(page, (it) => it.verdict), "met");
  onlyTwins(asked, "twin_form", "twin_reader");
});

told("memory grows, and nothing is lost by it", "index.html", async (page) => {
  await isReady(page);
  const rows = Array.from({ length: 1_000 }, (_, at) => ({
    key: at + 1, answers: { member_name: "甲", birth_date: "2099-01-01" },
  }));
  const before = await page.evaluate(() => programs[0].memory.buffer.byteLength);
  await on(page, (it, record) => { it.record = record; },
    { ...record, answers: { village: "东村" }, lists: { member: { complete: true, rows } } });
  const after = await page.evaluate(() => programs[0].memory.buffer.byteLength);
  assert.ok(after > before, `${before} bytes, then ${after}`);
  assert.equal(await on(page, (it) => it.record.lists.member.rows.length), 1_000);
  assert.equal(await on(page, (it) => it.record.answers.village), "东村");
  await on(page, (it) => it.answer("eats_enough", "no"));
  assert.equal(await on(page, (it) => it.verdict), "not_met");
});

told("one that stops half way says so, and 重新加载 brings it back", "index.html", async (page) => {
  await isReady(page);
  await on(page, (it) => it.answer("village", "东村"));
  await until(page, "change");
  // Where Rust gives up, the twin throws: here for want of memory.
  const why = await page.evaluate(() => {
    try {
      return programs[0].__wbindgen_malloc(0x7fff_fff0, 4);
    } catch (why) {
      return `${why}`;
    }
  });
  assert.equal(why, "RangeError: unreachable");
  const element = page.locator("#a");
  await page.evaluate(() => programs[0].__indirect_function_table.fill(null));
  await element.getByRole("button", { name: "下一题" }).click();
  assert.equal((await until(page, "crash")).isCrash, true);
  assert.equal((await heard(page, "crash")).length, 1);
  await element.getByText("核查表出了故障").waitFor();
  await element.getByRole("button", { name: "重新加载" }).click();
  await until(page, "ready", 2);
  assert.equal(await on(page, (it) => it.record.answers.village), "东村");
}, /is not a function/);

told("two forms of one page know nothing of each other", "index.html", async (page) => {
  await isReady(page);
  await page.evaluate(async () => {
    const other = document.createElement("ruhu-visit");
    other.id = "b";
    document.body.append(other);
    await other.ready;
  });
  await on(page, (it) => it.answer("eats_enough", "no"));
  assert.equal(await on(page, (it) => it.verdict), "not_met");
  assert.equal(await page.locator("#b").evaluate((it) => it.verdict), "unknown");
});

told("what is one file says that it has no twin", "single.html", async (page) => {
  const { isCrash, text } = await until(page, "crash");
  assert.equal(isCrash, false);
  assert.match(text, /classic\.js/);
  await page.locator("#a").getByRole("button", { name: "重新加载" }).waitFor();
});

told("in a page every report is that of the command line, byte for byte", "core.html", async (page, asked) => {
  await page.waitForFunction(() => globalThis.ruhu, undefined, { timeout: 60_000 });
  const found = [];
  for (let at = 0; at < lines.length; at += 500) {
    const some = lines.slice(at, at + 500);
    found.push(...await page.evaluate((some) => ruhu.assess(some, { as: "text" }), some));
  }
  areSame("page", found, reports);
  onlyTwins(asked, "twin_assess");
});

told("in the element, of every record that it takes", "index.html", async (page) => {
  await isReady(page);
  const some = taken(lines, reports).slice(0, 400);
  assert.ok(some.length > 300, `${some.length}`);
  const found = await page.evaluate((some) => {
    const it = document.querySelector("ruhu-visit");
    return some.map((line) => {
      it.record = line;
      return JSON.stringify(it.report);
    });
  }, some.map(([line]) => line));
  areSame("element", found, some.map(([, report]) => JSON.stringify(JSON.parse(report))));
});

told("a PIN is stretched to the same key", "core.html", async (page, asked) => {
  const safe = (await readdir(join(packed(), "ruhu"))).find((name) => /^ruhu_safe\..*js$/.test(name));
  const stretched = (page) => page.evaluate(async (safe) => {
    const { default: init, stretch } = await import(`./ruhu/${safe}`);
    await init();
    return Array.from(stretch("123456", Uint8Array.from({ length: 16 }, (_, at) => at), 256, 2));
  }, safe);
  const found = await stretched(page);
  assert.ok(asked().some((one) => one.includes("twin_safe")));
  const { page: other, close } = await visit(`${allows.url}core.html`);
  assert.deepEqual(found, await stretched(other));
  await close();
});

test("in a worker whose policy forbids it", { timeout: 120_000 }, async () => {
  const { page, close } = await visit(forbids.url);
  const some = lines.slice(0, 300);
  const found = await page.evaluate((some) => new Promise((done, fail) => {
    const trusted = trustedTypes.createPolicy("portal", { createScriptURL: (at) => at });
    const worker = new Worker(trusted.createScriptURL("worker.js"), { type: "module" });
    worker.onerror = fail;
    worker.onmessage = ({ data }) => done(data);
    worker.postMessage(some);
  }), some);
  areSame("worker", found, reports.slice(0, 300));
  await close();
});

test("on Node without it every report is that of the command line, byte for byte", { timeout: 300_000 }, async () => {
  const { text } = await said(process.execPath, [join(folder, "node.js")], lines.join("\n"));
  areSame("node", split(text), reports);
});

test("where WebAssembly runs no twin is fetched, by the form, the core, or the reader", { timeout: 60_000 }, async () => {
  for (const at of ["index.html", "classic.html", "core.html"]) {
    const begun = allows.asked.length;
    const { page, complaints, close } = await visit(allows.url + at);
    if (at !== "core.html") {
      await isReady(page);
      await on(page, (it, standard) => { it.standards = [standard]; }, county());
      await until(page, "ready", 2);
      await on(page, (it) => it.answer("eats_enough", "no"));
    }
    if (at !== "index.html") await page.evaluate(() => globalThis.ruhu?.ready());
    await page.waitForTimeout(300);
    const asked = allows.asked.slice(begun);
    assert.ok(asked.some((one) => one.endsWith(".wasm")), at);
    assert.deepEqual(asked.filter((one) => one.includes("twin_")), [], at);
    nothingElse(complaints);
    await close();
  }
});
