import { consumerConfig } from "@kyma/eventing/streams.ts";
import { readSubscription, type WantedDelivery } from "@kyma/eventing/subscription-spec.ts";
import type { ConsumerConfig } from "@nats-io/jetstream";
import { describe, expect, test } from "vitest";
import { type ConsumerPlan, differ, ownerOf, planConsumers, startsElsewhere } from "./consumer-plan.ts";
import type { Consumer } from "./jetstream.ts";
import { sampleSubscription } from "./sample.ts";

const key = { namespace: "shop", name: "orders" };
const now = Date.parse("2026-01-31T12:00:00Z");

function wantedOf(types: string[], config: Record<string, string> = {}): WantedDelivery {
  const { spec } = sampleSubscription(key.name, key.namespace, { types, config });
  const reading = readSubscription(key, spec, []);
  if ("problems" in reading) throw new Error(JSON.stringify(reading.problems));
  return reading;
}

/** The consumers as NATS has them after `wanted` was put into effect, with what it adds. */
function stored(wanted: WantedDelivery, change: Partial<ConsumerConfig> = {}): Consumer[] {
  return wanted.types.map(({ subject, consumerName: name }) => {
    const config = consumerConfig(key, subject, wanted.config);
    return { name, config: { ...config, name, max_waiting: 512, num_replicas: 0, ...change } };
  });
}

function plan(wanted: WantedDelivery, live: Consumer[], had: string[] = []): ConsumerPlan {
  const known = (name: string) => live.find((consumer) => consumer.name === name);
  return planConsumers({ key, wanted, owned: live, known, had: new Set(had), now });
}

const nothing: ConsumerPlan = { create: [], update: [], resume: [], remove: [] };
const both = wantedOf(["a.b", "a.c"]);

test("nothing is done to what is as it must be", () => {
  expect(plan(both, stored(both))).toEqual(nothing);
});

test("missing ones are made as the spec says, those that were there before from the beginning", () => {
  const [first, second] = both.types;
  const { create, ...rest } = plan(both, [], [second!.consumerName]);
  expect(create.map(({ durable_name, deliver_policy }) => [durable_name, deliver_policy])).toEqual([
    [first!.consumerName, "new"],
    [second!.consumerName, "all"],
  ]);
  expect({ create: [], ...rest }).toEqual(nothing);
});

test("a lost one that began at a time begins with everything", () => {
  const timed = wantedOf(["a.b"], { deliverFrom: "2026-01-31T12:00:00Z" });
  expect(plan(timed, []).create[0]).toMatchObject({ opt_start_time: "2026-01-31T12:00:00.000Z" });
  const { create } = plan(timed, [], [timed.types[0]!.consumerName]);
  expect(create[0]).toMatchObject({ deliver_policy: "all" });
  expect(create[0]).not.toHaveProperty("opt_start_time");
});

test("types that share a consumer get it once", () => {
  expect(plan(wantedOf(["a.b", "a.>b"]), []).create).toHaveLength(1);
});

test("what a spec no longer names is removed", () => {
  const { remove, ...rest } = plan(wantedOf(["a.b"]), stored(both));
  expect(remove).toEqual([both.types[1]!.consumerName]);
  expect({ ...rest, remove: [] }).toEqual(nothing);
});

describe("a consumer is changed in place", () => {
  test.each<[string, Partial<ConsumerConfig>]>([
    ["bound", { max_ack_pending: 99 }],
    ["description", { description: "mine" }],
    ["filter", { filter_subject: "kyma.x.y" }],
    ["attempts", { max_deliver: 5 }],
    ["order", { priority_policy: "pinned_client", priority_groups: ["x"] }],
    ["headers only", { headers_only: true }],
    ["expiry", { inactive_threshold: 5_000_000_000 }],
  ])("when its %s is another", (_, change) => {
    const wanted = wantedOf(["a.b"]);
    const { update, ...rest } = plan(wanted, stored(wanted, change));
    expect(update.map(({ name }) => name)).toEqual([wanted.types[0]!.consumerName]);
    for (const field of Object.keys(change) as (keyof ConsumerConfig)[])
      expect(update[0]?.fields).toHaveProperty(field, stored(wanted)[0]!.config[field]);
    expect({ ...rest, update: [] }).toEqual(nothing);
  });

  test("but where it began stays, whatever the spec says now", () => {
    const wanted = wantedOf(["a.b"], { deliverFrom: "all", maxInFlightMessages: "3" });
    expect(plan(wanted, stored(wanted, { deliver_policy: "new" }))).toEqual(nothing);
    const [change] = plan(wanted, stored(wanted, { deliver_policy: "new", max_ack_pending: 1 })).update;
    expect(change?.fields).not.toHaveProperty("deliver_policy");
  });
});

test("one that is paused goes on; a pause that is over needs nothing", () => {
  const wanted = wantedOf(["a.b"]);
  const until = (time: string) => plan(wanted, stored(wanted, { pause_until: time })).resume;
  expect(until("2026-01-31T12:00:01Z")).toHaveLength(1);
  expect(until("2026-01-31T11:59:59Z")).toEqual([]);
});

test("zero and absent are the same to NATS", () => {
  expect(differ({ max_batch: 0, headers_only: false }, {})).toBe(false);
  expect(differ({ max_batch: 1 }, {})).toBe(true);
});

test("only a consumer whose name follows from its description has an owner", () => {
  const [consumer] = stored(both);
  expect(ownerOf(consumer!)).toEqual(key);
  expect(ownerOf({ ...consumer!, name: "0123456789abcdef0123456789abcdef" })).toBeUndefined();
  expect(ownerOf({ name: "x", config: {} })).toBeUndefined();
  expect(ownerOf({ name: "x", config: { description: "no slashes" } })).toBeUndefined();
});

test.each<[string, Partial<ConsumerConfig>, boolean]>([
  ["new", { deliver_policy: "all" }, false],
  ["all", { deliver_policy: "new" }, true],
  ["all", { deliver_policy: "all" }, false],
  ["2026-01-31T12:00:00Z", { deliver_policy: "new" }, true],
  ["2026-01-31T12:00:00Z", { deliver_policy: "all" }, false],
  [
    "2026-01-31T12:00:00Z",
    { deliver_policy: "by_start_time", opt_start_time: "2026-01-31T12:00:00Z" },
    false,
  ],
  ["2026-01-31T12:00:00Z", { deliver_policy: "by_start_time", opt_start_time: "2025-01-31T12:00:00Z" }, true],
])("deliverFrom %s asks in vain of one made with %o: %s", (deliverFrom, made, expected) => {
  const wanted = wantedOf(["a.b"], { deliverFrom });
  expect(startsElsewhere(wanted, (name) => ({ name, config: made }))).toBe(expected);
  expect(startsElsewhere(wanted, () => undefined)).toBe(false);
});
