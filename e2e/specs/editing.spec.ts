import type { Page } from "@playwright/test";
import { configMaps, namespaces } from "@kyma/kube/resource-types.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { expect, test } from "../src/fixtures.ts";

const configMap = (namespace: string, name: string, data: object): UnknownObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { namespace, name },
  data,
});

async function openYaml(page: Page, namespace: string, name: string): Promise<void> {
  await page.goto(`/namespaces/${namespace}/resources/core/v1/configmaps/${name}`);
  await page.getByRole("tab", { name: "YAML" }).click();
  await expect(line(page, "kind: ConfigMap")).toBeVisible();
}

const line = (page: Page, text: string | RegExp) =>
  page.locator(".monaco-editor .view-line").filter({ hasText: text });

/** Types at the end of a line of the editor. */
async function typeAfter(page: Page, text: string | RegExp, keys: string): Promise<void> {
  await line(page, text).first().click();
  await page.keyboard.press("End");
  await page.keyboard.type(keys);
}

async function upload(page: Page, ...texts: string[]): Promise<void> {
  await page.goto("/upload");
  await expect(page.locator(".monaco-editor")).toBeVisible();
  const files = texts.map((text, at) => ({
    name: `part-${at}.yaml`,
    mimeType: "application/yaml",
    buffer: Buffer.from(text),
  }));
  await page.getByLabel("Files to add").setInputFiles(files);
}

test("row 24: a custom kind has completion, hover and validation from the cluster's schema", async ({
  console: page,
}) => {
  const schemas: string[] = [];
  page.on("request", (request) => {
    if (request.postData()?.includes("KindSchema")) schemas.push(request.url());
  });
  await page.goto("/upload?kind=functions.serverless.kyma-project.io&namespace=default");
  const runtime = page.locator(".view-line span", { hasText: /^runtime$/ }).first();
  await expect(async () => {
    await page.mouse.move(0, 0);
    await runtime.hover();
    const hover = page.locator(".monaco-hover").filter({ hasText: "Language runtime of the Function" });
    await expect(hover).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 60_000 });
  expect(schemas.length).toBeLessThanOrEqual(3);
  await typeAfter(page, "runtime: nodejs22", "\nsca");
  await page.keyboard.press("Control+Space");
  await expect(page.locator(".suggest-widget")).toContainText("scaleConfig");
  await page.keyboard.press("Escape");
  await expect(page.locator(".squiggly-error, .squiggly-warning").first()).toBeVisible();
});

test("row 10: what would be stored is shown before it is, and a refusal names its line", async ({
  console: page,
  client,
  namespace,
}) => {
  await client.create(configMaps, configMap(namespace, "shown", { a: "1" }), { manager: "kyma-console" });
  await openYaml(page, namespace, "shown");
  await typeAfter(page, 'a: "1"', '\nb: "new" # why');
  await page.getByRole("button", { name: "Review and save" }).click();
  const dialog = page.getByRole("dialog");
  await expect(
    dialog.locator(".line-insert, .inline-added-margin-view-zone, .char-insert").first(),
  ).toBeVisible();
  expect((await client.get<UnknownObject>(configMaps, { namespace, name: "shown" }))["data"]).toEqual({
    a: "1",
  });
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("shown was saved")).toBeVisible();
  // Comments stay in the text.
  await expect(line(page, "# why")).toBeVisible();
  expect((await client.get<UnknownObject>(configMaps, { namespace, name: "shown" }))["data"]).toEqual({
    a: "1",
    b: "new",
  });
  await typeAfter(page, 'a: "1"', "\nc: [1]");
  await page.keyboard.press("Control+s");
  await expect(dialog.getByText("refuses this")).toBeVisible();
  await expect(dialog.getByText(/Line \d+/)).toBeVisible();
});

