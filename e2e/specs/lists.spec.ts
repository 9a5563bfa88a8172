import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { KubeClient } from "@kyma/kube/client.ts";
import { configMaps, namespaces } from "@kyma/kube/resource-types.ts";
import { createViewer, looking, signInByToken } from "../src/accounts.ts";
import { expect, test } from "../src/fixtures.ts";

interface Given {
  name: string;
  labels?: Record<string, string>;
  finalizers?: string[];
  data?: Record<string, string>;
}

async function give(
  client: KubeClient,
  namespace: string,
  { name, data, ...metadata }: Given,
): Promise<void> {
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { ...metadata, name, namespace },
    data: data ?? {},
  };
  await client.create(configMaps, object);
}

async function giveMany(client: KubeClient, namespace: string, count: number): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => `item-${String(index).padStart(3, "0")}`);
  for (let from = 0; from < count; from += 20) {
    const part = names.slice(from, from + 20);
    await Promise.all(
      part.map((name, index) =>
        give(client, namespace, { name, labels: { half: index % 2 === 0 ? "even" : "odd" } }),
      ),
    );
  }
}

const listOf = (ns: string, plural = "configmaps") => `/namespaces/${ns}/resources/core/v1/${plural}`;
const row = (page: Page, name: string) => page.getByRole("row", { name: new RegExp(`Select ${name} `) });
const range = (page: Page) => page.locator(".kyma-list-range");

test("a change shows by itself, and rows are scrolled to the end", async ({
  console: page,
  client,
  namespace,
}) => {
  await giveMany(client, namespace, 160);
  await page.goto(listOf(namespace));
  await expect(row(page, "item-000")).toBeVisible();
  await expect(range(page)).toContainText(/of 16[01]$/);
  expect(await page.getByRole("row").count()).toBeLessThan(60);

  await give(client, namespace, { name: "a-new-one" });
  await expect(row(page, "a-new-one")).toBeVisible();
  await client.delete(configMaps, { namespace, name: "a-new-one" });
  await expect(row(page, "a-new-one")).toHaveCount(0);

  const grid = page.getByRole("grid", { name: "ConfigMaps" });
  await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(row(page, "item-159")).toBeVisible();
  await expect(grid).toHaveAttribute("aria-rowcount", /16[12]/);
});

test("rows that are read stay where they are while others come and go", async ({
  console: page,
  client,
  namespace,
}) => {
  await giveMany(client, namespace, 120);
  await page.goto(listOf(namespace));
  await expect(row(page, "item-000")).toBeVisible();
  const grid = page.getByRole("grid", { name: "ConfigMaps" });
  await grid.evaluate((element) => element.scrollTo(0, 60 * 40));
  await expect(row(page, "item-065")).toBeVisible();
  const before = await row(page, "item-065").boundingBox();
  await give(client, namespace, { name: "above-1" });
  await give(client, namespace, { name: "above-2" });
  await expect(range(page)).toContainText(/of 12[23]$/);
  await expect
    .poll(async () => Math.abs(((await row(page, "item-065").boundingBox())?.y ?? 0) - (before?.y ?? 0)))
    .toBeLessThan(3);
});

test("order, filters and columns stand in the address and survive a reload", async ({
  console: page,
  client,
  namespace,
}) => {
  await give(client, namespace, { name: "small", labels: { team: "shop" }, data: { a: "1" } });
  await give(client, namespace, {
    name: "large",
    labels: { team: "shop" },
    data: { a: "1", b: "2", c: "3" },
  });
  await give(client, namespace, { name: "other", data: { a: "1" } });
  await page.goto(listOf(namespace));
  await expect(row(page, "other")).toBeVisible();

  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByLabel("Label selector").fill("team=shop");
  await page.keyboard.press("Enter");
  await expect(row(page, "other")).toHaveCount(0);
  await page.getByLabel("Where (CEL)").fill("object.data.size( > 1");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/expression does not compile/)).toBeVisible();
  await expect(row(page, "large")).toBeVisible();
  await page.getByLabel("Where (CEL)").fill("object.data.size() > 0");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/expression does not compile/)).toHaveCount(0);

  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("textbox", { name: "Add a column" }).fill("team");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Show these" }).click();
  await expect(page.getByRole("columnheader", { name: "team" })).toBeVisible();
  await page.getByRole("button", { name: "Data", exact: true }).click();
  await page.getByRole("button", { name: "Data", exact: true }).click();

  for (const reloaded of [false, true]) {
    if (reloaded) await page.reload();
    await expect(page.getByRole("columnheader", { name: "Data" })).toHaveAttribute("aria-sort", "descending");
    await expect(page.getByRole("row").nth(1)).toContainText("large");
    await expect(page.getByRole("row").nth(1)).toContainText("shop");
    await expect(range(page)).toHaveText(/1–2 of 2/);
  }
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(row(page, "other")).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "team" })).toBeVisible();
});

