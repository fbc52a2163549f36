// A record leaves encrypted, for the county or by a passphrase, and comes back; whatever is
// wrong with a file is said, and nothing on the screen is touched before somebody agrees.
import assert from "node:assert/strict";
import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { audit } from "./audit.js";
import { Desk, age, county, handover, state } from "./desk.js";
import { record } from "./households.js";
import { journey } from "./stage.js";

// All but the log, which tells that it was opened.
const given = (text) => ({ ...JSON.parse(text), log: 0 });
const answers = async (form) => given(await state(form));

const named = (id, name, more = {}) => {
  const one = record({ wages: "9900" });
  one.id = id;
  one.lists.member.rows[0].answers.member_name = name;
  return { ...one, ...more };
};

// Neither cut off at the side, nor with a barrier that a machine finds.
async function looks(form, step) {
  await form.page.locator(".desk").scrollIntoViewIfNeeded();
  await form.picture(step);
  const wide = await form.page.evaluate(() => {
    const root = document.documentElement;
    return root.scrollWidth - root.clientWidth;
  });
  assert.ok(wide <= 0, `${step} is ${wide} px wider than the screen`);
  // What the bar covers just now is no small target.
  await form.page.evaluate(() => scrollTo(0, 0));
  assert.deepEqual(await audit(form, step), []);
}

journey("handover", "for the county's key, which is typed once; the ordinary age program opens it", async (device, form) => {
  const office = await county(device);
  await form.load(record({ wages: "9900" }));
  const before = await state(form);
  const desk = new Desk(form);
  await desk.give("by_key");
  await looks(form, "by-key");
  for (const [typed, key] of [
    ["", "bad_recipient"], [`${office.key.slice(0, -1)}`, "bad_recipient"],
    [office.secret, "secret_key_given"],
  ]) {
    await desk.box("county").fill(typed);
    await desk.press("make");
    await desk.isRefused(key);
    assert.equal(await desk.box("county").inputValue(), typed, "what was typed stays");
  }
  await looks(form, "not-a-key");
  await desk.box("county").fill(` ${office.key.toUpperCase()} `);
  const file = await desk.make();
  assert.match(file.name, /^ruhu-2017-10-15-.*\.age$/);
  assert.deepEqual(
    JSON.parse(age(["-d", "-i", office.file], file.bytes)),
    JSON.parse(handover(JSON.parse(before))),
  );
  await looks(form, "made");
  await desk.press("close");
  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  await desk.give("by_key");
  const said = await desk.place.innerText();
  assert.ok(said.includes(`${office.key.slice(0, 10)}…${office.key.slice(-6)}`), said);
  const again = await desk.make();
  assert.ok(age(["-d", "-i", office.file], again.bytes).includes('"ruhu-records"'));
  await desk.press("close");
  await desk.give("by_key");
  await desk.press("change");
  assert.equal(await desk.box("county").inputValue(), "");
});

journey("passphrase", "by a passphrase: twice alike, and back again after a wrong one", async (device, form) => {
  await form.load(named("a", "甲"));
  const before = await state(form);
  const desk = new Desk(form);
  await desk.give("by_passphrase");
  for (const [one, other, key] of [
    ["short", "short", "too_short"], ["correct horse", "correct house", "not_the_same"],
  ]) {
    await desk.box("passphrase").fill(one);
    await desk.box("again").fill(other);
    await desk.press("make");
    await desk.isRefused(key);
  }
  await looks(form, "by-passphrase");
  await desk.box("again").fill("correct horse");
  const file = await desk.make();
  await desk.press("close");
  await form.startAnew();
  await form.isVerdict({ is: "unknown" });
  const blank = await state(form);

  await desk.open("back.age", file.bytes);
  await desk.isTitled("is_sealed");
  await desk.box("passphrase").fill("wrong horse");
  await desk.press("unseal");
  await desk.isRefused("wrong_passphrase");
  await looks(form, "wrong-passphrase");
  await desk.box("passphrase").fill("correct horse");
  await desk.press("unseal");
  const [line] = await desk.inside();
  for (const part of ["甲", "2017年"]) assert.ok(line.includes(part), line);
  await looks(form, "inside");
  assert.equal(await state(form), blank, "nothing is touched yet");
  await desk.take("甲", "take_here");
  await form.until(async () => assert.deepEqual(await answers(form), given(before)));
  await form.list();
  await form.areListed(["甲"]);
});

