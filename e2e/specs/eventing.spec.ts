import { subscriptions } from "@kyma/crds/resource-types.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { createViewer, looking, signInByToken } from "../src/accounts.ts";
import { act, field, outcomeRow, subscription } from "../src/eventing-story.ts";
import { expect, test } from "../src/fixtures.ts";
import { FunctionPage } from "../src/function-page.ts";
import { forwardPublisher } from "../src/publisher.ts";

test("a Function made in the browser is subscribed, gets a test event and one posted with curl", async ({
  console: page,
  namespace,
}) => {
  const fn = new FunctionPage(page, namespace, "mailer");
  await test.step("make it from a template", async () => {
    await fn.create("CloudEvent consumer");
    await fn.expectState("Running");
  });

  await test.step("subscribe it from its own page; the controller's rules are told before anything is written", async () => {
    await act(page, "Subscribe to an event");
    await expect(field(page, "Name")).toHaveValue("mailer");
    await expect(page.getByRole("combobox", { name: "Sink" })).toHaveValue(
      `http://mailer.${namespace}.svc.cluster.local`,
    );
    await field(page, "Source").fill(namespace);
    await field(page, "Type 1").fill("order..v1");
    await expect(page.getByText(/types\[0\] "order\.\.v1" has an empty segment/)).toBeVisible();
    await page.getByRole("button", { name: "Review and create" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("This would not work")).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Create", exact: true })).toBeDisabled();
    await dialog.getByRole("button", { name: "Keep editing" }).click();
    await field(page, "Type 1").fill("order.created.v1");
    await page.getByRole("button", { name: "Review and create" }).click();
    await dialog.getByRole("button", { name: "Create", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "mailer" })).toBeVisible();
    await expect(page.getByText("Ready", { exact: true }).first()).toBeVisible();
  });

  await test.step("send a test event and see what the Function answers", async () => {
    await act(page, "Send a test event");
    const dialog = page.getByRole("dialog");
    const send = dialog.getByRole("button", { name: "Send", exact: true });
    await expect(field(dialog, "Source")).toHaveValue(namespace);
    await field(dialog, "Data").fill('{"orderCode": "test-1"}');
    await dialog.getByRole("button", { name: "More attributes" }).click();
    await field(dialog, "Id").fill("again-1");
    await send.click();
    await expect(dialog.getByText(/Accepted with 204/)).toBeVisible();
    await expect(outcomeRow(dialog, "mailer")).toContainText("delivered");
    await expect(dialog.getByText("mailer: delivered.")).toBeAttached();
    // The stream takes it for the same one: the answer to the first is none to the second.
    await send.click();
    await expect(dialog.getByText(/An event of this source and id was sent before/)).toBeVisible();
    await expect(outcomeRow(dialog, "mailer")).toContainText("no answer yet");
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await act(page, "Send a test event");
    await expect(dialog.getByText("The event that you typed is back")).toBeVisible();
    await expect(field(dialog, "Data")).toHaveValue('{"orderCode": "test-1"}');
    await field(dialog, "Id").fill("");
    await send.click();
    await expect(outcomeRow(dialog, "mailer")).toContainText("delivered");
    await outcomeRow(dialog, "mailer").getByRole("link", { name: "Log" }).click();
    await expect(page.getByText(/received order\.created\.v1 .*"orderCode":"test-1"/).first()).toBeVisible();
  });

  await test.step("an event posted with curl reaches it, too", async () => {
    const publisher = await forwardPublisher();
    const event = { specversion: "1.0", id: "curl-1", source: namespace, type: "order.created.v1" };
    expect(await publisher.post({ ...event, data: { orderCode: "curl-1" } })).toBe("204");
    expect(await publisher.post({ ...event, source: "not a uri" })).toBe("400");
    publisher.close();
    await expect(page.getByText(/"orderCode":"curl-1"/).first()).toBeVisible();
  });

  await test.step("the Function's page tells what calls it", async () => {
    await page.getByRole("tab", { name: "Triggers" }).click();
    const events = page.getByRole("grid", { name: "Events" });
    await expect(events.getByRole("row", { name: "mailer" })).toContainText(
      `order.created.v1 from ${namespace}`,
    );
    await expect(page.getByText("No API rule exposes this Function")).toBeVisible();
    await act(page, "Send a test event");
    await expect(field(page, "Source")).toHaveValue(namespace);
    await expect(page.getByText(/Nothing is delivered to/)).toBeHidden();
    await page.goBack();
    await events.getByRole("link", { name: "mailer" }).click();
    await expect(page).toHaveURL(/\/subscriptions\/mailer$/);
  });
});

