// A record goes from one phone to the other as QR codes: by photos and by a camera, in any
// order, and nothing but the passphrase opens what they carry.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { audit } from "./audit.js";
import { Desk, state } from "./desk.js";
import { Form } from "./form.js";
import { Host, build } from "./host.js";
import { record } from "./households.js";
import { args, journey } from "./stage.js";
import { Words } from "./words.js";

const passphrase = "correct horse";
const files = build();
const all = (text) => ({ ...JSON.parse(text), log: 0 });

async function looks(form, step, wrong) {
  await form.page.locator(".desk").scrollIntoViewIfNeeded();
  await form.picture(step);
  await form.page.evaluate(() => scrollTo(0, 0));
  wrong.push(...await audit(form, step));
}

// The codes that one phone shows, as somebody photographs them from its screen.
async function photographed(desk) {
  await desk.give("by_codes");
  await desk.box("passphrase").fill(passphrase);
  await desk.box("again").fill(passphrase);
  await desk.press("show_codes");
  await desk.isTitled("showing");
  await desk.press("pause");
  const code = desk.place.getByRole("img");
  const photos = new Map();
  for (;;) {
    const name = await code.getAttribute("aria-label");
    if (photos.has(name)) return [...photos.values()];
    photos.set(name, await code.screenshot());
    await desk.press("code_next");
    await desk.form.until(async () => {
      assert.notEqual(await code.getAttribute("aria-label"), name);
    });
  }
}

async function choose(desk, files) {
  const { form } = desk;
  const [chooser] = await Promise.all([
    form.page.waitForEvent("filechooser"),
    form.press(desk.place.getByText(form.words.ui("photos"), { exact: true })),
  ]);
  await chooser.setFiles(files.map((buffer, at) => ({
    name: `${at}.png`, mimeType: "image/png", buffer,
  })));
}

const scanned = (desk, ...parts) => desk.place.locator("#scanned", { hasText: desk.words.ui(...parts) })
  .waitFor({ timeout: 30_000 });

async function unsealed(desk) {
  await desk.isTitled("is_sealed");
  await desk.box("passphrase").fill(passphrase);
  await desk.press("unseal");
  await desk.isTitled("inside");
}

journey("codes", "by photos, whatever their order, without a network; what is none of it is said and not taken", async (device, form) => {
  const wrong = [];
  await form.isOffline("ready");
  await device.forgetCache();
  await device.context.setOffline(true);
  await device.host.stop();
  await form.load(record({ wages: "9900" }));
  await form.isSaved();
  const before = await state(form);
  const desk = new Desk(form);
  await desk.give("by_codes");
  await looks(form, "by-codes", wrong);
  await desk.press("close");
  const photos = await photographed(desk);
  assert.ok(photos.length > 2 && photos.length < 30, `${photos.length} codes`);
  await looks(form, "shown", wrong);
  await desk.press("close");
  const [stranger] = await photographed(desk);
  await desk.press("close");
  await form.startAnew();

  await form.home();
  await form.pressButton("scan");
  await desk.isTitled("scanning");
  await scanned(desk, "scanned_none");
  await choose(desk, [Buffer.from("no picture")]);
  await desk.isRefused("no_picture");
  await choose(desk, [await form.page.screenshot()]);
  await desk.isRefused("no_code");
  const [last, ...others] = photos.toReversed();
  await choose(desk, [...others, others[0]]);
  const count = `${photos.length}`;
  await scanned(desk, "scanned", { have: `${photos.length - 1}`, of: count, missing: count });
  await choose(desk, [stranger]);
  await desk.isRefused("other_chain");
  await looks(form, "scanning", wrong);
  await choose(desk, [last]);
  await unsealed(desk);
  await desk.take("甲", "take_here");
  await form.until(async () => assert.deepEqual(all(await state(form)), all(before)));
  assert.deepEqual(wrong, []);
  device.forgive(/ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|FAILED)/);
}, async () => new Host(await files, "/").start());

