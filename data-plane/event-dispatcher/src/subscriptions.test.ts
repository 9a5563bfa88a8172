import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { expect, test } from "vitest";
import {
  serviceProblem,
  servicesOf,
  slimSubscription,
  wantedDeliveries,
  type KnownSinks,
  type ServiceState,
} from "./subscriptions.ts";

const states: Record<string, ServiceState> = {
  "shop/orders": "present",
  "shop/alias": "external",
  "ops/audit": "present",
};
const known: KnownSinks = {
  allowedHosts: ["hooks.example.com", "audit.ops.svc.cluster.local"],
  service: (namespace, name) => states[`${namespace}/${name}`] ?? "missing",
};
const subscription = (spec: Partial<Subscription["spec"]> = {}, metadata = {}): Subscription => ({
  apiVersion: "eventing.kyma-project.io/v1alpha2",
  kind: "Subscription",
  metadata: { name: "orders", namespace: "shop", resourceVersion: "1", ...metadata },
  spec: {
    sink: "http://orders.shop.svc.cluster.local",
    source: "shop",
    types: ["order.created.v1", "order.paid.v1"],
    ...spec,
  },
  status: { ready: true, types: [] },
});

test("each type has a delivery; types that are one subject share it", () => {
  const types = ["order.created.v1", "order.cre ated.v1", "order.paid.v1"];
  const wanted = [...wantedDeliveries(subscription({ types }), known).values()];
  expect(wanted).toHaveLength(2);
  expect(wanted[1]).toMatchObject({
    type: "order.paid.v1",
    subscription: { namespace: "shop", name: "orders" },
    sink: { service: { name: "orders" } },
    config: { maxInFlight: 10 },
    deadLetterSink: undefined,
  });
});

test.each<[string, Subscription]>([
  ["whose Service is missing", subscription({ sink: "http://nothing.shop.svc.cluster.local" })],
  ["whose Service is another host's name", subscription({ sink: "http://alias.shop.svc.cluster.local" })],
  ["whose sink is elsewhere", subscription({ sink: "http://orders.other.svc.cluster.local" })],
  ["whose host nobody allows", subscription({ sink: "https://example.com" })],
  ["whose config is wrong", subscription({ config: { retryCount: "many" } })],
  ["without types", subscription({ types: [] })],
  ["that is being deleted", subscription({}, { deletionTimestamp: "2026-01-31T12:00:00Z" })],
])("nothing is fetched for a Subscription %s", (_, one) => {
  expect(wantedDeliveries(one, known).size).toBe(0);
});

test("allowed hosts are sinks, and a dead-letter sink counts when it is there", () => {
  const config = (deadLetterSink: string) => ({
    sink: "https://hooks.example.com/x",
    config: { deadLetterSink },
  });
  const parking = (url: string) =>
    [...wantedDeliveries(subscription(config(url)), known).values()][0]?.deadLetterSink?.url.href;
  expect(parking("http://audit.ops.svc.cluster.local/in")).toBe("http://audit.ops.svc.cluster.local/in");
  expect(parking("http://nothing.shop.svc.cluster.local")).toBeUndefined();
});

test("the reason why a Service is no sink is a sentence that names it", () => {
  const sink = (name: string) => ({
    url: new URL("http://x"),
    service: { namespace: "shop", name, port: 80 },
  });
  expect(serviceProblem(sink("orders"), known)).toBeUndefined();
  expect(serviceProblem(sink("nothing"), known)).toBe("the Service shop/nothing does not exist");
  expect(serviceProblem(sink("alias"), known)).toContain("shop/alias is an ExternalName");
  expect(serviceProblem({ url: new URL("http://x"), service: undefined }, known)).toBeUndefined();
});

test("a Subscription is found by the Services that it names, in whichever namespace", () => {
  const config = { deadLetterSink: "http://audit.ops.svc.cluster.local" };
  expect(servicesOf(subscription({ config }))).toEqual(["shop/orders", "ops/audit"]);
  expect(servicesOf(subscription({ sink: "https://example.com" }))).toEqual([]);
});

test("a Subscription without spec, which the schema allows, has no sinks and nothing to fetch", () => {
  const { spec: _, ...bare } = subscription();
  expect(servicesOf(slimSubscription(bare as Subscription))).toEqual([]);
  expect(wantedDeliveries(bare as Subscription, known).size).toBe(0);
});

test("the status and what people write into metadata are not kept", () => {
  const slim = slimSubscription(subscription({}, { annotations: { long: "text" }, labels: { a: "b" } }));
  expect(slim).not.toHaveProperty("status");
  expect(slim.metadata).toEqual({ name: "orders", namespace: "shop", resourceVersion: "1" });
});
