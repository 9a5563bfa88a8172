import { expect, test } from "vitest";
import { serviceUrl } from "#resources/service-url.ts";
import { eventFor, sinkChoices, sinkName } from "./sinks.ts";

test("Functions and Services become URLs, each once", () => {
  const choices = sinkChoices(
    "shop",
    [{ metadata: { name: "orders" } }],
    [
      { metadata: { name: "orders" }, spec: { ports: [{ port: 80 }] } },
      {
        metadata: { name: "billing" },
        spec: { ports: [{ port: 80 }, { port: 8080 }, { port: 53, protocol: "UDP" }] },
      },
      { metadata: { name: "outside" }, spec: { type: "ExternalName", ports: [{ port: 80 }] } },
    ],
  );
  expect(choices.functions).toEqual([{ label: "orders", url: "http://orders.shop.svc.cluster.local" }]);
  expect(choices.services).toEqual([
    { label: "billing, port 80", url: "http://billing.shop.svc.cluster.local" },
    { label: "billing, port 8080", url: "http://billing.shop.svc.cluster.local:8080" },
  ]);
});

test("a sink is sent an event that it gets, of a Subscription that is ready if there is one", () => {
  const subscribed = (sink: string, type: string, ready?: boolean) => ({
    spec: { sink, source: "shop", types: [type] },
    status: { ready },
  });
  const orders = serviceUrl("shop", "orders");
  const others = [
    subscribed(serviceUrl("shop", "orders-old"), "a.b.v1", true),
    subscribed(serviceUrl("shop", "orders", 8080), "a.b.v1", true),
    subscribed("nonsense", "a.b.v1", true),
    {},
  ];
  expect(eventFor(orders, others)).toBeUndefined();
  expect(eventFor("nonsense", others)).toBeUndefined();
  const waiting = subscribed(`${orders}:80/path`, "order.created.v1");
  expect(eventFor(orders, [...others, waiting])).toEqual({ source: "shop", type: "order.created.v1" });
  const ready = subscribed(orders, "order.paid.v1", true);
  expect(eventFor(orders, [waiting, ready])).toEqual({ source: "shop", type: "order.paid.v1" });
});

test("a sink is called by its short name where that says it all", () => {
  expect(sinkName(serviceUrl("shop", "orders"), "shop")).toBe("orders");
  expect(sinkName("http://orders.shop.svc.cluster.local:8080/v1?a=1", "shop")).toBe("orders:8080/v1?a=1");
  expect(sinkName(serviceUrl("bank", "orders"), "shop")).toBe("http://orders.bank.svc.cluster.local");
  expect(sinkName("nonsense", "shop")).toBe("nonsense");
});
