// A newer build: offered, never forced; what was typed is there under it; and who stays
// with the old one keeps all of it.
import assert from "node:assert/strict";
import { county } from "./county.js";
import { Host, build, renew } from "./host.js";
import { journey } from "./stage.js";

const files = build();
const hosted = async () => new Host(await files, "/").start();
const newTitle = "A newer form";

// Names change all through the build, and in English the title does.
const newer = async () => renew(await files, {
  "offline.": (text) => `${text}// newer\n`,
  "lang/en.": (text) => text.replace(/^ui.title = .*$/m, `ui.title = ${newTitle}`),
  "ruhu_reader.": (text) => `${text}// newer\n`,
});

// The page is looked at again.
const back = (form) => form.page.evaluate(() => {
  document.dispatchEvent(new Event("visibilitychange"));
});

// The same, more than an hour later.
async function backLater(form) {
  await form.page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 3_700_000;
  });
  await back(form);
}

// Counts how often the page asks for news. When the browser then does, is its own affair.
const watchNews = (form) => form.page.evaluate(() => {
  const { prototype } = ServiceWorkerRegistration;
  const { update } = prototype;
  globalThis.news = 0;
  prototype.update = function asks() {
    globalThis.news += 1;
    return update.call(this);
  };
});
const news = (form) => form.page.evaluate(() => globalThis.news);

// A visit that has begun and is kept, on a device that needs no network any more.
async function begin(form) {
  await form.goTo("water");
  await form.answers({ water_litres: "40" });
  await form.isSaved();
  await form.isOffline("ready");
}

const script = (form) => form.page.locator("script[type=module]").getAttribute("src");
const offer = (form) => form.button(form.words.ui("update"));
const caches = (form) => form.page.evaluate(() => globalThis.caches.keys());
const mark = (form) => form.page.evaluate(() => { globalThis.wasHere = true; });
const isSamePage = (form) => form.page.evaluate(() => globalThis.wasHere === true);

async function isAgain(form, old) {
  await form.until(async () => assert.notEqual(await script(form), old), 10_000);
  await form.isReady();
}

journey("newer", "a newer version is offered, taken by one page, and left by another", async (device, form) => {
  const { host } = device;
  const old = await script(form);
  await begin(form);
  const second = await device.visit();
  await second.goTo("visit");
  await mark(form);
  await mark(second);

  host.files = await newer();
  await device.forgetCache();
  await watchNews(form);
  await back(form);
  assert.equal(await news(form), 0, "news asked for within the hour");
  await device.context.setOffline(true);
  await backLater(form);
  assert.equal(await news(form), 0, "news asked for without a network");
  await device.context.setOffline(false);
  await back(form);
  await back(form);
  assert.equal(await news(form), 1);
  await offer(form).waitFor();
  await form.picture("offered");
  assert.equal(await offer(second).count(), 0, "offered inside a section");
  await form.goTo("water");
  assert.equal(await offer(form).count(), 0, "offered inside a section");
  // A worker that took over by itself would do so once the old one is at rest.
  await device.restWorkers();
  await form.page.waitForTimeout(3000);
  assert.ok(await isSamePage(form) && await isSamePage(second), "forced");
  assert.ok(await form.page.evaluate(async () => {
    return (await navigator.serviceWorker.getRegistration()).waiting !== null;
  }), "taken by itself");

  // Typed in the very moment in which the new version is taken.
  await form.type("water_litres", "1");
  await form.home();
  await form.press(offer(form));
  await isAgain(form, old);
  await form.isOffline("ready");
  assert.equal(await offer(form).count(), 0);
  await form.goTo("water");
  assert.equal(await form.value("water_litres"), "401");
  await form.home();
  await form.speak("en", newTitle);

  // The other page goes on as it was, with what it has yet to fetch, which no server has.
  assert.ok(await isSamePage(second), "a page was reloaded under its form");
  await second.type("village", "木乃");
  await second.isSaved();
  assert.equal(await offer(second).count(), 0, "offered inside a section");
  await second.home();
  await offer(second).waitFor();
  await second.speak("en");
  await second.give("load_standard", "jia.json", county());
  await second.page.getByText("甲县退出标准（试）").first().waitFor({ state: "attached" });
  assert.equal((await caches(second)).length, 2);
  await second.press(offer(second));
  await isAgain(second, old);
  assert.match(await second.page.evaluate(() => globalThis.ruhu.record()), /木乃/);
  // The page asks its worker whether all is there; then the old files may go.
  await second.until(async () => assert.equal((await caches(second)).length, 1));
}, hosted);