journey("from-age", "what the ordinary age program made: good records beside bad ones", async (device, form) => {
  const office = await county(device);
  await form.load(record());
  const before = await state(form);
  const file = age(["-r", office.key], handover(
    named("a", "甲"), { ruhu: 99, answers: {} }, named("b", "戊", { year: 2018 }), 7,
  ));
  const desk = new Desk(form);
  await desk.open("three.age", file);
  await desk.isTitled("is_sealed");
  await looks(form, "by-identity");
  await desk.box("identity").fill(office.key);
  await desk.press("unseal");
  await desk.isRefused("public_key_given");
  const [chooser] = await Promise.all([
    form.page.waitForEvent("filechooser"),
    form.press(desk.place.getByText(form.words.ui("key_file"), { exact: true })),
  ]);
  await chooser.setFiles(office.file);
  const lines = await desk.inside();
  assert.equal(lines.length, 4);
  assert.match(lines[1], form.words.like("record.newer"));
  assert.match(lines[3], form.words.like("record.not_a_record"));
  await looks(form, "inside");
  assert.equal(await state(form), before);
  await desk.take("戊");
  assert.equal(JSON.parse(await state(form)).id, "b");
});

journey("bad-files", "cut off, altered, newer, foreign, too large: each is said, and nothing is lost", async (device, form) => {
  const [office, stranger] = [await county(device), await county(device)];
  await form.load(record());
  const before = await state(form);
  const desk = new Desk(form);
  const good = age(["-r", office.key], "x".repeat(200_000));
  const altered = Buffer.from(good);
  altered[1000] ^= 1;
  const newer = Buffer.from(good.toString("latin1").replace("/v1", "/v2"), "latin1");
  for (const [bytes, key, secret] of [
    [good.subarray(0, 60), "truncated", office.secret],
    [altered, "altered", office.secret],
    [good.subarray(0, -5), "damaged", office.secret],
    [newer, "newer", office.secret],
    [good, "wrong_key", stranger.secret],
    [age(["-a", "-r", office.key], "x"), "armored", office.secret],
  ]) {
    await desk.open("bad.age", bytes);
    await desk.isTitled("is_sealed");
    const way = desk.button("by_identity");
    if (await way.getAttribute("aria-pressed") !== "true") await form.press(way);
    await desk.box("identity").fill(secret);
    await desk.press("unseal");
    await desk.isRefused(key);
    assert.equal(await state(form), before, key);
  }
  // It is still there: the right key opens it without choosing it anew.
  await desk.press("by_passphrase");
  await desk.box("passphrase").fill("correct horse");
  await desk.press("unseal");
  await desk.isRefused("armored");
  await desk.press("close");

  const large = join(device.folder, "large.age");
  await writeFile(large, "age-encryption.org/v1\n");
  await truncate(large, 200 << 20);
  const [chooser] = await Promise.all([
    form.page.waitForEvent("filechooser"),
    form.press(form.main.getByText(form.words.ui("import"), { exact: true })),
  ]);
  const start = Date.now();
  await chooser.setFiles(large);
  await form.alert.filter({ hasText: form.words.text("sealed.too_large") }).waitFor();
  assert.ok(Date.now() - start < 3000, "refused before it is read");
  await form.picture("too-large");
  const late = age(["-r", office.key], handover(record()).replace('"version":1', '"version":2'));
  await desk.open("late.age", late);
  await desk.box("identity").fill(office.secret);
  await desk.press("unseal");
  const refused = form.alert.filter({ hasText: form.words.like("handover.newer") });
  await refused.waitFor();
  assert.deepEqual(await answers(form), given(before));
});

