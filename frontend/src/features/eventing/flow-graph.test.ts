import { expect, test } from "vitest";
import { flowGraph, flowSentence } from "./flow-graph.ts";
import type { SubscriptionFlow } from "./live-eventing.ts";

function flow(
  name: string,
  types: [string, number | null, (number | null)?][],
  more: Partial<SubscriptionFlow> = {},
) {
  return {
    namespace: "shop",
    name,
    source: "shop",
    anySource: false,
    sink: `http://${name}.shop.svc.cluster.local`,
    ready: true,
    reason: null,
    types: types.map(([type, rate, published = rate]) => ({
      type,
      published,
      rate,
      pending: 2,
      inFlight: 0,
    })),
    deadLetters: 0,
    lastError: null,
    ...more,
  } satisfies SubscriptionFlow;
}

test("a type that two subscribe to stands once; the busier one tells what is published of it", () => {
  const graph = flowGraph([
    flow("orders", [["order.created.v1", 3]]),
    flow("mail", [
      ["order.created.v1", 2],
      ["order.paid.v1", null],
    ]),
  ]);
  expect(graph.columns.map(({ nodes }) => nodes.map(({ label }) => label))).toEqual([
    ["shop"],
    ["order.created.v1", "order.paid.v1"],
    ["orders", "mail"],
    ["orders", "mail"],
  ]);
  expect(graph.columns[0]?.nodes[0]?.rate).toBe(3);
  expect(graph.columns[1]?.nodes.map(({ rate }) => rate)).toEqual([3, null]);
  expect(graph.edges.filter(({ column }) => column === 1)).toEqual([
    { column: 1, from: 0, to: 0, rate: 3, isBroken: false },
    { column: 1, from: 0, to: 1, rate: 2, isBroken: false },
    { column: 1, from: 1, to: 1, rate: null, isBroken: false },
  ]);
});

test("what is published counts for sources and types; what is not known is no nought", () => {
  const graph = flowGraph([
    flow("orders", [
      ["order.created.v1", 12, 4],
      ["order.paid.v1", 0, null],
    ]),
    flow("all", [["order.created.v1", 1, 6]], { anySource: true }),
  ]);
  expect(graph.columns.slice(0, 3).map(({ nodes }) => nodes.map(({ rate }) => rate))).toEqual([
    [4, 6],
    [4, null, 6],
    [12, 1],
  ]);
  expect(graph.edges.filter(({ column }) => column === 0).map(({ rate }) => rate)).toEqual([4, null, 6]);
});

test("a Subscription that is not ready breaks the line to its sink", () => {
  const graph = flowGraph([flow("orders", [["a.b", 0]], { ready: false, reason: "no Service orders" })]);
  expect(graph.columns[2]?.nodes[0]).toMatchObject({ isBroken: true, note: "no Service orders" });
  expect(graph.edges.map(({ isBroken }) => isBroken)).toEqual([false, true, true]);
});

test("names carry their namespace when there are several; equal sinks of two namespaces are two", () => {
  const graph = flowGraph([
    flow("orders", [["a.b", 1]]),
    flow("orders", [["a.b", 1]], { namespace: "bank", sink: "http://orders.bank.svc.cluster.local" }),
  ]);
  expect(graph.columns[2]?.nodes.map(({ label }) => label)).toEqual(["shop/orders", "bank/orders"]);
  expect(graph.columns[3]?.nodes).toHaveLength(2);
});

test("the picture can be told in sentences", () => {
  expect(flowSentence(flow("orders", [["a.b", 1.234]], { deadLetters: 3, anySource: true }))).toBe(
    "Events a.b from any source go through Subscription orders (1.2 deliveries per second, 2 waiting, 3 dead letters) to orders.",
  );
});