journey("newer-by-itself", "who never takes it has it at the next opening", async (device, form) => {
  const { host } = device;
  const old = await script(form);
  await begin(form);
  host.files = await newer();
  await backLater(form);
  await offer(form).waitFor();
  await host.stop();
  await form.page.close();
  const again = await device.visit();
  assert.notEqual(await script(again), old);
  await again.goTo("water");
  assert.equal(await again.value("water_litres"), "40");
  await again.isOffline("ready");
  await again.until(async () => assert.equal((await caches(again)).length, 1));
  device.forgive(/ERR_CONNECTION_REFUSED/);
}, hosted);

journey("newer-unkept", "what cannot be kept is not left for a newer version", async (device, form) => {
  await form.isOffline("ready");
  device.host.files = await newer();
  await backLater(form);
  await offer(form).waitFor();
  await mark(form);
  // A change that cannot be kept, and the tap right after it.
  const name = form.words.ui("update");
  await form.page.evaluate((name) => {
    IDBObjectStore.prototype.put = () => { throw new DOMException("", "QuotaExceededError"); };
    const year = document.getElementById("year");
    year.value = year.value === "2018" ? "2019" : "2018";
    year.dispatchEvent(new Event("change", { bubbles: true }));
    [...document.querySelectorAll(".offer button")].find((one) => one.textContent === name)
      .click();
  }, name);
  await form.page.getByText(form.words.text("kept.full")).waitFor();
  await offer(form).waitFor({ state: "detached" });
  await form.page.waitForTimeout(500);
  assert.ok(await isSamePage(form), "left all the same");
}, hosted);

journey("newer-broken", "a build that does not come whole leaves the old one whole", async (device, form) => {
  const { host } = device;
  const old = await script(form);
  await form.isOffline("ready");
  const kept = await caches(form);
  host.files = await newer();
  const broken = [...host.files.keys()].find((name) => name.startsWith("ruhu_reader."));
  for (const fails of [
    { status: 500, body: "out of order" },
    { status: 200, body: "<p>Welcome to the county's network. Please log in." },
  ]) {
    host.fails.set(broken, fails);
    host.asked.length = 0;
    await backLater(form);
    await form.until(() => assert.ok(host.asked.includes(`GET ${host.url}${broken}`)));
    await form.until(async () => {
      assert.deepEqual(await caches(form), kept);
      assert.ok(await form.page.evaluate(async () => {
        const { installing, waiting } = await navigator.serviceWorker.getRegistration();
        return !installing && !waiting;
      }));
    });
    assert.equal(await offer(form).count(), 0);
    await form.isOffline("ready");
  }
  await host.stop();
  await form.page.reload();
  await form.isReady();
  assert.equal(await script(form), old);
  await form.speak("en");
  await form.speak("zh-CN");
  host.fails.clear();
  await host.again();
  await backLater(form);
  await offer(form).waitFor();
  device.forgive(/^500 |status of 500|ERR_CONNECTION_REFUSED|integrity/);
}, hosted);

journey("never-whole", "where not all could be kept, the form says so and works", async (device, form) => {
  const { host } = device;
  await form.isOffline("failed");
  await form.picture("failed");
  assert.deepEqual(await caches(form), []);
  await form.goTo("water");
  await form.answers({ water_litres: "40" });
  host.fails.clear();
  await form.page.reload();
  await form.isReady();
  await form.isOffline("ready");
  device.forgive(/^500 |status of 500/);
}, async () => {
  const host = await hosted();
  const icon = [...host.files.keys()].find((name) => name.startsWith("icon-512."));
  host.fails.set(icon, { status: 500, body: "out of order" });
  return host;
});