journey("plain-file", "several records in a file that was not encrypted are offered too", async (device, form) => {
  await form.load(record());
  const desk = new Desk(form);
  await desk.open("two.json", handover(named("a", "甲"), named("b", "戊")));
  assert.equal((await desk.inside()).length, 2);
  await desk.take("戊");
  assert.equal(JSON.parse(await state(form)).id, "b");
});

journey("by-keys", "handed over and opened without touching anything but keys", async (device, form) => {
  await form.load(named("a", "甲"));
  const before = await state(form);
  const { keyboard } = form.page;
  const desk = new Desk(form);
  const focused = () => form.page.evaluate(() => document.activeElement.id);
  const tabTo = async (locator) => {
    for (let at = 0; at < 12; at += 1) {
      if (await locator.evaluate((one) => one === document.activeElement)) return;
      await keyboard.press("Tab");
    }
    assert.fail(`no way by Tab to ${await locator.evaluate((one) => one.outerHTML)}`);
  };
  await form.button(form.words.ui("export")).focus();
  await keyboard.press("Enter");
  await form.until(async () => assert.equal(await focused(), "desk-title"));
  await tabTo(desk.button("by_passphrase"));
  await keyboard.press("Space");
  await tabTo(desk.box("passphrase"));
  await keyboard.type("correct horse");
  await keyboard.press("Enter");
  await form.until(async () => assert.equal(await focused(), "desk-trouble"));
  await desk.isRefused("not_the_same");
  await desk.box("again").focus();
  await keyboard.type("correct horse");
  const [file] = await Promise.all([
    form.page.waitForEvent("download", { timeout: 30_000 }), keyboard.press("Enter"),
  ]);
  await desk.isTitled("made");
  await form.until(async () => assert.equal(await focused(), "desk-title"));
  await tabTo(desk.button("close"));
  await keyboard.press("Enter");
  await form.until(async () => assert.equal(await focused(), "give"));
  const [chooser] = await Promise.all([
    form.page.waitForEvent("filechooser"),
    (async () => {
      await tabTo(form.main.locator("input[type=file]").first());
      await keyboard.press("Enter");
    })(),
  ]);
  await chooser.setFiles(await file.path());
  await form.until(async () => assert.equal(await focused(), "desk-title"));
  await tabTo(desk.box("passphrase"));
  await keyboard.type("correct horse");
  await keyboard.press("Enter");
  await desk.isTitled("inside");
  await tabTo(desk.offer("甲", "take_here"));
  await keyboard.press("Enter");
  await desk.place.waitFor({ state: "detached" });
  assert.deepEqual(await answers(form), given(before));
});

// What a phone that shares does with a file.
for (const [name, error, shared] of [
  ["share", null, true], ["share-left", "AbortError", true], ["share-refused", "NotAllowedError", false],
]) {
  journey(name, `a device that shares: ${error ?? "done"}`, async (device, form) => {
    await form.page.evaluate((error) => {
      navigator.canShare = ({ files }) => files.length === 1;
      navigator.share = async ({ files: [file] }) => {
        globalThis.shared = { name: file.name, size: file.size };
        if (error) throw new DOMException("", error);
      };
    }, error);
    await form.load(record());
    const desk = new Desk(form);
    await desk.give("by_passphrase");
    await desk.box("passphrase").fill("correct horse");
    await desk.box("again").fill("correct horse");
    let saved = 0;
    form.page.on("download", () => { saved += 1; });
    await desk.press("make");
    await desk.isTitled("made");
    await form.until(async () => {
      const { name, size } = await form.page.evaluate(() => globalThis.shared);
      assert.match(name, /\.age$/);
      assert.ok(size > 1000);
    });
    if (!shared) await form.until(async () => assert.equal(saved, 1));
    else assert.equal(saved, 0);
  });
}
