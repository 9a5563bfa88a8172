import { expect, test } from "vitest";
import { isFor, knownSubscription } from "./subscriptions.ts";

const orders = {
  source: "shop",
  types: ["order.created.v1", "order.paid.v1"],
  matching: "standard" as const,
};

test("a Subscription gets the events of its source and types", () => {
  expect(isFor(orders, { source: "shop", type: "order.paid.v1" })).toBe(true);
  expect(isFor(orders, { source: "shop", type: "order.paid.v2" })).toBe(false);
  expect(isFor(orders, { source: "bank", type: "order.paid.v1" })).toBe(false);
});

test("standard matching looks past the characters that mean something to the stream", () => {
  expect(isFor(orders, { source: "/sh.op", type: "order.paid.v1" })).toBe(true);
  expect(isFor({ ...orders, types: ["order.*.v1"] }, { source: "shop", type: "order.paid.v1" })).toBe(false);
});

test("exact matching takes a type of the older naming whatever its source", () => {
  const legacy = {
    source: "",
    types: ["sap.kyma.custom.commerce.order.created.v1"],
    matching: "exact" as const,
  };
  expect(isFor(legacy, { source: "any", type: "sap.kyma.custom.commerce.order.created.v1" })).toBe(true);
  expect(isFor(legacy, { source: "any", type: "sap.kyma.custom.com-merce.order.created.v1" })).toBe(true);
  expect(
    isFor({ ...legacy, types: ["shop.order.created.v1"] }, { source: "shop", type: "order.created.v1" }),
  ).toBe(true);
});

test("a Subscription that is not ready says why", () => {
  const metadata = { namespace: "shop", name: "orders", uid: "u" };
  const object = { apiVersion: "eventing.kyma-project.io/v1alpha2", kind: "Subscription", metadata };
  expect(knownSubscription(object)).toMatchObject({
    ready: false,
    reason: "The controller has not looked at it yet.",
    types: [],
  });
  const conditions = [
    { type: "Subscription spec valid", status: "True" },
    { type: "Subscription active", status: "False", reason: "not active", message: "no Service orders" },
  ];
  expect(knownSubscription({ ...object, status: { ready: false, types: [], conditions } })).toMatchObject({
    reason: "no Service orders",
  });
  expect(knownSubscription({ ...object, status: { ready: true, types: [] } })).toMatchObject({
    ready: true,
    reason: null,
  });
});
