import { expect, test } from "vitest";
import { flowsOf } from "./flow.ts";

const subscription = (name: string, ready = true) => ({
  key: name,
  namespace: "shop",
  name,
  source: "shop",
  sink: `http://${name}.shop.svc.cluster.local`,
  types: ["order.created.v1"],
  matching: "standard" as const,
  ready,
  reason: ready ? null : "no Service",
});
const delivery = (name: string, rate: number, deadLetters = 0, pending = 2) => ({
  namespace: "shop",
  name,
  types: [
    {
      type: "order.created.v1",
      exists: true,
      rate,
      delivered: 1,
      pending,
      inFlight: 3,
      redelivered: 0,
      oldestPending: null,
      waitingDispatchers: 1,
    },
  ],
  deadLetters,
  lastError: null,
});

test("Subscriptions in trouble stand first, then the busiest", () => {
  const flows = flowsOf(
    [
      subscription("idle"),
      subscription("busy"),
      subscription("broken", false),
      subscription("losing"),
      subscription("unknown"),
    ],
    [delivery("idle", 0), delivery("busy", 9), delivery("losing", 1, 4)],
  );
  expect(flows.map(({ name }) => name)).toEqual(["broken", "losing", "busy", "idle", "unknown"]);
  expect(flows[2]?.types).toEqual([
    { type: "order.created.v1", published: null, rate: 9, pending: 2, inFlight: 3 },
  ]);
});

test("a backlog that a sink does not take soon is trouble, what a busy sink has before it is none", () => {
  const flows = flowsOf(
    [subscription("busy"), subscription("losing"), subscription("hanging"), subscription("broken", false)],
    [delivery("busy", 900, 0, 5000), delivery("losing", 1, 4), delivery("hanging", 0.1, 0, 50_000)],
  );
  expect(flows.map(({ name }) => name)).toEqual(["broken", "hanging", "losing", "busy"]);
});

test("what is published is found by the subject under which a Subscription gets it", () => {
  const legacy = "sap.kyma.custom.myshop.order.created.v1";
  const flows = flowsOf(
    [
      { ...subscription("cleaned"), source: "/shop" },
      { ...subscription("legacy"), types: [legacy], matching: "exact" as const },
      { ...subscription("unseen"), types: ["order.paid.v1"] },
    ],
    [],
    [
      { subject: "kyma.shop.order.created.v1", rate: 4 },
      { subject: `kyma.${legacy}`, rate: 2 },
    ],
  );
  const published = Object.fromEntries(flows.map(({ name, types }) => [name, types[0]?.published]));
  expect(published).toEqual({ cleaned: 4, legacy: 2, unseen: null });
});

test("what is not measured is not known instead of nought", () => {
  const [flow] = flowsOf([subscription("orders")], []);
  expect(flow).toMatchObject({
    deadLetters: null,
    types: [{ type: "order.created.v1", rate: null, pending: null, inFlight: null }],
  });
});
