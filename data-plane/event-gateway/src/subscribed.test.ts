import { expect, test } from "vitest";
import { subscribedEvents } from "./subscribed.ts";

test("an application is told each event that somebody subscribed to, once", () => {
  const subscriptions = [
    { spec: { source: "shop", types: ["order.created.v1", "order.paid.v2"] } },
    { spec: { source: "shop", types: ["order.created.v1", "bare"], typeMatching: "standard" } },
    { spec: { source: "other", types: ["order.shipped.v1"] } },
    {
      spec: {
        source: "",
        types: ["sap.kyma.custom.shop.Item.added.v1", "sap.kyma.custom.shopper.a.b.v1"],
        typeMatching: "exact",
      },
    },
    { spec: { source: "shop" } },
    {},
  ];
  expect(subscribedEvents(subscriptions, "shop")).toEqual([
    { name: "Item.added", version: "v1" },
    { name: "order.created", version: "v1" },
    { name: "order.paid", version: "v2" },
  ]);
  expect(subscribedEvents(subscriptions, "nobody")).toEqual([]);
});
