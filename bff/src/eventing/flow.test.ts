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
const delivery = (name: string, rate: number, deadLetters = 0) => ({
  namespace: "shop",
  name,
  types: [
    {
      type: "order.created.v1",
      exists: true,
      rate,
      delivered: 1,
      pending: 2,
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
  expect(flows[2]?.types).toEqual([{ type: "order.created.v1", rate: 9, pending: 2, inFlight: 3 }]);
});

test("what is not measured is not known instead of nought", () => {
  const [flow] = flowsOf([subscription("orders")], []);
  expect(flow).toMatchObject({
    deadLetters: null,
    types: [{ type: "order.created.v1", rate: null, pending: null, inFlight: null }],
  });
});
