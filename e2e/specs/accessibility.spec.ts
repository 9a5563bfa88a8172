import { AxeBuilder } from "@axe-core/playwright";
import { functions } from "@kyma/crds/resource-types.ts";
import { expect, test } from "../src/fixtures.ts";

const pages = (ns: string): string[] => [
  `/namespaces/${ns}`,
  `/namespaces/${ns}/functions`,
  `/namespaces/${ns}/functions/create`,
  `/namespaces/${ns}/functions/shown`,
  `/namespaces/${ns}/functions/shown?tab=configuration`,
  `/namespaces/${ns}/functions/shown?tab=run`,
  `/namespaces/${ns}/api-rules`,
  `/namespaces/${ns}/api-rules/create`,
  `/namespaces/${ns}/resources/core/v1/pods`,
  "/kinds",
];

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 375]) {
    test(`every main page is accessible and fits, ${colorScheme} at ${width} px`, async ({
      console: page,
      client,
      namespace,
    }) => {
      await client.create(functions, {
        apiVersion: "serverless.kyma-project.io/v1alpha2",
        kind: "Function",
        metadata: { name: "shown", namespace },
        spec: { runtime: "nodejs24", source: { inline: { source: "module.exports = { main: () => 1 }" } } },
      } as never);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 812 });
      for (const path of pages(namespace)) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await page.waitForLoadState("networkidle").catch(() => undefined);
        const { violations } = await new AxeBuilder({ page }).exclude(".monaco-editor").analyze();
        const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        const found = serious.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`,
        );
        expect.soft(found, path).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect.soft(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
      }
    });
  }
}
