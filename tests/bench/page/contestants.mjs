// How each page is read and worked: the same acts on ours and on the yardstick.
// What is a text here runs inside the page.

const bySelectors = (met, notMet, open) =>
  `[${[met, notMet, open].map((one) => `text(${JSON.stringify(one)})`).join()}].join("/")`;

/** Ours: sections on pages of their own, rows as cards of which one is open. */
const ours = {
  id: "ours",
  look: {
    bar: bySelectors(".bar .count.met b", ".bar .count.not-met b", ".bar .count.unknown b"),
    first: `all("main input,main select")[0]`,
    whole: `all(".tasks .task").length > 0`,
    sentence: `text(".strip .strip-text")`,
    rows: `all(".cards > .card").length`,
    newRow: `all(".cards > .card:last-child .card-body .field").at(-1)`,
    add: `all("#add-member")[0]`,
  },
  amount: "#business_revenue-1",
  async toAmount(page) {
    await section(page, "#sum-business, #row-business-1");
    await page.locator("#row-business-1").click();
  },
  toMembers: (page) => section(page, "#add-member"),
};

/** To the section that holds something, from the list of tasks. */
async function section(page, wanted) {
  const tasks = page.locator(".task");
  const count = await tasks.count();
  for (let at = 0; at < count; at++) {
    await tasks.nth(at).click();
    await page.locator(".topics").waitFor();
    if (await page.locator(wanted).count()) return;
    await page.locator(".top-line .quiet").click();
    await page.locator(".tasks").waitFor();
  }
  throw new Error(`no section holds ${wanted}`);
}

const vanilla = {
  id: "vanilla",
  look: {
    bar: bySelectors("#met", "#not-met", "#open"),
    first: `all("form input,form select")[0]`,
    whole: "true",
    sentence: `text("#per-head")`,
    rows: `all("#rows-member > fieldset").length`,
    newRow: `all("#rows-member > fieldset:last-child .field").at(-1)`,
    add: `all("#add-member")[0]`,
  },
  amount: '[name="business.1.business_revenue"]',
  toAmount: async () => {},
  toMembers: async () => {},
};

export const contestants = [vanilla, ours];
