import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { apiRules, functions, subscriptions } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { deployments, nodes, pods } from "@kyma/kube/resource-types.ts";
import { expect, test } from "../src/fixtures.ts";

interface Shown {
  path: string;
  /** In both themes at both widths; else light and wide, dark and narrow, as a look takes seconds. */
  fully?: boolean;
}

const groups: Record<string, (ns: string, node: string) => Shown[]> = {
  "Functions and API Rules": (ns) => [
    { path: `/namespaces/${ns}/functions` },
    { path: `/namespaces/${ns}/functions/create` },
    { path: `/namespaces/${ns}/functions/shown` },
    { path: `/namespaces/${ns}/functions/shown?tab=configuration` },
    { path: `/namespaces/${ns}/functions/shown?tab=run` },
    { path: `/namespaces/${ns}/functions/shown?tab=triggers` },
    { path: `/namespaces/${ns}/api-rules` },
    { path: `/namespaces/${ns}/api-rules/create` },
    { path: `/namespaces/${ns}/api-rules/shown` },
    { path: `/namespaces/${ns}/api-rules/shown/edit` },
  ],
  eventing: (ns) => [
    { path: `/namespaces/${ns}/eventing` },
    { path: `/namespaces/${ns}/eventing?tab=live` },
    { path: `/namespaces/${ns}/eventing?tab=dead-letters` },
    { path: `/namespaces/${ns}/eventing/test` },
    { path: `/namespaces/${ns}/subscriptions` },
    { path: `/namespaces/${ns}/subscriptions/create` },
    { path: `/namespaces/${ns}/subscriptions/shown` },
    { path: `/namespaces/${ns}/subscriptions/shown?tab=edit` },
    { path: `/namespaces/${ns}/subscriptions/shown?tab=attempts` },
  ],
  "the cluster": (ns, node) => [
    { path: `/namespaces/${ns}`, fully: true },
    { path: "/kinds" },
    { path: "/upload" },
    { path: `/namespaces/${ns}/access` },
    { path: "/who-can" },
    { path: "/cluster/core/v1/nodes" },
    { path: `/cluster/core/v1/nodes/${node}` },
    { path: `/cluster/core/v1/namespaces/${ns}` },
  ],
  workloads: (ns) => [
    { path: `/namespaces/${ns}/resources/core/v1/pods`, fully: true },
    { path: `/namespaces/${ns}/resources/apps/v1/deployments/shown`, fully: true },
    { path: `/namespaces/${ns}/resources/apps/v1/deployments/shown?tab=events` },
    { path: `/namespaces/${ns}/resources/apps/v1/deployments/shown?tab=revisions` },
    { path: `/namespaces/${ns}/resources/apps/v1/deployments/shown?tab=yaml`, fully: true },
    { path: `/namespaces/${ns}/resources/core/v1/pods/lonely` },
    { path: `/namespaces/${ns}/resources/core/v1/pods/lonely?tab=logs`, fully: true },
    { path: `/namespaces/${ns}/resources/core/v1/pods/lonely?tab=terminal` },
  ],
};

const usual = [
  { width: 1440, colorScheme: "light" },
  { width: 375, colorScheme: "dark" },
] as const;
const all = [...usual, { width: 375, colorScheme: "light" }, { width: 1440, colorScheme: "dark" }] as const;

/** Pages that only lead on. */
const redirects = ["/"];

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
  const rule: UnknownObject = {
    apiVersion: "gateway.kyma-project.io/v2",
    kind: "APIRule",
    metadata: { name: "shown", namespace },
    spec: {
      hosts: [namespace],
      gateway: "kyma-system/kyma-gateway",
      service: { name: "shown", port: 80 },
      rules: [{ path: "/*", methods: ["GET"], noAuth: true }],
    },
  };
  await client.create(apiRules, rule);
  const subscription: UnknownObject = {
    apiVersion: "eventing.kyma-project.io/v1alpha2",
    kind: "Subscription",
    metadata: { name: "shown", namespace },
    spec: {
      sink: `http://shown.${namespace}.svc.cluster.local`,
      source: "shop",
      types: ["order.created.v1"],
    },
  };
  await client.create(subscriptions, subscription);
}

/** Serious faults of the page as it looks now, and whether it scrolls sideways. */
async function checkLook(page: Page, path: string, look: (typeof all)[number]): Promise<void> {
  const { width, colorScheme } = look;
  const named = `${path}, ${colorScheme} at ${width} px`;
  await page.setViewportSize({ width, height: 812 });
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  // The page is told of the change with its next frame, which a still page does not ask for.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  const dark = page.locator("html.pf-v6-theme-dark");
  await expect(dark).toHaveCount(colorScheme === "dark" ? 1 : 0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const found = serious.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
  expect.soft(found, named).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(overflow, `${named}, scrolls sideways`).toBeLessThanOrEqual(0);
}

for (const [name, pagesOf] of Object.entries(groups)) {
  test(`pages of ${name} are accessible and fit, in light and dark, wide and narrow`, async ({
    console: page,
    client,
    namespace,
  }) => {
    test.setTimeout(600_000);
    await createObjects(client, namespace);
    const { items } = await client.list(nodes);
    const node = items[0]?.metadata.name ?? "";
    for (const { path, fully } of pagesOf(namespace, node)) {
      await page.setViewportSize({ width: 1440, height: 812 });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByText(/^Loading/)).toHaveCount(0);
      await page.waitForLoadState("networkidle", { timeout: 5000 }).catch(() => undefined);
      for (const look of fully ? all : usual) await checkLook(page, path, look);
    }
  });
}

test("dialogs that ask, and what they say, are accessible and fit", async ({
  console: page,
  client,
  namespace,
}) => {
  await createObjects(client, namespace);
  const path = `/namespaces/${namespace}/resources/apps/v1/deployments/shown`;
  for (const [command, said] of [
    ["Scale", "1 now."],
    ["Restart", "The API server would accept this (dry run)"],
    ["Delete", "The API server would accept this (dry run)"],
  ] as const) {
    await page.goto(path);
    await page.getByRole("button", { name: "Actions" }).click();
    await page.getByRole("menuitem", { name: command, exact: true }).click();
    await expect(page.getByRole("dialog").getByText(said)).toBeVisible();
    for (const look of usual) await checkLook(page, `${path}, dialog ${command}`, look);
  }
});

/** The console's router, as TanStack Router leaves it to its own tools. */
interface Router {
  routesByPath: Record<string, unknown>;
  getMatchedRoutes(path: string): [unknown, unknown, { fullPath: string } | undefined];
}

test("every route of the console is among these pages", async ({ console: page, namespace }) => {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const paths = Object.values(groups).flatMap((pagesOf) => pagesOf(namespace, "node"));
  const { routes, looked } = await page.evaluate(
    (visited) => {
      const router = (globalThis as unknown as { __TSR_ROUTER__: Router }).__TSR_ROUTER__;
      return {
        routes: Object.keys(router.routesByPath),
        looked: visited.map((path) => router.getMatchedRoutes(path)[2]?.fullPath),
      };
    },
    paths.map(({ path }) => path.split("?")[0] ?? ""),
  );
  const trimmed = (path: string) => path.replace(/(?<=.)\/$/, "");
  const known = new Set([...redirects, ...looked.map((path) => trimmed(path ?? "nowhere"))]);
  expect(routes.map(trimmed).filter((route) => !known.has(route))).toEqual([]);
  expect(routes.length).toBeGreaterThan(10);
});
