// What a machine finds wrong with a screen: WCAG 2.2 AA and best practice.
import axe from "axe-core";

export async function audit(form, what) {
  await form.page.evaluate(axe.source);
  const { violations } = await form.page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return violations.map((one) => {
    const where = one.nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`);
    return `${what}: ${one.id}: ${one.help}\n  ${where.slice(0, 3).join("\n  ")}`;
  });
}