test("an address full of nonsense still shows the list", async ({ console: page, client, namespace }) => {
  await give(client, namespace, { name: "here" });
  await page.goto(`${listOf(namespace)}?sort=-cell:Nonsense&cols=[1,{}]&where={"a":1}&labels=&view=[]`);
  await expect(row(page, "here")).toBeVisible();
});

test("several namespaces are shown together, and stay in the address", async ({
  console: page,
  client,
  namespace,
}) => {
  const second = `${namespace}-b`;
  await client.create(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name: second } });
  await give(client, namespace, { name: "first-one" });
  await give(client, second, { name: "second-one" });
  await page.goto(listOf(namespace));
  await expect(row(page, "first-one")).toBeVisible();
  await page.getByRole("button", { name: /^Namespaces:/ }).click();
  await page.getByRole("textbox", { name: "Find a namespace" }).fill(second);
  await page.getByRole("checkbox", { name: `Show ${second} too` }).check();
  await expect(row(page, "second-one")).toBeVisible();
  await expect(row(page, "first-one")).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/namespaces/${namespace}(?:,|%2C)${second}/`));
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "second-one" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "second-one" })).toBeVisible();
  await expect(page.getByRole("button", { name: `Namespaces: ${namespace} and 1 more` })).toBeVisible();
  await client.delete(namespaces, { name: second });
});

test("who may not list namespaces types their names, and is told what is missing, without any toast", async ({
  page,
  client,
  namespace,
}) => {
  await give(client, namespace, { name: "mine" });
  const { token } = await createViewer(client, [namespace], looking);
  await page.goto(listOf("-all-"));
  await signInByToken(page, token);
  await expect(
    page.getByRole("heading", { name: "You may not list ConfigMaps in all namespaces" }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Namespaces: all" }).click();
  await expect(page.getByText("You may not list namespaces.")).toBeVisible();
  await page.getByRole("textbox", { name: "Find a namespace" }).fill(namespace);
  await page.getByRole("button", { name: `Use ${namespace}` }).click();
  await expect(row(page, "mine")).toBeVisible();
  await row(page, "mine").getByRole("checkbox").check();
  await expect(page.getByRole("button", { name: "Delete", exact: true })).toHaveAttribute(
    "aria-disabled",
    "true",
  );

  await page.goto(listOf(`${namespace},kube-system`));
  await expect(page.getByText("You may not list configmaps in kube-system")).toBeVisible();
  await expect(row(page, "mine")).toBeVisible();
  await page.getByRole("button", { name: /^Namespaces:/ }).click();
  await expect(page.getByRole("button", { name: namespace, exact: true })).toBeVisible();
  await expect(page.locator(".pf-v6-c-alert-group.pf-m-toast .pf-v6-c-alert")).toHaveCount(0);
});

test("many are deleted at once; one that failed is retried", async ({ console: page, client, namespace }) => {
  await giveMany(client, namespace, 12);
  await page.goto(listOf(namespace));
  await row(page, "item-002").getByRole("checkbox").check();
  await row(page, "item-006")
    .getByRole("checkbox")
    .click({ modifiers: ["Shift"] });
  await expect(page.getByText("5 selected")).toBeVisible();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /Delete 5 ConfigMaps/ });
  await expect(dialog).toContainText("5 would be deleted");

  // The server's answer for one of them is spoilt on its way, once.
  let spoilt = false;
  await page.route("**/graphql", async (route) => {
    const text = route.request().postData() ?? "";
    if (spoilt || !text.includes("mutation Bulk") || text.includes('"dryRun":true')) return route.fallback();
    spoilt = true;
    const body = JSON.parse(text) as { variables: { input: { targets: { name: string }[] } } };
    const { input } = body.variables;
    const left = input.targets.filter(({ name }) => name !== "item-004");
    const answer = await route.fetch({
      postData: JSON.stringify({ ...body, variables: { input: { ...input, targets: left } } }),
    });
    const json = (await answer.json()) as { data: { bulk: object[] } };
    json.data.bulk.push({ namespace, name: "item-004", ok: false, message: "The API server was too busy." });
    await route.fulfill({ response: answer, json });
  });
  await dialog.getByRole("button", { name: "Delete 5" }).click();
  await expect(dialog).toContainText("4 of 5 deleted, 1 failed");
  await expect(dialog).toContainText("item-004 failed: The API server was too busy.");
  await expect(row(page, "item-003")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Retry the 1 that are left" }).click();
  await expect(dialog).toContainText("5 of 5 deleted");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(row(page, "item-004")).toHaveCount(0);
  await expect(row(page, "item-007")).toBeVisible();
});

test("the list is downloaded as CSV, as it is filtered", async ({ console: page, client, namespace }) => {
  await giveMany(client, namespace, 6);
  await page.goto(`${listOf(namespace)}?q=item&labels=half%3Deven&sort=-name`);
  await expect(row(page, "item-004")).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as CSV" }).click();
  const lines = readFileSync(await (await download).path(), "utf8")
    .trim()
    .split(/\r?\n/);
  expect(lines[0]).toMatch(/^"?Namespace"?,"?Name"?/);
  expect(lines.slice(1).map((line) => /item-\d+/.exec(line)?.[0])).toEqual([
    "item-004",
    "item-002",
    "item-000",
  ]);
});

test("a view is saved, opened by name, and the default of its kind", async ({
  console: page,
  client,
  namespace,
}) => {
  await giveMany(client, namespace, 4);
  await page.goto(`${listOf(namespace)}?labels=half%3Dodd`);
  await expect(row(page, "item-001")).toBeVisible();
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: /Save this view/ }).click();
  const dialog = page.getByRole("dialog", { name: "Save this view" });
  await expect(dialog).toContainText("kept in this browser");
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("odd ones");
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/view=odd/);

  await page.goto(listOf(namespace));
  await expect(page.getByText("View: odd ones")).toBeVisible();
  await expect(row(page, "item-001")).toBeVisible();
  await expect(row(page, "item-000")).toHaveCount(0);
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(row(page, "item-000")).toBeVisible();
});

test("a list is walked, filtered and chosen from with the keyboard alone", async ({
  console: page,
  client,
  namespace,
}) => {
  await giveMany(client, namespace, 8);
  await page.goto(listOf(namespace));
  await expect(row(page, "item-003")).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("item");
  await expect(page).toHaveURL(/q=item/);
  await page.getByRole("grid", { name: "ConfigMaps" }).focus();
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+Space");
  await expect(page.getByText("2 selected")).toBeVisible();
  await expect(row(page, "item-001")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "item-001" })).toBeVisible();
});

test("a phone shows cards and nothing sideways", async ({ console: page, client, namespace }) => {
  await giveMany(client, namespace, 30);
  await page.setViewportSize({ width: 375, height: 812 });
  await page.goto(listOf(namespace));
  await expect(row(page, "item-002")).toBeVisible();
  const grid = page.getByRole("grid", { name: "ConfigMaps" });
  const sideways = await grid.evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(sideways).toBeLessThanOrEqual(0);
  const check = await row(page, "item-002").locator("label").boundingBox();
  expect(Math.min(check?.width ?? 0, check?.height ?? 0)).toBeGreaterThanOrEqual(38);
  await page.getByRole("combobox", { name: "Order" }).selectOption("-name");
  await expect(row(page, "item-029")).toBeVisible();
  await row(page, "item-029").getByRole("button", { name: "Actions for item-029" }).click();
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "item-029" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "item-029" })).toBeVisible();
});
