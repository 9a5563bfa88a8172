import type { UnknownObject } from "@kyma/kube/objects.ts";
import { configMaps, deployments } from "@kyma/kube/resource-types.ts";
import { expect, test } from "../src/fixtures.ts";

const deployment = (namespace: string, name: string, image: string): UnknownObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { namespace, name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: "app", image }] } },
  },
});

test("the palette goes to an object by its name, and acts on it", async ({
  console: page,
  client,
  namespace,
}) => {
  await client.create(deployments, deployment(namespace, `${namespace}-web`, "example.com/none:1"));
  await page.goto(`/namespaces/${namespace}`);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  const input = page.getByRole("combobox", { name: "Go to or do" });
  await input.fill(`${namespace}-web`);
  const found = page.getByRole("option", { name: new RegExp(`^${namespace}-web Deployment in`) });
  await expect(found).toBeVisible();
  await found.click();
  await expect(page.getByRole("heading", { level: 1, name: `${namespace}-web` })).toBeVisible();

  await page.keyboard.press("ControlOrMeta+k");
  await input.fill(`restart ${namespace}-web`);
  await expect(page.getByRole("option", { name: new RegExp(`^Restart ${namespace}-web`) })).toBeVisible();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /restart/i }).click();
  await expect
    .poll(async () => JSON.stringify(await client.get(deployments, { namespace, name: `${namespace}-web` })))
    .toContain("kubectl.kubernetes.io/restartedAt");
});

test("keys lead to pages and show themselves", async ({ console: page, namespace }) => {
  await page.goto(`/namespaces/${namespace}`);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help.getByText("Go to Pods")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page.getByRole("heading", { level: 1, name: "Pods" })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/namespaces/${namespace}/resources/core/v1/pods`));
});

test("the overview names what fails and why, live", async ({ console: page, client, namespace }) => {
  await page.goto(`/namespaces/${namespace}`);
  await expect(page.getByRole("heading", { name: "Nothing fails" })).toBeVisible();
  await client.create(deployments, deployment(namespace, "broken", "example.com/none:1"));
  const failing = page.getByRole("grid", { name: "What needs attention" });
  await expect(failing.getByText(/ImagePullBackOff|ErrImagePull/).first()).toBeVisible({ timeout: 60_000 });
  await expect(failing.getByRole("link", { name: /^broken-/ })).toBeVisible();
  await expect(failing.getByRole("columnheader")).toHaveText(["State", "Object", "Why", "Age"]);
  await client.delete(deployments, { namespace, name: "broken" });
  await expect(page.getByRole("heading", { name: "Nothing fails" })).toBeVisible({ timeout: 60_000 });
});

test("an object that was just made is found at once", async ({ console: page, client, namespace }) => {
  await page.goto(`/namespaces/${namespace}`);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  const input = page.getByRole("combobox", { name: "Go to or do" });
  await input.fill(`${namespace}-late`);
  await expect(page.getByText("Nothing fits.")).toBeVisible();
  const name = `${namespace}-late`;
  await client.create(configMaps, { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace, name } });
  await expect(async () => {
    await input.fill("");
    await input.fill(name);
    await expect(page.getByRole("option", { name: new RegExp(`^${name}`) })).toBeVisible({ timeout: 2500 });
  }).toPass({ timeout: 20_000 });
});
