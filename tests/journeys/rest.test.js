// A first visit waits for what fills in a household; the rest of the form may come late, or
// not at all, and nothing is lost by that.
import assert from "node:assert/strict";
import { journey } from "./stage.js";

/** How long the form waits before it asks again, in milliseconds. */
const byItself = 10_000;

const rest = /\/rest\.[0-9a-f]{10}\.wasm$/;

// The rest of the form stays away from now on, or so many times; what is returned lets it come.
async function withheld(device, times) {
  const { context } = device;
  await context.route(rest, (route) => route.abort(), { times });
  return async () => {
    await context.unroute(rest);
    device.forgive(/rest\.[0-9a-f]+\.wasm|ERR_FAILED/);
  };
}

// A device that has nothing of the form.
async function anew(device) {
  await device.context.close();
  await device.start();
}

journey("rest", "without the rest of the form a household is filled in, judged and kept", async (device) => {
  await anew(device);
  const come = await withheld(device);
  const form = await device.visit();
  await form.goTo("power");
  await form.answer("power_connected", "yes");
  await form.isVerdict({ is: "unknown", met: 1 });
  await form.isSaved();
  await form.goTo("members");
  await form.addRow("member");
  await form.answer("member_name", "苏甲");
  await form.isSaved();
  // No key of a word stands where its text should.
  for (const go of [() => form.home(), () => form.goTo("water"), () => form.goTo("members")]) {
    await go();
    assert.doesNotMatch(await form.page.locator("body").innerText(), /\b[a-z]+_[a-z_]+\b|\b(ui|fact|topic|hint)\./);
  }
  // What stands for it says so, and what to do.
  await form.openReasons();
  await form.sheet.getByText(form.words.ui("rest_failed")).waitFor();
  await form.picture("failed-reasons");
  await come();
  await form.press(form.sheet.getByRole("button", { name: form.words.ui("rest_again") }));
  await form.sheet.getByText(form.words.ui("overall")).waitFor();
  await form.closeReasons();
  // The hints, the sources and the list came with it.
  await form.isVerdict({ is: "unknown", met: 1 });
  await form.list();
  await form.areListed(["苏甲"]);
});

// A visit that was begun, and the form opened again while the rest of it does not come.
async function reopened(device, form, times) {
  await form.goTo("water");
  await form.answer("water_litres", "37");
  await form.isSaved();
  const come = await withheld(device, times);
  await device.forgetWorker(form.page);
  await form.page.reload();
  return come;
}

journey("rest-kept", "without the rest of the form what was kept stays shut, and comes back", async (device, form) => {
  const come = await reopened(device, form);
  await form.main.getByText(form.words.ui("rest_failed")).waitFor();
  assert.equal(await form.main.getByRole("button").count(), 1);
  await form.picture("shut");
  await come();
  const pressed = Date.now();
  await form.press(form.main.getByRole("button", { name: form.words.ui("rest_again") }));
  await form.isIn("water");
  assert.ok(Date.now() - pressed < byItself / 2, "it comes because it was asked for");
  assert.equal(await form.value("water_litres"), "37");
  await form.isSaved();
});

journey("rest-late", "when the network is back, the rest of the form comes by itself", async (device, form) => {
  const come = await reopened(device, form);
  await form.main.getByText(form.words.ui("rest_failed")).waitFor();
  await come();
  await form.page.getByRole("heading", { level: 1, name: form.words.text("topic.water") })
    .waitFor({ timeout: 2 * byItself });
  assert.equal(await form.value("water_litres"), "37");
});

journey("rest-once", "the rest of the form fails once, and what was kept is there all the same", async (device, form) => {
  const come = await reopened(device, form, 1);
  await form.isIn("water");
  assert.equal(await form.value("water_litres"), "37");
  await come();
});
