import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { configMaps, deployments, resourceQuotas, secrets, services } from "@kyma/kube/resource-types.ts";
import { expect, test } from "../src/fixtures.ts";
import { createLargeDeployment, rawBytes } from "../src/large-deployment.ts";
import { watchTraffic } from "../src/page-traffic.ts";

const page = (namespace: string, type: string, name: string) =>
  `/namespaces/${namespace}/resources/${type}/${name}`;

function deployment(namespace: string, name: string): KubeObject & { spec: object } {
  const labels = { app: name };
  const container = { name: "main", image: "example.invalid/web:1" };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      namespace,
      name,
      annotations: {
        bad: "\u001b[31m<img src=x onerror=alert(1)> javascript:alert(1)",
        good: "https://example.com/docs",
      },
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}

async function configMap(client: KubeClient, namespace: string, data: Record<string, string>): Promise<void> {
  await client.create(configMaps, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace, name: "settings" },
    data,
  } as KubeObject);
}

test("a Deployment's page is one subscription, lives, and lets labels be edited in place", async ({
  console: browser,
  client,
  namespace,
}) => {
  await client.create(deployments, deployment(namespace, "web"));
  // The page that the console opens with may still be asking for its own things.
  await browser.goto("about:blank");
  const started = watchTraffic(browser);
  await browser.goto(page(namespace, "apps/v1/deployments", "web"));
  await expect(browser.getByRole("heading", { level: 1, name: "web" })).toBeVisible();
  await expect(
    browser.getByRole("grid", { name: "What it owns" }).getByText("Pod", { exact: true }),
  ).toBeVisible();
  await expect(browser.getByRole("main").getByText("live", { exact: true }).first()).toBeVisible();
  // The shell's own tells how the cluster's processes do.
  expect(started.subscriptions.filter((name) => name !== "Components")).toEqual(["ObjectPage"]);
  // What the shell asks for once on any page, and all rights of the page in one request.
  const own = started.http.filter((name) => !["Session", "ApiResources"].includes(name));
  expect(own.filter((name) => name !== "Access")).toEqual([]);
  expect(own.length).toBeLessThanOrEqual(1);

  await client.patch(deployments, { namespace, name: "web" }, { spec: { replicas: 0 } }, { type: "merge" });
  await expect(browser.getByText("Scaled to zero").first()).toBeVisible();

  await expect(browser.getByRole("link", { name: "https://example.com/docs" })).toBeVisible();
  await expect(
    browser.getByText("⟨U+001B⟩[31m<img src=x onerror=alert(1)> javascript:alert(1)"),
  ).toBeVisible();

  await browser.getByRole("button", { name: "Edit labels" }).click();
  const form = browser.getByRole("form", { name: "Edit labels" });
  await form.getByRole("textbox", { name: "Key 1" }).fill("tier");
  await form.getByRole("textbox", { name: "Value 1" }).fill("front end");
  await expect(form.getByText("cannot be the value of a label")).toBeVisible();
  await form.getByRole("textbox", { name: "Value 1" }).fill("frontend");
  await form.getByRole("button", { name: "Save labels" }).click();
  await expect(browser.getByText("tier=frontend")).toBeVisible();
  const { metadata } = await client.get(deployments, { namespace, name: "web" });
  expect(metadata.labels).toMatchObject({ tier: "frontend" });
});

test("a Deployment's first tab takes at most a fifth of the bytes of what it covers; other tabs bring what they show", async ({
  console: browser,
  client,
  namespace,
}) => {
  await createLargeDeployment(client, namespace);
  await browser.goto("about:blank");
  const traffic = watchTraffic(browser);
  await browser.goto(page(namespace, "apps/v1/deployments", "shop"));
  await expect(browser.getByRole("grid", { name: "Pods" }).getByRole("link", { name: /^shop-/ })).toHaveCount(
    10,
  );
  const shown = ["object", "state", "warnings", "children", "related", "workload", "pods", "metrics"];
  await expect.poll(() => shown.filter((part) => !traffic.parts.has(part))).toEqual([]);
  const received = traffic.bytesOf("ObjectPage");
  expect(received).toBeGreaterThan(5000);
  expect(received / (await rawBytes(client, namespace))).toBeLessThanOrEqual(0.2);
  expect(traffic.parts).not.toContain("events");

  await browser.getByRole("tab", { name: "Events" }).click();
  await expect(
    browser.getByRole("grid", { name: "Events" }).getByText("ScalingReplicaSet").first(),
  ).toBeVisible();
  await browser.getByRole("tab", { name: "Overview" }).click();
  await expect(browser.getByRole("grid", { name: "What it owns" })).toBeVisible();
  await client.delete(deployments, { namespace, name: "shop" });
  await expect(browser.getByText("Deployment shop was deleted")).toBeVisible();
  await expect(browser.getByRole("grid", { name: "What it owns" })).toBeVisible();
  await browser.getByRole("tab", { name: "Events" }).click();
  await expect(browser.getByText("ScalingReplicaSet").first()).toBeVisible();
  await browser.getByRole("tab", { name: "Revisions" }).click();
  await expect(browser.getByText("It was not looked at before shop was deleted.")).toBeVisible();
});

