import { subscriptions } from "@kyma/crds/resource-types.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { field } from "../src/eventing-story.ts";
import { expect, test } from "../src/fixtures.ts";
import { forwardPublisher } from "../src/publisher.ts";

test("events are seen live, can be paused, cleared and filtered; the picture shows who gets them", async ({
  console: page,
  client,
  namespace,
}) => {
  const nobodyThere: UnknownObject = {
    apiVersion: "eventing.kyma-project.io/v1alpha2",
    kind: "Subscription",
    metadata: { namespace, name: "nobody-there" },
    spec: {
      sink: `http://nobody-there.${namespace}.svc.cluster.local`,
      source: `/${namespace}`,
      types: ["seen.live.v1"],
    },
  };
  await client.create(subscriptions, nobodyThere);
  await page.goto(`/namespaces/${namespace}/eventing`);
  const picture = page.getByRole("figure", { name: "Event flow" });
  await expect(picture.getByRole("link", { name: "nobody-there" })).toBeVisible();
  await expect(picture.getByRole("listitem").filter({ hasText: "not ready: " })).toHaveCount(1);
  await expect(page.getByText("NATS server")).toBeVisible();

  const publisher = await forwardPublisher();
  let count = 0;
  const publish = (type: string) => {
    const id = `live-${++count}`;
    return publisher.post({ specversion: "1.0", id, source: namespace, type, data: { id } });
  };
  await page.getByRole("tab", { name: "Live events" }).click();
  const live = page.getByRole("tabpanel").getByText("live", { exact: true });
  await field(page, "Source").fill(`${namespace.slice(0, -1)}*`);
  await expect(live).toBeVisible();
  await expect(page.getByRole("heading", { name: "Waiting for events" })).toBeVisible();
  await publish("seen.live.v1");
  await expect(page.getByRole("grid", { name: "Events" })).toContainText('{"id":"live-1"}');
  await page.getByRole("button", { name: "Pause" }).click();
  await publish("seen.live.v1");
  await expect(page.getByText("1 since the pause")).toBeVisible();
  await expect(page.getByText('{"id":"live-2"}')).toBeHidden();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText('{"id":"live-2"}')).toBeVisible();
  await test.step("a focused row stays until the focus leaves, on a phone, too", async () => {
    await page.setViewportSize({ width: 375, height: 812 });
    const rows = page.getByRole("button", { name: "seen.live.v1" });
    await rows.first().press("Enter");
    await expect(page.getByRole("dialog")).toContainText(`"source": "${namespace}"`);
    await page.keyboard.press("Escape");
    await expect(rows.first()).toBeFocused();
    await publish("seen.live.v1");
    await expect(page.getByText("3 seen.")).toBeVisible();
    await expect(page.getByText("The rows stay as they are while you are in them.")).toBeVisible();
    await expect(rows).toHaveCount(2);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(375);
    await field(page, "Type").focus();
    await expect(rows).toHaveCount(3);
    await page.setViewportSize({ width: 1440, height: 900 });
  });
  await page.getByRole("button", { name: "Clear" }).click();
  await field(page, "Type").fill("*.type.v1");
  await expect(live).toBeVisible();
  await expect(page.getByRole("heading", { name: "Waiting for events" })).toBeVisible();
  await publish("seen.live.v1");
  await publish("other.type.v1");
  await expect(page.getByRole("grid", { name: "Events" })).toContainText('{"id":"live-5"}');
  await expect(page.getByText('{"id":"live-4"}')).toBeHidden();
  publisher.close();

  await test.step("types that were seen can be subscribed to with one click", async () => {
    await page.getByRole("tab", { name: "Overview" }).click();
    await page.getByRole("button", { name: `Subscribe to other.type.v1 from ${namespace}` }).click();
    await expect(field(page, "Type 1")).toHaveValue("other.type.v1");
    await expect(field(page, "Source")).toHaveValue(namespace);
  });
});
