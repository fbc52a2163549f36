// After one visit with a network, the form needs none; and it never asks for anything but
// its own files.
import assert from "node:assert/strict";
import { county } from "./county.js";
import { Host, build } from "./host.js";
import { journey } from "./stage.js";

const files = build();
const hosted = (folder) => async () => new Host(await files, folder).start();

// Everything a visit may want to fetch: another language, the reader of standards.
async function useAll(form) {
  await form.home();
  await form.speak("en");
  await form.give("load_standard", "jia.json", county());
  const list = form.main.getByLabel(form.words.ui("standard"));
  await form.until(async () => {
    assert.equal((await list.locator("option:checked").innerText()).trim(), "甲县退出标准（试）");
  });
  await form.home();
  await form.speak("zh-CN");
}

for (const [name, folder, where] of [
  ["offline", "/", "at the root"], ["offline-portal", "/portal/ruhu/", "in a folder of a portal"],
]) {
  journey(name, `once opened, the form needs no network: ${where}`, async (device, form) => {
    const { host } = device;
    await form.goTo("water");
    await form.answers({ water_litres: "40" });
    await form.isSaved();
    await form.isOffline("ready");
    await form.picture("ready");
    await device.forgetCache();
    await device.context.setOffline(true);
    await host.stop();
    // The page that is open, which nothing has been reloaded for.
    await useAll(form);
    await form.isSaved();
    await form.page.reload();
    await form.isReady();
    await form.isVerdict({ is: "unknown", met: 0 });
    await form.isOffline("ready");
    await form.goTo("power");
    await form.answer("power_connected", "yes");
    await form.isVerdict({ is: "met", met: 1 });
    await form.isSaved();
    await form.page.close();
    // Opened anew by whatever leads to it.
    for (const end of ["", "index.html", "?from=home"]) {
      const again = await device.visit("zh-CN", end);
      await again.home();
      await again.main.getByLabel(again.words.ui("standard"))
        .selectOption("sichuan-household-2016");
      await again.goTo("water");
      assert.equal(await again.value("water_litres"), "40");
      await useAll(again);
      await again.page.close();
    }
    // That the network is away is no fault of the form's.
    device.forgive(/ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED)/);
  }, hosted(folder));
}

journey("offline-neighbours", "pages beside and below the form are left alone", async (device, form) => {
  const { host } = device;
  const { headers } = host.files.get("index.html");
  const names = ["below/index.html", "below/report.0123456789.html"];
  host.files = new Map(host.files);
  const text = (name) => Buffer.from(`<link rel="icon" href="data:,"><p>${name}`);
  for (const name of names) host.files.set(name, { headers, bytes: text(name) });
  await form.isOffline("ready");
  await form.page.reload();
  await form.isReady();
  const posted = await form.page.evaluate(async (to) => {
    await fetch(to, { method: "POST", body: "a record" });
    return navigator.serviceWorker.controller !== null;
  }, host.url);
  assert.ok(posted, "the worker is not there");
  assert.equal(host.asked.at(-1), `POST ${host.url}`);
  const page = await device.context.newPage();
  for (const name of names) {
    await page.goto(host.url + name);
    assert.equal(await page.locator("p").innerText(), name);
  }
  await page.close();
}, hosted("/portal/ruhu/"));

journey("requests", "no request is ever made but for the form's own files", async (device, form) => {
  const { host } = device;
  await form.isOffline("ready");
  const first = [...host.asked];
  host.asked.length = 0;
  await useAll(form);
  await form.goTo("water");
  await form.answers({ water_litres: "40" });
  await form.isSaved();
  await form.page.reload();
  await form.isReady();
  await form.check();
  const second = await device.visit();
  await useAll(second);
  // Long enough for what a browser does once a page is at rest.
  await form.page.waitForTimeout(3000);
  const own = [...(await files).keys()].map((name) => `GET ${host.url}${name}`);
  own.push(`GET ${host.url}`);
  // Chromium asks its maker about boxes it might fill, whatever page they are on.
  const browsers = "CONNECT content-autofill.googleapis.com:443";
  const asked = [...first, ...host.asked].filter((one) => one !== browsers);
  const others = asked.filter((one) => !own.includes(one));
  assert.deepEqual(others, [], "asked of others, or not with GET");
  const twice = asked.filter((one, at) => /\.\w{10}\./.test(one) && asked.indexOf(one) !== at);
  assert.deepEqual(twice, [], "fetched twice");
  const later = new Set(host.asked);
  for (const one of [browsers, `GET ${host.url}sw.js`]) later.delete(one);
  assert.deepEqual([...later], [], "once all is kept, only news are asked for");
}, async () => {
  const host = await hosted("/")();
  // All that the browser sends goes through this host, whoever it is for.
  return Object.assign(host, { isProxy: true });
});

journey("install", "where the browser offers to install, so does the form", async (device, form) => {
  const button = form.button(form.words.ui("install"));
  assert.equal(await button.count(), 0);
  await form.page.evaluate(() => {
    const event = new Event("beforeinstallprompt", { cancelable: true });
    event.prompt = () => document.body.setAttribute("data-asked", "yes");
    dispatchEvent(event);
    document.body.setAttribute("data-kept", event.defaultPrevented);
  });
  await button.waitFor();
  assert.equal(await form.page.locator("body").getAttribute("data-kept"), "true");
  await form.picture("offered", { fullPage: true });
  await form.press(button);
  await button.waitFor({ state: "detached" });
  assert.equal(await form.page.locator("body").getAttribute("data-asked"), "yes");
});