journey("codes-turn", "they take turns by themselves until somebody stops them, and are handed over", async (device, form) => {
  await form.load(record({ wages: "9900" }));
  await form.isSaved();
  const desk = new Desk(form);
  await desk.give("by_codes");
  await desk.box("passphrase").fill("short");
  await desk.press("show_codes");
  await desk.isRefused("too_short");
  await desk.box("passphrase").fill(passphrase);
  await desk.box("again").fill(passphrase);
  await desk.press("show_codes");
  await desk.isTitled("showing");
  const name = () => desk.place.getByRole("img").getAttribute("aria-label");
  const seen = new Set();
  await form.until(async () => {
    seen.add(await name());
    assert.ok(seen.size > 2, `${[...seen]}`);
  });
  await desk.press("pause");
  const stopped = await name();
  await form.page.waitForTimeout(2500);
  assert.equal(await name(), stopped);
  await desk.press("code_next");
  await desk.press("code_before");
  assert.equal(await name(), stopped);
  await desk.press("play");
  await form.until(async () => assert.notEqual(await name(), stopped));
  await desk.press("arrived");
  await form.main.getByText(form.words.like("ui.handed_at")).first().waitFor();
});

// What a camera sees that is held before the codes: frames without colour, one a second.
async function filmed(page, photos, file) {
  const frames = await page.evaluate(async (photos) => {
    const side = 640;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [side, side];
    const paper = canvas.getContext("2d", { willReadFrequently: true });
    const made = [];
    for (const photo of photos) {
      const picture = await createImageBitmap(await (await fetch(photo)).blob());
      paper.fillStyle = "#999";
      paper.fillRect(0, 0, side, side);
      paper.setTransform(1, 0.05, -0.05, 1, 32, 10);
      paper.drawImage(picture, 30, 30, 550, 550);
      paper.resetTransform();
      const { data } = paper.getImageData(0, 0, side, side);
      let text = "";
      for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(data[at]);
      made.push(btoa(text));
    }
    return made;
  }, photos.map((photo) => `data:image/png;base64,${photo.toString("base64")}`));
  const grey = Buffer.alloc(640 * 640 / 2, 128);
  const parts = frames.flatMap((frame) => {
    return [Buffer.from("FRAME\n"), Buffer.from(frame, "base64"), grey];
  });
  const head = Buffer.from("YUV4MPEG2 W640 H640 F1:1 Ip A1:1 C420jpeg\n");
  await writeFile(file, Buffer.concat([head, ...parts]));
}

journey("codes-camera", "by a camera, which rests afterwards; without one it is said what to do", async (device, form) => {
  await form.load(record({ wages: "9900" }));
  await form.isSaved();
  const desk = new Desk(form);
  const photos = await photographed(desk);
  await desk.press("close");
  // This device has no camera.
  await form.home();
  await form.pressButton("scan");
  await desk.press("camera");
  await desk.isRefused("no_camera");
  await form.picture("no-camera");
  const blank = await device.context.newPage();
  const film = join(device.folder, "film.y4m");
  await filmed(blank, photos, film);
  const browser = await chromium.launch({
    executablePath: process.env.RUHU_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      ...args, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
  try {
    const context = await browser.newContext({ locale: "zh-CN", ...device.look });
    await context.addInitScript(() => {
      const { mediaDevices } = navigator;
      const ask = mediaDevices?.getUserMedia.bind(mediaDevices);
      globalThis.tracks = [];
      if (ask) mediaDevices.getUserMedia = async (what) => {
        const stream = await ask(what);
        tracks.push(...stream.getTracks());
        return stream;
      };
    });
    const page = await context.newPage();
    await page.goto(device.url);
    const other = new Form(page, new Words("zh-CN"), device);
    await other.isReady();
    const there = new Desk(other);
    await other.pressButton("scan");
    await there.press("camera");
    await page.locator(".film").waitFor();
    await other.picture("film");
    await unsealed(there);
    await other.until(async () => {
      const states = await page.evaluate(() => tracks.map(({ readyState }) => readyState));
      assert.deepEqual(states, ["ended"], "the camera rests");
    });
    assert.match((await there.inside())[0], /甲/);
  } finally {
    await browser.close();
  }
});