test("a Namespace's page counts what is in it and shows its quotas in its one subscription", async ({
  console: browser,
  client,
  namespace,
}) => {
  await configMap(client, namespace, { colour: "blue" });
  await client.create(resourceQuotas, {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { namespace, name: "few" },
    spec: { hard: { pods: "3" } },
  } as KubeObject);
  await browser.goto("about:blank");
  const traffic = watchTraffic(browser);
  await browser.goto(`/cluster/core/v1/namespaces/${namespace}`);
  // The second one is the cluster's own, with its certificate.
  await expect(browser.getByRole("listitem").filter({ hasText: /^ConfigMap 2$/ })).toBeVisible();
  await expect(browser.getByRole("progressbar", { name: "pods" })).toHaveAttribute(
    "aria-valuetext",
    "0 of 3",
  );
  const quota = { spec: { hard: { pods: "5" } } };
  await client.patch(resourceQuotas, { namespace, name: "few" }, quota, { type: "merge" });
  await expect(browser.getByRole("progressbar", { name: "pods" })).toHaveAttribute(
    "aria-valuetext",
    "0 of 5",
  );
  expect(traffic.subscriptions.filter((name) => name !== "Components")).toEqual(["ObjectPage"]);
  expect(traffic.http.filter((name) => !["Session", "ApiResources", "Access"].includes(name))).toEqual([]);
});

test("a cut line shows within three seconds, blocks writing and heals by itself; a deleted object stays visible", async ({
  console: browser,
  client,
  namespace,
}) => {
  const line = { isCut: false };
  await browser.routeWebSocket(/\/graphql$/, (socket) => {
    // Nothing arrives any more and nobody says so, as when a cable is pulled.
    if (line.isCut) return void socket.close();
    const server = socket.connectToServer();
    socket.onMessage((message) => line.isCut || server.send(message));
    server.onMessage((message) => line.isCut || socket.send(message));
  });
  await configMap(client, namespace, { colour: "blue" });
  await browser.goto(page(namespace, "core/v1/configmaps", "settings"));
  await expect(browser.getByText("blue")).toBeVisible();
  line.isCut = true;
  await expect(browser.getByRole("main").getByText(/stale since \d\d:\d\d:\d\d/)).toBeVisible({
    timeout: 3000,
  });
  const edit = browser.getByRole("button", { name: "Edit labels" });
  await expect(edit).toHaveAttribute("aria-disabled", "true");
  await client.patch(
    configMaps,
    { namespace, name: "settings" },
    { data: { colour: "green" } },
    { type: "merge" },
  );
  line.isCut = false;
  await expect(browser.getByText("green")).toBeVisible({ timeout: 8000 });
  await expect(edit).not.toHaveAttribute("aria-disabled", "true");

  await client.delete(configMaps, { namespace, name: "settings" });
  await expect(browser.getByText("ConfigMap settings was deleted")).toBeVisible();
  await expect(browser.getByText("green")).toBeVisible();
});

test("a Secret's values come one by one, when asked for", async ({ console: browser, client, namespace }) => {
  const data = {
    password: Buffer.from("correct horse").toString("base64"),
    user: Buffer.from("ann-of-cleves").toString("base64"),
  };
  await client.create(secrets, {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { namespace, name: "login" },
    data,
  } as KubeObject);
  await browser.goto(page(namespace, "core/v1/secrets", "login"));
  await expect(browser.getByRole("button", { name: "Show password" })).toBeVisible();
  expect(await browser.content()).not.toContain("correct horse");
  await browser.getByRole("button", { name: "Show password" }).click();
  await expect(browser.getByText("correct horse")).toBeVisible();
  expect(await browser.content()).not.toContain("ann-of-cleves");
  await browser.getByRole("button", { name: "Hide password" }).click();
  await expect(browser.getByText("correct horse")).toBeHidden();
});

