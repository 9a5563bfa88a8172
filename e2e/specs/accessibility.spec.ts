import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { functions } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { deployments, nodes, pods } from "@kyma/kube/resource-types.ts";
import { expect, test } from "../src/fixtures.ts";

const groups: Record<string, (ns: string, node: string) => string[]> = {
  "Functions and API Rules": (ns) => [
    `/namespaces/${ns}/functions`,
    `/namespaces/${ns}/functions/create`,
    `/namespaces/${ns}/functions/shown`,
    `/namespaces/${ns}/functions/shown?tab=configuration`,
    `/namespaces/${ns}/functions/shown?tab=run`,
    `/namespaces/${ns}/api-rules`,
    `/namespaces/${ns}/api-rules/create`,
  ],
  "the cluster": (ns, node) => [
    `/namespaces/${ns}`,
    "/kinds",
    "/upload",
    `/namespaces/${ns}/access`,
    "/who-can",
    `/cluster/core/v1/nodes/${node}`,
  ],
  workloads: (ns) => [
    `/namespaces/${ns}/resources/core/v1/pods`,
    `/namespaces/${ns}/resources/apps/v1/deployments/shown`,
    `/namespaces/${ns}/resources/apps/v1/deployments/shown?tab=events`,
    `/namespaces/${ns}/resources/apps/v1/deployments/shown?tab=yaml`,
    `/namespaces/${ns}/resources/core/v1/pods/lonely`,
    `/namespaces/${ns}/resources/core/v1/pods/lonely?tab=logs`,
    `/namespaces/${ns}/resources/core/v1/pods/lonely?tab=terminal`,
  ],
};

/** Each page in both widths and both themes with one load; a look takes seconds, so not all four pairs. */
const looks = [
  { width: 1440, colorScheme: "light" },
  { width: 375, colorScheme: "dark" },
] as const;

async function createObjects(client: KubeClient, namespace: string): Promise<void> {
  const containers = [{ name: "app", image: "example.com/none:1" }];
  const labels = { app: "shown" };
  const shown: UnknownObject = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "shown", namespace },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
  const lonely: UnknownObject = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "lonely", namespace },
    spec: { containers },
  };
  const fn: UnknownObject = {
    apiVersion: "serverless.kyma-project.io/v1alpha2",
    kind: "Function",
    metadata: { name: "shown", namespace },
    spec: { runtime: "nodejs24", source: { inline: { source: "module.exports = { main: () => 1 }" } } },
  };
  await client.create(deployments, shown);
  await client.create(pods, lonely);
  await client.create(functions, fn);
}

/** Serious faults of the page as it looks now, and whether it scrolls sideways. */
async function checkLook(page: Page, path: string, look: (typeof looks)[number]): Promise<void> {
  const { width, colorScheme } = look;
  const named = `${path}, ${colorScheme} at ${width} px`;
  await page.setViewportSize({ width, height: 812 });
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  const dark = page.locator("html.pf-v6-theme-dark");
  await expect(dark).toHaveCount(colorScheme === "dark" ? 1 : 0);
  const axe = new AxeBuilder({ page }).exclude(".monaco-editor").exclude(".xterm");
  const { violations } = await axe.analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const found = serious.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
  expect.soft(found, named).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(overflow, `${named}, scrolls sideways`).toBeLessThanOrEqual(0);
}

for (const [name, pathsOf] of Object.entries(groups)) {
  test(`pages of ${name} are accessible and fit, light at 1440 px and dark at 375 px`, async ({
    console: page,
    client,
    namespace,
  }) => {
    await createObjects(client, namespace);
    const { items } = await client.list(nodes);
    const node = items[0]?.metadata.name ?? "";
    for (const path of pathsOf(namespace, node)) {
      await page.setViewportSize({ width: 1440, height: 812 });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByText(/^Loading/)).toHaveCount(0);
      await page.waitForLoadState("networkidle", { timeout: 5000 }).catch(() => undefined);
      for (const look of looks) await checkLook(page, path, look);
    }
  });
}
