import { expect, test } from "vitest";
import { rulesTo, subscriptionsTo } from "./callers.ts";

const fn = { namespace: "shop", name: "orders" };
const rule = (name: string, spec: object, status?: object): object => ({
  metadata: { name, namespace: "shop" },
  spec,
  status,
});

test("API rules lead to a Function by their own service or by that of one of their paths", () => {
  const all = [
    rule("whole", { hosts: ["a.example.com"], service: { name: "orders" }, rules: [{ path: "/*" }] }),
    rule("path", {
      hosts: ["b"],
      rules: [
        { path: "/in", service: { name: "orders", namespace: "shop" } },
        { path: "/out", service: { name: "other" } },
      ],
    }),
    rule("overridden", { hosts: ["c"], service: { name: "other" }, rules: [{ path: "/x" }] }),
    rule("elsewhere", { hosts: ["d"], service: { name: "orders", namespace: "other" } }),
    rule("wrong", { service: { name: "orders" } }, { state: "Error", description: "no such gateway" }),
    rule("empty", {}),
  ];
  expect(rulesTo(fn, all)).toEqual([
    { name: "whole", what: "a.example.com /*", state: { text: "Processing", health: "progress" } },
    { name: "path", what: "b /in", state: { text: "Processing", health: "progress" } },
    { name: "wrong", what: "", state: { text: "Error", health: "error" }, reason: "no such gateway" },
  ]);
});

test("Subscriptions bring events to a Function when their sink is its Service, on any port and path", () => {
  const subscription = (name: string, sink: string, others: object = {}, status?: object): object =>
    rule(name, { sink, types: ["order.created.v1"], source: "shop", ...others }, status);
  const all = [
    subscription("plain", "http://orders.shop.svc.cluster.local", {}, { ready: true }),
    subscription("path", "http://orders.shop.svc.cluster.local:8080/in", {
      source: "",
      types: ["a.b", "c.d"],
    }),
    subscription(
      "broken",
      "http://orders.shop.svc.cluster.local",
      {},
      { ready: false, conditions: [{ status: "True" }, { status: "False", message: "no stream" }] },
    ),
    subscription("other", "http://my-orders.shop.svc.cluster.local"),
    subscription("elsewhere", "http://orders.other.svc.cluster.local"),
    subscription("nonsense", "orders"),
  ];
  expect(subscriptionsTo(fn, all)).toEqual([
    { name: "plain", what: "order.created.v1 from shop", state: { text: "Ready", health: "ok" } },
    { name: "path", what: "a.b, c.d", state: { text: "Waiting", health: "progress" } },
    {
      name: "broken",
      what: "order.created.v1 from shop",
      state: { text: "Not ready", health: "error" },
      reason: "no stream",
    },
  ]);
});
