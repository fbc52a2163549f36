// On a slow network the page is there long before the form: its first question is answered
// meanwhile, and nothing of that is lost.
import assert from "node:assert/strict";
import { Form } from "./form.js";
import { journey } from "./stage.js";
import { Words } from "./words.js";

const code = /\/ruhu_web_bg\.[0-9a-f]{10}\.wasm$/;

// The page, with the form still on its way; what is returned lets it come.
async function slowly(device) {
  let come;
  const held = new Promise((done) => {
    come = done;
  });
  await device.context.route(code, async (route) => {
    await held;
    await route.continue();
  });
  const page = await device.context.newPage();
  await page.goto(device.url);
  return { page, come };
}

journey("early", "the year is chosen while the form is still on its way", async (device) => {
  await device.context.close();
  await device.start();
  const { page, come } = await slowly(device);
  const year = page.locator("#year");
  await year.selectOption("2017");
  await year.focus();
  assert.match(await page.locator(".bar:visible").innerText(), /待核实\s*9/);
  await device.picture(page, "before");
  come();
  const form = new Form(page, new Words("zh-CN"), device);
  await form.isReady();
  assert.equal(await year.inputValue(), "2017");
  await form.until(async () => assert.ok(await year.evaluate((one) => one === document.activeElement)));
  await form.isSaved();
  assert.equal(await page.evaluate(() => JSON.parse(globalThis.ruhu.record()).year), 2017);
});

journey("early-kept", "who has visits on the device is shown no blank form", async (device, form) => {
  await form.goTo("water");
  await form.answer("water_litres", "37");
  await form.isSaved();
  await device.forgetWorker(form.page);
  await form.page.close();
  const { page, come } = await slowly(device);
  await page.locator(".bar.returning").getByText("正在打开").waitFor();
  assert.equal(await page.locator("#year").isVisible(), false);
  await device.picture(page, "before");
  come();
  const again = new Form(page, new Words("zh-CN"), device);
  await again.isIn("water");
  assert.equal(await again.value("water_litres"), "37");
});

// The wasm, and a module whose absence ends all of them.
for (const part of ["ruhu_web_bg", "ruhu_web"]) {
  journey(`early-${part}`, `where ${part} cannot be fetched, that is said, with the way back`, async (device) => {
    await device.context.close();
    await device.start();
    const file = new RegExp(`/${part}\\.[0-9a-f]{10}\\.`);
    await device.context.route(file, (route) => route.abort());
    const page = await device.context.newPage();
    await page.goto(device.url);
    const told = page.getByRole("alert");
    await told.getByText("核查表没有打开").waitFor();
    assert.doesNotMatch(await page.locator("body").innerText(), /正在打开/);
    await device.picture(page, "told");
    await device.context.unroute(file);
    device.forgive(/ERR_FAILED|Failed to fetch/);
    const form = new Form(page, new Words("zh-CN"), device);
    await form.press(told.getByRole("link"));
    await form.isReady();
    assert.equal(await told.count(), 0);
  });
}