test("a test event that nobody subscribed to says so; wrong attributes are told at their fields", async ({
  console: page,
  namespace,
}) => {
  await page.goto(`/namespaces/${namespace}/eventing/test`);
  await field(page, "Source").fill("my shop");
  await field(page, "Type").fill("order..v1");
  await expect(page.getByText('Source "my shop" is not a URI reference.')).toBeVisible();
  await field(page, "Source").fill(namespace);
  await expect(page.getByText(/"order\.\.v1" has an empty segment/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  await field(page, "Type").fill("nobody.wants.v1");
  await field(page, "Data").fill("{");
  await expect(page.getByText("The data is not the JSON that application/json promises.")).toBeVisible();
  await page.getByRole("button", { name: "JSON" }).click();
  await expect(page.getByText(/This cannot be shown as JSON yet/)).toBeVisible();
  await expect(field(page, "Data")).toHaveValue("{");
  await field(page, "Data").fill('{"a": 1}');
  await page.getByRole("button", { name: "JSON" }).click();
  await expect(page.locator(".monaco-editor")).toContainText("nobody.wants.v1");
  await page.getByRole("button", { name: "Form" }).click();
  await expect(field(page, "Type")).toHaveValue("nobody.wants.v1");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy as curl" }).click();
  await expect(page.getByText("The command was copied")).toBeVisible();
  expect(await page.evaluate("navigator.clipboard.readText()")).toContain("nobody.wants.v1");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText("Nobody is subscribed")).toBeVisible();
});

test("a Subscription is changed in its form, and the review shows what would be written", async ({
  console: page,
  client,
  namespace,
}) => {
  await client.create(subscriptions, subscription(namespace, "orders"));
  await page.goto(`/namespaces/${namespace}/subscriptions`);
  await expect(page.getByRole("row", { name: /orders/ })).toContainText("Not ready");
  await page.getByRole("link", { name: "orders", exact: true }).click();
  await page.getByRole("tab", { name: "Edit" }).click();
  await expect(page.getByText(`There is no Service orders in ${namespace} yet`)).toBeVisible();
  await page.getByRole("button", { name: "Add a type" }).click();
  await field(page, "Type 2").fill("order.paid.v1");
  await page.getByRole("button", { name: "Retries, dead letters and order" }).click();
  await field(page, "Longest answer time").fill("soon");
  await expect(page.getByText(/config\.timeout must be a duration/)).toBeVisible();
  await field(page, "Longest answer time").fill("5s");
  await page.getByRole("button", { name: "YAML", exact: true }).click();
  await expect(page.locator(".monaco-editor")).toContainText("order.paid.v1");
  await page.getByRole("button", { name: "Form", exact: true }).click();
  await expect(field(page, "Type 2")).toHaveValue("order.paid.v1");
  await page.getByRole("button", { name: "Review and save" }).click();
  const dialog = page.getByRole("dialog");
  // It was made by another client, which manages the types.
  await dialog.getByRole("button", { name: "Force all of mine" }).click();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("orders was saved")).toBeVisible();
  const { spec } = await client.get<UnknownObject & { spec: object }>(subscriptions, {
    namespace,
    name: "orders",
  });
  expect(spec).toMatchObject({
    types: ["order.created.v1", "order.paid.v1"],
    config: { timeout: "5s", maxInFlightMessages: "10" },
  });
});

test("a viewer without rights is told which are missing", async ({ page, client, namespace }) => {
  await client.create(subscriptions, subscription(namespace, "orders"));
  const { token } = await createViewer(
    client,
    [namespace],
    [
      ...looking,
      {
        verbs: ["get", "list", "watch"],
        apiGroups: ["eventing.kyma-project.io"],
        resources: ["subscriptions"],
      },
    ],
  );
  const group = "delivery.eventing.kyma-project.io";
  await page.goto(`/namespaces/${namespace}/eventing`);
  await signInByToken(page, token);
  for (const sentence of [
    `You may not list streams.${group} in the whole cluster.`,
    `You may not list events.${group} in the whole cluster.`,
    `You may not list deliveries.${group} in namespace ${namespace}.`,
  ])
    await expect(page.getByText(sentence)).toBeVisible();
  await expect(page.getByRole("figure", { name: "Event flow" })).toContainText("orders");
  await expect(page.getByRole("button", { name: "Create a Subscription" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await page.getByRole("tab", { name: "Live events" }).click();
  await expect(page.getByText(`You may not watch events.${group} in the whole cluster.`)).toBeVisible();
  await page.goto(`/namespaces/${namespace}/subscriptions`);
  await expect(page.getByRole("row", { name: /orders/ })).toContainText("–");
  await expect(
    page.getByText(`You may not list deliveries.${group} in namespace ${namespace}.`),
  ).toBeVisible();
  await page.goto(`/namespaces/${namespace}/eventing?tab=dead-letters`);
  await expect(
    page.getByText(`You may not list deadletters.${group} in namespace ${namespace}.`),
  ).toBeVisible();
  await page.goto(`/namespaces/${namespace}/eventing/test?source=shop&type=order.created.v1`);
  await expect(page.getByRole("button", { name: "Send", exact: true })).toHaveAccessibleDescription(
    /You may not create services\/proxy "eventing-publisher-proxy:80" in namespace kyma-system\./,
  );
});

test("on a phone the flow reads from top to bottom", async ({ console: page, client, namespace }) => {
  await client.create(subscriptions, subscription(namespace, "orders"));
  await page.setViewportSize({ width: 375, height: 812 });
  await page.goto(`/namespaces/${namespace}/eventing`);
  const chain = page.getByRole("list", { name: "Flow of orders" });
  await expect(chain).toBeVisible();
  const boxes = await Promise.all(
    (await chain.getByRole("listitem").all()).map((item) => item.boundingBox()),
  );
  expect(boxes).toHaveLength(4);
  for (const [index, box] of boxes.entries()) {
    expect(box?.width).toBeGreaterThan(250);
    if (index > 0) expect(box?.y).toBeGreaterThan(boxes[index - 1]?.y ?? Infinity);
  }
});
