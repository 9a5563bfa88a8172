import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import { connectNats } from "@kyma/eventing/nats.ts";
import { consumerDescription, consumerName } from "@kyma/eventing/subjects.ts";
import { defaultStreamLimits, eventStreamConfig } from "@kyma/eventing/streams.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { events, services } from "@kyma/kube/resource-types.ts";
import { type TestControlPlane, startControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import { type TestNats, startNats } from "@kyma/local-cluster/testing/nats-server.ts";
import { jetstream } from "@nats-io/jetstream";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { eventually, find } from "../testing/cluster.ts";
import { type NatsTap, startNatsTap } from "../testing/nats-tap.ts";
import { sampleSubscription } from "./sample.ts";
import { type Controllers, type Key, SubscriptionScene } from "./scene.ts";

interface KubeEvent extends KubeObject {
  reason: string;
}

let controlPlane: TestControlPlane;
let nats: TestNats;
let tap: NatsTap;
let scene: SubscriptionScene;
let controllers: Controllers;

const start = (): Promise<Controllers> =>
  scene.start({ ...nats.access("controllers"), url: `nats://127.0.0.1:${tap.port}` });

beforeAll(async () => {
  [controlPlane, nats] = await Promise.all([startControlPlane(), startNats()]);
  tap = await startNatsTap({ port: nats.port });
  scene = await SubscriptionScene.open(
    controlPlane.kubeconfig,
    inject("toolsDir"),
    nats.access("controllers"),
  );
  controllers = await start();
  await controllers.untilLive();
}, 180_000);
afterAll(async () => {
  await controllers?.stop();
  await scene?.close();
  tap?.close();
  await nats?.stop();
  await controlPlane?.stop();
});

/** Puts an event into the stream past all that would clean its type. */
async function publish(subject: string): Promise<void> {
  const gateway = await connectNats(nats.access("event-gateway"), "test");
  await jetstream(gateway).publish(subject, "{}");
  await gateway.close();
}

async function pending(key: Key, subject: string): Promise<number | undefined> {
  return (await scene.consumersOf(key))[subject]?.num_pending;
}

test("a Subscription becomes ready with one consumer per type, in as few writes as that takes", async () => {
  const [kubeBefore, natsBefore] = [controllers.writes.length, tap.writes.length];
  const key = await scene.create("orders", { types: ["order.created.v1", "order.pa*id.v1"] });
  const { status, metadata } = await scene.untilReady(key);
  const consumers = await scene.consumersOf(key);
  const [created, paid] = ["kyma.shop.order.created.v1", "kyma.shop.order.paid.v1"] as const;
  expect(Object.keys(consumers).toSorted()).toEqual([created, paid]);
  expect(consumers[created]?.config).toMatchObject({
    ack_policy: "explicit",
    max_deliver: -1,
    max_ack_pending: 10,
    deliver_policy: "new",
    description: `${key.namespace}/orders/${created}`,
  });
  const lastTransitionTime = expect.any(String) as string;
  expect(status).toEqual({
    ready: true,
    types: [
      { originalType: "order.created.v1", cleanType: "order.created.v1" },
      { originalType: "order.pa*id.v1", cleanType: "order.paid.v1" },
    ],
    conditions: [
      {
        type: "Subscription spec valid",
        status: "True",
        reason: "Subscription spec has no validation errors",
        message: "The spec is valid.",
        lastTransitionTime,
        observedGeneration: 1,
      },
      {
        type: "Subscription active",
        status: "True",
        reason: "NATS Subscription active",
        message: "Every type has a consumer.",
        lastTransitionTime,
        observedGeneration: 1,
      },
    ],
    backend: {
      types: [
        { originalType: "order.created.v1", consumerName: consumers[created]?.name },
        { originalType: "order.pa*id.v1", consumerName: consumers[paid]?.name },
      ],
    },
  });
  expect(metadata.finalizers).toEqual(["eventing.kyma-project.io"]);
  await eventually(() => controllers.writes.length === kubeBefore + 3 || undefined, "the Event is written");
  expect(tap.writes.slice(natsBefore).map((write) => write.split(".").slice(0, 2).join("."))).toEqual([
    "CONSUMER.CREATE",
    "CONSUMER.CREATE",
  ]);
  const { items } = await scene.client.list<KubeEvent>(events, { namespace: key.namespace });
  expect(items).toEqual([
    expect.objectContaining({
      type: "Normal",
      reason: "SubscriptionActive",
      message: "Every type has a consumer.",
    }),
  ]);
  expect((await scene.streams.streams.info("sap")).config).toMatchObject({
    retention: "interest",
    discard: "new",
  });
  expect((await scene.streams.streams.info("kyma-deadletter")).config.retention).toBe("limits");
});

test("changes are made in place: what waits in a consumer that stays is kept", async () => {
  const key = await scene.create("changed", { source: "changed", types: ["a.kept", "a.removed"] });
  await scene.untilReady(key);
  const before = await scene.consumersOf(key);
  await publish("kyma.changed.a.kept");
  const config = { maxInFlightMessages: "3", orderingKey: "subject" };
  await scene.edit(key, { types: ["a.kept", "a.added"], config });
  const { status } = await scene.untilReady(key);
  const after = await scene.consumersOf(key);
  expect(status?.backend?.types?.map(({ originalType }) => originalType)).toEqual(["a.kept", "a.added"]);
  expect(Object.keys(after).toSorted()).toEqual(["kyma.changed.a.added", "kyma.changed.a.kept"]);
  const kept = after["kyma.changed.a.kept"];
  expect(kept?.created).toBe(before["kyma.changed.a.kept"]?.created);
  expect([kept?.num_pending, kept?.config.priority_policy]).toEqual([1, "pinned_client"]);
  await scene.edit(key, { config: { maxInFlightMessages: "4", orderingKey: null } });
  await scene.untilReady(key);
  const unordered = (await scene.consumersOf(key))["kyma.changed.a.kept"];
  expect([
    unordered?.num_pending,
    unordered?.config.max_ack_pending,
    unordered?.config.priority_groups,
  ]).toEqual([1, 4, undefined]);
});

test("an invalid spec is reported once with all that is wrong; consumers and what waits in them stay", async () => {
  const key = await scene.create("invalid", { source: "invalid", types: ["a.b"] });
  await scene.untilReady(key);
  await publish("kyma.invalid.a.b");
  await scene.edit(key, { types: ["a.b", "a"], config: { maxInFlightMessages: "many" }, sink: "ftp://x" });
  const { status } = await scene.untilNotReady(
    key,
    /types\[1\] "a" must.*sink "ftp:\/\/x" must.*maxInFlightMessages must/,
  );
  expect(status).toEqual({
    ready: false,
    types: [],
    conditions: [
      expect.objectContaining({
        type: "Subscription spec valid",
        status: "False",
        reason: "Subscription spec has validation errors",
      }),
    ],
  });
  expect(await pending(key, "kyma.invalid.a.b")).toBe(1);
  const sink = `http://sink.${key.namespace}.svc.cluster.local`;
  await scene.edit(key, { types: ["a.b"], config: { maxInFlightMessages: "5" }, sink });
  await scene.untilReady(key);
  expect(await pending(key, "kyma.invalid.a.b")).toBe(1);
  const { items } = await scene.client.list<KubeEvent>(events, { namespace: key.namespace });
  const reasons = items.map(({ reason }) => reason);
  expect(reasons.toSorted()).toEqual(["SubscriptionActive", "SubscriptionActive", "ValidationFailed"]);
});

test("a missing Service is said, its events wait, and it heals as soon as the Service appears", async () => {
  const key = await scene.create("sinkless", { source: "sinkless", types: ["a.b"] });
  await scene.untilReady(key);
  await scene.client.delete(services, { ...key, name: "sink" });
  const { status } = await scene.untilNotReady(key, /the Service sinkless-\w+\/sink, which does not exist/);
  expect(status?.conditions?.map(({ reason }) => reason)).toEqual([
    "Subscription spec has validation errors",
  ]);
  expect(status?.backend?.types).toHaveLength(1);
  await publish("kyma.sinkless.a.b");
  await scene.createService("sink", key.namespace);
  await scene.untilReady(key);
  expect(await pending(key, "kyma.sinkless.a.b")).toBe(1);
  await scene.edit(key, { sink: `http://later.${key.namespace}.svc.cluster.local`, types: ["a.b", "a.c"] });
  await scene.untilNotReady(key, /\/later, which does not exist; events wait/);
  expect(await scene.subjectsOf(key)).toEqual(["kyma.sinkless.a.b"]);
  await scene.createService("later", key.namespace);
  await scene.untilReady(key);
  expect(await scene.subjectsOf(key)).toEqual(["kyma.sinkless.a.b", "kyma.sinkless.a.c"]);
  await scene.edit(key, { sink: `http://sink.${key.namespace}.svc.cluster.local:8080` });
  await scene.untilReady(key, /^Warning: sink has the port 8080, but the Service .* has 80/);
});

test("an invalid spec that becomes one without a sink costs no event that waits", async () => {
  const key = await scene.create("twice-wrong", { source: "twice", types: ["a.b"] });
  await scene.untilReady(key);
  await publish("kyma.twice.a.b");
  await scene.edit(key, { types: ["a.b", "a"] });
  expect((await scene.untilNotReady(key, /types\[1\] "a" must/)).status?.backend).toBeUndefined();
  const sink = `http://later.${key.namespace}.svc.cluster.local`;
  await scene.edit(key, { types: ["a.b", "a.c"], sink });
  const { status } = await scene.untilNotReady(key, /\/later, which does not exist; events wait/);
  expect(status?.backend?.types?.map(({ originalType }) => originalType)).toEqual(["a.b"]);
  await scene.createService("later", key.namespace);
  await scene.untilReady(key);
  expect(await pending(key, "kyma.twice.a.b")).toBe(1);
  expect(await pending(key, "kyma.twice.a.c")).toBe(0);
});

test("hosts beyond the namespace count as long as the administrator allows them", async () => {
  const key = await scene.create("partner", { sink: "https://hooks.example.com/in" });
  await scene.untilNotReady(key, /host "hooks.example.com" must end with svc.cluster.local/);
  await scene.allowHosts("*.example.com");
  await scene.untilReady(key);
  await scene.allowHosts("");
  await scene.untilNotReady(key, /ask an administrator/);
});

test("a deleted Subscription takes its consumers along, and a new one of its name begins anew", async () => {
  const key = await scene.create("again", { source: "again", types: ["a.b"] });
  const other = await scene.create("other", { source: "again", types: ["a.b"] });
  await Promise.all([scene.untilReady(key), scene.untilReady(other)]);
  await publish("kyma.again.a.b");
  await scene.client.delete(subscriptions, key);
  await eventually(
    async () => (await find(scene.client, subscriptions, key)) === undefined || undefined,
    "is gone",
  );
  expect(await scene.subjectsOf(key)).toEqual([]);
  await scene.client.create(
    subscriptions,
    sampleSubscription(key.name, key.namespace, { source: "again", types: ["a.b"] }),
  );
  await scene.untilReady(key);
  expect(await pending(key, "kyma.again.a.b")).toBe(0);
  expect(await pending(other, "kyma.again.a.b")).toBe(1);
});

test("deliverFrom decides where a new Subscription begins, and says when it comes too late", async () => {
  const first = await scene.create("first", { source: "from", types: ["a.b"] });
  await scene.untilReady(first);
  await publish("kyma.from.a.b");
  const all = await scene.create("all", { source: "from", types: ["a.b"], config: { deliverFrom: "all" } });
  await scene.untilReady(all, /Every type/);
  expect(await pending(all, "kyma.from.a.b")).toBe(1);
  await scene.edit(first, { config: { deliverFrom: "all" } });
  await scene.untilReady(first, /^Warning: config.deliverFrom counts only when a Subscription is made/);
});

test("a consumer that was deleted, changed or paused by hand is put right; those of others are left alone", async () => {
  const key = await scene.create("drift", { source: "drift", types: ["a.b"] });
  const other = await scene.create("keeper", { source: "drift", types: ["a.b"] });
  const name = (await scene.untilReady(key)).status?.backend?.types?.[0]?.consumerName ?? "";
  await scene.untilReady(other);
  const foreign = {
    durable_name: "foreign",
    filter_subject: "kyma.drift.a.b",
    ack_policy: "explicit",
  } as const;
  const lying = { ...foreign, durable_name: "lying", description: "no/such/kyma.drift.a.b" };
  for (const config of [foreign, lying]) await scene.streams.consumers.add("sap", config);
  await publish("kyma.drift.a.b");
  await scene.streams.consumers.delete("sap", name);
  // What the stream still holds is delivered again: rather twice than never.
  await eventually(async () => (await pending(key, "kyma.drift.a.b")) === 1 || undefined, "it is back");
  await scene.streams.consumers.update("sap", name, { max_ack_pending: 99, description: "mine" });
  await scene.streams.consumers.pause("sap", name, new Date(Date.now() + 3_600_000));
  await eventually(async () => {
    const info = (await scene.consumers()).get(name);
    return (
      (info?.config.max_ack_pending === 10 && info.config.description !== "mine" && !info.paused) || undefined
    );
  }, "it is put right");
  const consumers = await scene.consumers();
  expect([consumers.has("foreign"), consumers.has("lying")]).toEqual([true, true]);
  for (const config of [foreign, lying]) await scene.streams.consumers.delete("sap", config.durable_name);
});

test("consumers of a Subscription whose finalizer was taken away are deleted", async () => {
  const key = await scene.create("forced", { types: ["a.b"] });
  await scene.untilReady(key);
  await controllers.stop();
  await scene.client.delete(subscriptions, key);
  await scene.client.patch(subscriptions, key, { metadata: { finalizers: null } }, { type: "merge" });
  expect(await scene.subjectsOf(key)).toHaveLength(1);
  controllers = await start();
  await eventually(async () => (await scene.subjectsOf(key)).length === 0 || undefined, "they are gone");
});

test("a consumer that is there already is taken over; one that cannot be changed is said", async () => {
  const { namespace } = await scene.create("adopted", { types: ["x.y"] });
  const config = { ack_policy: "explicit", max_ack_pending: 50 } as const;
  /** A consumer, and the Subscription that it is for; it would be deleted if the controllers saw it alone. */
  const make = async (name: string, type: string, more: object): Promise<string> => {
    const key = { namespace, name };
    const subject = `kyma.shop.${type}`;
    const description = consumerDescription(key, subject);
    const own = { durable_name: consumerName(key, subject), description, filter_subject: subject };
    const { created } = await scene.streams.consumers.add("sap", { ...own, ...config, ...more });
    await scene.client.create(subscriptions, sampleSubscription(name, namespace, { types: [type] }));
    return created;
  };
  await controllers.stop();
  const created = await make("late", "a.pull", {});
  await make("pushed", "a.push", { deliver_subject: "somewhere" });
  controllers = await start();
  await scene.untilReady({ namespace, name: "late" });
  const consumer = (await scene.consumersOf({ namespace, name: "late" }))["kyma.shop.a.pull"];
  expect([consumer?.created, consumer?.config.max_ack_pending]).toEqual([created, 10]);
  await scene.untilNotReady(
    { namespace, name: "pushed" },
    /consumer \w+ of type a.push cannot be changed .*push consumer.* delete it in NATS/,
  );
});

test("metrics tell what is ready under Kyma's names, and nothing of what is deleted", async () => {
  const key = await scene.create("measured", { types: ["a.b"] });
  const name = (await scene.untilReady(key)).status?.backend?.types?.[0]?.consumerName ?? "";
  const text = () => controllers.registry.metrics();
  const labels = `subscription_name="measured",subscription_namespace="${key.namespace}",consumer_name="${name}"`;
  await eventually(
    async () =>
      (await text()).includes(`{${labels},eventing_backend="NATS_Jetstream",stream_name="sap"} 1`) ||
      undefined,
    "ready",
  );
  expect(await text()).toContain(`eventing_ec_event_type_subscribed_total{${labels},event_type="a.b"} 1`);
  expect(await text()).toContain("\neventing_ec_health 1\n");
  await scene.client.delete(subscriptions, key);
  await eventually(async () => !(await text()).includes(name) || undefined, "forgotten");
});

test("a stream that was changed or deleted by hand is put right, with all consumers", async () => {
  const key = await scene.create("restored", { source: "restored", types: ["a.b"] });
  await scene.untilReady(key);
  await scene.streams.streams.update("sap", { max_bytes: 1000, discard_new_per_subject: false });
  const wanted = eventStreamConfig(defaultStreamLimits);
  await eventually(async () => {
    const { config } = await scene.streams.streams.info("sap");
    return (config.max_bytes === wanted.max_bytes && config.discard_new_per_subject) || undefined;
  }, "the stream is put right");
  const { items } = await scene.client.list<Subscription>(subscriptions);
  const names = items.flatMap(
    ({ status }) => status?.backend?.types?.map(({ consumerName = "" }) => consumerName) ?? [],
  );
  expect(names.length).toBeGreaterThan(10);
  await scene.streams.streams.delete("sap");
  await eventually(async () => {
    const now = await scene.consumers();
    return names.every((name) => now.has(name)) || undefined;
  }, "all consumers are back");
  expect((await scene.consumersOf(key))["kyma.restored.a.b"]?.config.deliver_policy).toBe("all");
  await scene.untilReady(key);
});

test("a restart with nothing changed writes nothing, neither to Kubernetes nor to NATS", async () => {
  const still = ["one", "two", "three"].map((name) =>
    scene.create(`still-${name}`, { source: name, types: ["a.b"] }),
  );
  for (const key of await Promise.all(still)) await scene.untilReady(key);
  await controllers.stop();
  const natsBefore = tap.writes.length;
  controllers = await start();
  await controllers.untilLive();
  const key = await scene.create("last", { source: "last", types: ["a.b"] });
  await scene.untilReady(key);
  const isOfLast = (write: string): boolean => write.includes("last");
  expect(controllers.writes.filter((write) => !isOfLast(write))).toEqual([]);
  expect(tap.writes.slice(natsBefore).filter((write) => !isOfLast(write))).toEqual([]);
  const { items } = await scene.client.list<Subscription>(subscriptions);
  expect(items.filter(({ status }) => status?.ready).length).toBeGreaterThan(3);
});