test("a Service says what is behind it and whether it answers", async ({
  console: browser,
  client,
  namespace,
}) => {
  await browser.goto(page("kyma-system", "core/v1/services", "test-issuer"));
  await expect(
    browser.getByRole("grid", { name: "Endpoints" }).getByText("ready", { exact: true }),
  ).toBeVisible();
  await browser.getByRole("textbox", { name: "Path" }).fill("/.well-known/jwks.json");
  await browser.getByRole("button", { name: "Try it" }).click();
  await expect(browser.getByText(/Answered 200 .* in \d+ ms/)).toBeVisible();

  const spec = { selector: { app: "nobody" }, ports: [{ port: 80 }] };
  await client.create(services, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { namespace, name: "empty" },
    spec,
  } as KubeObject);
  await browser.goto(page(namespace, "core/v1/services", "empty"));
  await expect(browser.getByText("no endpoints", { exact: true })).toBeVisible();
  await browser.getByRole("button", { name: "Try it" }).click();
  await expect(browser.getByText(/No answer after \d+ ms/)).toBeVisible();
});

test("the schema of a CRD can be searched, and rights can be turned round", async ({
  console: browser,
  client,
  namespace,
}) => {
  await browser.goto(
    "/cluster/apiextensions.k8s.io/v1/customresourcedefinitions/apirules.gateway.kyma-project.io",
  );
  await expect(browser.getByRole("link", { name: "Show all apirules" })).toBeVisible();
  await browser.getByRole("tab", { name: "Schema" }).click();
  await expect(browser).toHaveURL(/tab=schema/);
  const fields = browser.getByRole("list", { name: "Fields" });
  await expect(fields.getByText("hosts", { exact: true })).toBeVisible();
  await browser.getByRole("textbox", { name: "Search fields" }).fill("allowCredentials");
  await expect(fields.getByText("allowCredentials", { exact: true })).toBeVisible();
  await expect(fields.getByText("hosts", { exact: true })).toBeHidden();

  const rbac = { group: "rbac.authorization.k8s.io", version: "v1", namespaced: true };
  const apiVersion = "rbac.authorization.k8s.io/v1";
  const rules = [{ apiGroups: [""], resources: ["configmaps"], verbs: ["delete"], resourceNames: ["one"] }];
  await client.create({ ...rbac, plural: "roles", kind: "Role" }, {
    apiVersion,
    kind: "Role",
    metadata: { namespace, name: "sweeper" },
    rules,
  } as KubeObject);
  const roleRef = { apiGroup: rbac.group, kind: "Role", name: "sweeper" };
  const subjects = [{ apiGroup: rbac.group, kind: "User", name: "bob" }];
  const binding = {
    apiVersion,
    kind: "RoleBinding",
    metadata: { namespace, name: "sweepers" },
    roleRef,
    subjects,
  };
  await client.create({ ...rbac, plural: "rolebindings", kind: "RoleBinding" }, binding);
  await browser.goto("/who-can");
  await browser
    .getByRole("combobox", { name: "Verb" })
    .or(browser.getByRole("textbox", { name: "Verb" }))
    .fill("delete");
  await browser.getByLabel("Resource", { exact: true }).fill("configmaps");
  await browser.getByLabel("Namespace", { exact: true }).fill(namespace);
  await browser.getByLabel("Name", { exact: true }).fill("one");
  await browser.getByRole("button", { name: "Ask" }).click();
  const row = browser.getByRole("row", { name: /bob/ });
  await expect(row).toContainText("sweepers");
  await expect(row).toContainText("delete on configmaps (only one)");
  await browser.getByLabel("Name", { exact: true }).fill("two");
  await browser.getByRole("button", { name: "Ask" }).click();
  await expect(browser.getByRole("grid", { name: "Who can" })).toBeVisible();
  await expect(row).toBeHidden();
});

test("pages of objects fit a telephone", async ({ console: browser, client, namespace }) => {
  await browser.setViewportSize({ width: 375, height: 812 });
  await configMap(client, namespace, { long: "x".repeat(300) });
  for (const path of [
    page("kyma-system", "apps/v1/deployments", "test-issuer"),
    page("kyma-system", "core/v1/services", "test-issuer"),
    page(namespace, "core/v1/configmaps", "settings"),
    "/cluster/apiextensions.k8s.io/v1/customresourcedefinitions/apirules.gateway.kyma-project.io?tab=schema",
    "/who-can?verb=get&resource=secrets",
  ]) {
    await browser.goto(path);
    await expect(browser.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(browser.getByText(/^live$|grants? to get/).first()).toBeVisible();
    const overflow = await browser.getByRole("main").evaluate((main) => main.scrollWidth - main.clientWidth);
    expect(overflow, path).toBeLessThanOrEqual(1);
  }
});
