import { expect, test } from "vitest";
import { sinkChoices, sinkName, sinkUrl } from "./sinks.ts";

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

test("a sink is called by its short name where that says it all", () => {
  expect(sinkName(sinkUrl("shop", "orders"), "shop")).toBe("orders");
  expect(sinkName("http://orders.shop.svc.cluster.local:8080/v1?a=1", "shop")).toBe("orders:8080/v1?a=1");
  expect(sinkName(sinkUrl("bank", "orders"), "shop")).toBe("http://orders.bank.svc.cluster.local");
  expect(sinkName("nonsense", "shop")).toBe("nonsense");
});