test("row 9: a conflict names manager and field and offers both values", async ({
  console: page,
  client,
  namespace,
}) => {
  await client.apply(configMaps, configMap(namespace, "fought", { a: "1", b: "1" }), { manager: "argocd" });
  await openYaml(page, namespace, "fought");
  await line(page, 'a: "1"').click();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("2");
  // Somebody else changes it meanwhile: a bar says so, and the text stays.
  await client.apply(configMaps, configMap(namespace, "fought", { a: "theirs", b: "2" }), {
    manager: "argocd",
  });
  await expect(page.getByText("The object has changed since you began")).toBeVisible();
  await expect(line(page, 'a: "12"')).toBeVisible();
  await page.getByRole("button", { name: "Review and save" }).click();
  const dialog = page.getByRole("dialog");
  const row = dialog.getByRole("row", { name: /\.data\.a/ });
  await expect(row).toContainText("argocd");
  await expect(row).toContainText("theirs");
  await expect(row).toContainText("12");
  await expect(dialog.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await row.getByRole("radio", { name: /Force mine/ }).check();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("fought was saved")).toBeVisible();
  expect((await client.get<UnknownObject>(configMaps, { namespace, name: "fought" }))["data"]).toEqual({
    a: "12",
    b: "2",
  });
  // What the other changed is in the text now.
  await expect(line(page, 'b: "2"')).toBeVisible();
});

test("row 15: a draft is offered back after a reload, with what it changed", async ({
  console: page,
  client,
  namespace,
}) => {
  await client.create(configMaps, configMap(namespace, "draft", { a: "1" }));
  await openYaml(page, namespace, "draft");
  await typeAfter(page, 'a: "1"', "\nmine: typed");
  await expect(line(page, "mine: typed")).toBeVisible();
  page.once("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await page.getByRole("tab", { name: "YAML" }).click();
  await expect(page.getByText("Your unsaved changes are back")).toBeVisible();
  await expect(line(page, "mine: typed")).toBeVisible();
  await page.getByRole("button", { name: "See the difference" }).click();
  await expect(page.locator(".monaco-diff-editor").getByText("typed").first()).toBeVisible();
  await page.getByRole("button", { name: "Discard them" }).click();
  await expect(line(page, "kind: ConfigMap")).toBeVisible();
  await expect(line(page, "mine: typed")).toBeHidden();
});

test("many documents: each has its outcome, one bad one does not keep the others, A14: text stays text", async ({
  console: page,
  client,
  namespace,
}) => {
  const alerts: string[] = [];
  page.on("dialog", (dialog) => {
    alerts.push(dialog.message());
    void dialog.accept();
  });
  const inside = `${namespace}-up`;
  const hostile = '<img src=x onerror="alert(1)">';
  await upload(
    page,
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: good\n  namespace: ${inside}\ndata:\n  text: '${hostile}'\n`,
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: Bad Name\n  namespace: ${namespace}\n`,
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${inside}\n`,
  );
  await page.getByRole("button", { name: "Check 3 documents" }).click();
  await expect(page.getByText("2 to be created, 1 refused")).toBeVisible();
  await expect(page.getByRole("row", { name: /Bad Name/ })).toContainText("is not an object name");
  await page.getByLabel("Stop at the first that is refused").uncheck();
  await page.getByRole("button", { name: "Apply the other 2" }).click();
  await expect(page.getByText("2 created, 1 refused")).toBeVisible();
  const made = await client.get<UnknownObject>(configMaps, { namespace: inside, name: "good" });
  expect(made["data"]).toEqual({ text: hostile });
  await page.getByRole("link", { name: `ConfigMap ${inside}/good` }).click();
  await page
    .getByRole("button", { name: "Leave" })
    .click({ timeout: 2000 })
    .catch(() => undefined);
  await page.getByRole("tab", { name: "YAML" }).click();
  await expect(line(page, "onerror")).toBeVisible();
  expect(alerts).toEqual([]);
  await client.delete(namespaces, { name: inside });
});
