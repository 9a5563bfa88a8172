import type { Subscription, SubscriptionStatus } from "@kyma/crds/generated/subscriptions.gen.ts";
import { readSubscription, type WantedDelivery } from "@kyma/eventing/subscription-spec.ts";
import { expect, test } from "vitest";
import { sampleSubscription } from "./sample.ts";
import { type Outcome, statusEvents, statusOf } from "./status.ts";

const earlier = "2026-01-31T12:00:00Z";
const now = "2026-01-31T13:00:00Z";
const types = ["order.created.v1", "order.pa*id.v1"];
const bare = sampleSubscription("orders", "shop", { types });
const wanted = readSubscription({ namespace: "shop", name: "orders" }, bare.spec, []) as WantedDelivery;
const names = wanted.types.map(({ consumerName }) => consumerName);
const active: Outcome = { kind: "active", warnings: [], wanted, consumers: new Set(names) };

function after(status?: SubscriptionStatus): Subscription {
  return { ...bare, metadata: { ...bare.metadata, generation: 2 }, ...(status && { status }) };
}
const conditions = (status: SubscriptionStatus) =>
  status.conditions?.map(({ type, status: is, message }) => [type, is, message]);

test("active: types, consumers and both conditions, for this generation", () => {
  const status = statusOf(after(), active, now);
  expect([status.ready, status.types, status.backend?.types]).toEqual([
    true,
    types.map((originalType) => ({ originalType, cleanType: originalType.replace("*", "") })),
    types.map((originalType, index) => ({ originalType, consumerName: names[index] })),
  ]);
  expect(status.conditions?.map(({ observedGeneration }) => observedGeneration)).toEqual([2, 2]);
  expect(conditions(status)).toEqual([
    ["Subscription spec valid", "True", "The spec is valid."],
    ["Subscription active", "True", "Every type has a consumer."],
  ]);
});

test("warnings stand in the active condition", () => {
  const status = statusOf(after(), { ...active, warnings: ["sink has a dent", "so has the other"] }, now);
  expect(conditions(status)?.[1]?.[2]).toBe("Warning: sink has a dent. so has the other.");
});

test("not active: why, and the consumers that exist", () => {
  const outcome = {
    ...active,
    kind: "not-active",
    problem: "NATS is away",
    consumers: new Set([names[1]!]),
  } as const;
  const status = statusOf(after(), outcome, now);
  expect([status.ready, status.backend?.types]).toEqual([
    false,
    [{ originalType: types[1], consumerName: names[1] }],
  ]);
  expect(conditions(status)?.[1]).toEqual(["Subscription active", "False", "NATS is away."]);
});

test("an invalid spec clears all but the reason, which is cut when it has no end", () => {
  const problem = (message: string) => ({ field: "types", message });
  const status = statusOf(
    after(),
    { kind: "invalid", problems: [problem("types is empty"), problem("x".repeat(9999))] },
    now,
  );
  expect([status.ready, status.types, status.backend, status.conditions?.length]).toEqual([
    false,
    [],
    undefined,
    1,
  ]);
  const message = status.conditions?.[0]?.message ?? "";
  expect([message.slice(0, 18), message.length]).toEqual(["types is empty. xx", 8192]);
});

test("without a Service behind the sink the consumers are still told, and what becomes of events", () => {
  const outcome = { ...active, kind: "no-sink", problem: "sink is not there" } as const;
  expect(conditions(statusOf(after(), outcome, now))).toEqual([
    ["Subscription spec valid", "False", "sink is not there; events wait until that is mended."],
  ]);
  const none = statusOf(after(), { ...outcome, consumers: new Set() }, now);
  expect(conditions(none)?.[0]?.[2]).toBe("sink is not there; no events are taken until that is mended.");
});

test("the time of a condition moves only when its status does", () => {
  const first = statusOf(after(), active, earlier);
  expect(statusOf(after(first), active, now)).toEqual(first);
  const warned = statusOf(after(first), { ...active, warnings: ["sink has a dent"] }, now);
  expect(warned.conditions?.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual([earlier, earlier]);
  const lost = statusOf(after(first), { ...active, kind: "not-active", problem: "NATS is away" }, now);
  expect(lost.conditions?.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual([earlier, now]);
});

test("conditions that another backend left are dropped", () => {
  const left = { type: "Subscribed", status: "True", reason: "EventMesh Subscription created" };
  const status = statusOf(after({ ready: true, types: [], conditions: [left] }), active, now);
  expect(conditions(status)?.map(([type]) => type)).toEqual([
    "Subscription spec valid",
    "Subscription active",
  ]);
});

test("Events tell of what begins, ends or cannot be taken, and of nothing twice", () => {
  const first = statusOf(after(), active, earlier);
  const lost = statusOf(after(first), { ...active, kind: "not-active", problem: "NATS is away" }, now);
  const invalid = statusOf(
    after(first),
    { kind: "invalid", problems: [{ field: "types", message: "types is empty" }] },
    now,
  );
  const warned = statusOf(after(first), { ...active, warnings: ["sink has a dent"] }, now);
  const told = (before: SubscriptionStatus | undefined, next: SubscriptionStatus) =>
    statusEvents(before, next).map(({ type, reason, message }) => `${type} ${reason}: ${message}`);
  expect(told(undefined, first)).toEqual(["Normal SubscriptionActive: Every type has a consumer."]);
  expect(told(first, first)).toEqual([]);
  expect(told(first, lost)).toEqual(["Warning SubscriptionNotActive: NATS is away."]);
  expect(told(first, invalid)).toEqual(["Warning ValidationFailed: types is empty."]);
  expect(told(first, warned)).toEqual(["Warning SubscriptionActive: Warning: sink has a dent."]);
});
