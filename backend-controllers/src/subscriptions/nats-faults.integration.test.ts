import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { readManifest } from "@kyma/crds/manifests.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import type { NatsAccess } from "@kyma/eventing/nats.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { customResourceDefinitions, events } from "@kyma/kube/resource-types.ts";
import { type TestControlPlane, startControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import { type TestNats, startNats } from "@kyma/local-cluster/testing/nats-server.ts";
import { rm } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { createNamespace, eventually, find } from "../testing/cluster.ts";
import { type NatsTap, startNatsTap } from "../testing/nats-tap.ts";
import { sampleSubscription } from "./sample.ts";
import { type Controllers, type Key, SubscriptionScene } from "./scene.ts";

let controlPlane: TestControlPlane;
let nats: TestNats;
let scene: SubscriptionScene;
let access: NatsAccess;
let controllers: Controllers | undefined;
let tap: NatsTap | undefined;

beforeAll(async () => {
  [controlPlane, nats] = await Promise.all([startControlPlane(), startNats()]);
  access = nats.access("controllers");
  scene = await SubscriptionScene.open(controlPlane.kubeconfig, inject("toolsDir"), access);
}, 180_000);
afterEach(async () => {
  await controllers?.stop();
  controllers = undefined;
  tap?.close();
});
afterAll(async () => {
  await scene?.close();
  await nats?.stop();
  await controlPlane?.stop();
});

async function restartNats(): Promise<void> {
  await nats.process.start();
  await nats.process.ready();
  await eventually(() => scene.streams.getAccountInfo(), "the test itself is connected again");
}

const isGone = (key: Key) =>
  eventually(
    async () => (await find(scene.client, subscriptions, key)) === undefined || undefined,
    `${key.name} is gone`,
  );

test("without a configured NATS no Subscription is ready, a wrong one is named, and deleting works all the same", async () => {
  controllers = await scene.start(undefined);
  const [key, wrong] = [await scene.create("alone"), await scene.create("wrong", { types: [] })];
  const { status } = await scene.untilNotReady(
    key,
    /^No NATS server is configured: start the controllers with --nats-access\.$/,
  );
  expect(status?.conditions?.map(({ reason }) => reason)).toEqual([
    "Subscription spec has no validation errors",
    "NATS Subscription not active",
  ]);
  await scene.untilNotReady(wrong, /types is empty/);
  expect(await controllers.registry.metrics()).toContain("\neventing_ec_health 0\n");
  for (const one of [key, wrong]) {
    await scene.client.delete(subscriptions, one);
    await isGone(one);
  }
});

test("credentials that NATS does not take are said, without the password", async () => {
  controllers = await scene.start({ ...access, password: "not-it" });
  const key = await scene.create("stranger");
  const { status } = await scene.untilNotReady(
    key,
    /does not let the user controllers in; check the file of --nats-access/,
  );
  expect(JSON.stringify(status)).not.toContain("not-it");
});

test("rights that are missing in NATS are said", async () => {
  controllers = await scene.start(nats.access("event-gateway"));
  const key = await scene.create("weak");
  await scene.untilNotReady(
    key,
    /^NATS at 127.* does not let the user event-gateway look after streams \(.*permission/i,
  );
});

test("NATS away at the start and later: Subscriptions are not ready, and are again by themselves", async () => {
  await nats.process.kill();
  controllers = await scene.start(access);
  const key = await scene.create("patient", { source: "patient", types: ["a.b"] });
  const away = /^NATS at 127\.0\.0\.1:\d+ does not answer; it is asked again by itself\.$/;
  await scene.untilNotReady(key, away);
  await restartNats();
  await scene.untilReady(key);
  const { created } = (await scene.consumersOf(key))["kyma.patient.a.b"] ?? {};
  await nats.process.kill();
  const { status } = await scene.untilNotReady(key, away);
  expect(status?.backend?.types).toHaveLength(1);
  await restartNats();
  await scene.untilReady(key);
  expect((await scene.consumersOf(key))["kyma.patient.a.b"]?.created).toBe(created);
  const { items } = await scene.client.list<KubeObject & { reason: string }>(events, {
    namespace: key.namespace,
  });
  expect(items.map(({ reason }) => reason)).toEqual([
    "SubscriptionNotActive",
    "SubscriptionActive",
    "SubscriptionNotActive",
    "SubscriptionActive",
  ]);
});

test("a server that answers nothing counts as away until it answers", async () => {
  controllers = await scene.start(access);
  const key = await scene.create("frozen");
  await scene.untilReady(key);
  nats.process.signal("SIGSTOP");
  await scene.untilNotReady(key, /does not answer/);
  nats.process.signal("SIGCONT");
  await scene.untilReady(key);
});

test("a store that was deleted is made anew: stream, consumers, ready", async () => {
  controllers = await scene.start(access);
  const keys = [await scene.create("store-a", { types: ["a.b", "a.c"] }), await scene.create("store-b")];
  for (const key of keys) await scene.untilReady(key);
  await nats.process.kill();
  await rm(nats.storeDir, { recursive: true });
  await restartNats();
  await eventually(async () => {
    const subjects = await Promise.all(keys.map((key) => scene.subjectsOf(key)));
    return subjects.flat().length === 3 || undefined;
  }, "all consumers are there");
  for (const key of keys) await scene.untilReady(key);
  expect((await scene.streams.streams.info("kyma-deadletter")).config.name).toBe("kyma-deadletter");
});

test("a deletion waits for NATS and says so; the consumers are gone before the Subscription is", async () => {
  controllers = await scene.start(access);
  const key = await scene.create("leaving");
  await scene.untilReady(key);
  await nats.process.kill();
  await scene.client.delete(subscriptions, key);
  await scene.untilNotReady(key, /^the deletion waits until the consumers can be deleted: NATS at/);
  await restartNats();
  await isGone(key);
  expect(await scene.subjectsOf(key)).toEqual([]);
});

test("Subscriptions that an older schema let in are reported and left in peace", async () => {
  const namespace = await createNamespace(scene.client, "malformed");
  const malformed: Record<string, [spec: unknown, message: RegExp]> = {
    "no-spec": [undefined, /spec must be an object/],
    "text-spec": ["hello", /spec must be an object/],
    "number-sink": [{ sink: 7, source: "shop", types: ["a.b"] }, /sink must be text/],
    "text-types": [{ sink: "http://x", source: "shop", types: "a.b" }, /types must be a list/],
    "null-types": [{ sink: "http://x", source: "shop", types: [null] }, /types must be a list/],
    "number-config": [
      { sink: "http://x", source: "s", types: ["a.b"], config: { timeout: 5 } },
      /config must be a map/,
    ],
    former: [{ sink: "http://x", filter: { filters: [] } }, /source must be text/],
  };
  const crd = readManifest("subscriptions.yaml") as unknown as KubeObject & { spec: { versions: object[] } };
  const replaceSchema = (version: object) =>
    scene.client.patch(
      customResourceDefinitions,
      { name: crd.metadata.name },
      [{ op: "replace", path: "/spec/versions/0", value: version }],
      { type: "json" },
    );
  const openAPIV3Schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  await replaceSchema({ ...crd.spec.versions[0], schema: { openAPIV3Schema } });
  for (const [name, [spec]] of Object.entries(malformed)) {
    const object = { ...sampleSubscription(name, namespace), spec } as never;
    await eventually(
      async () => (await scene.client.create(subscriptions, object), true as const),
      `${name} is stored`,
    );
  }
  await replaceSchema(crd.spec.versions[0]!);
  controllers = await scene.start(access);
  for (const [name, [, message]] of Object.entries(malformed))
    expect([name, await untilReported({ namespace, name })]).toEqual([name, expect.stringMatching(message)]);
  await scene.untilReady(await scene.create("well-formed"));
});

/** The message of the condition, or of an Event where the API server takes no write. */
function untilReported({ namespace, name }: Key): Promise<string> {
  return eventually(async () => {
    const { status } = await scene.get({ namespace, name });
    const { items } = await scene.client.list<
      KubeObject & { message: string; involvedObject: { name: string } }
    >(events, {
      namespace,
    });
    const event = items.find(({ involvedObject }) => involvedObject.name === name);
    return status?.conditions?.[0]?.message ?? event?.message;
  }, `${name} is reported`);
}

test("1,100 Subscriptions, more than a stream takes by default, take three writes and a consumer each, and a restart takes none", async () => {
  const count = 1100;
  tap = await startNatsTap({ port: nats.port });
  const tapped = { ...access, url: `nats://127.0.0.1:${tap.port}` };
  controllers = await scene.start(tapped, 30_000);
  await controllers.untilLive();
  const namespace = await createNamespace(scene.client, "thousand");
  await scene.createService("sink", namespace);
  const natsBefore = tap.writes.length;
  const written = (): number => controllers!.writes.filter((write) => write.includes(namespace)).length;
  const create = (index: number) =>
    scene.client.create(subscriptions, sampleSubscription(`s-${index}`, namespace, { source: `s${index}` }));
  await Promise.all(Array.from({ length: count }, (_, index) => create(index)));
  await eventually(() => written() >= 3 * count || undefined, "all is written", 180_000);
  const { items } = await scene.client.list<Subscription>(subscriptions, { namespace });
  expect(items.filter(({ status }) => status?.ready)).toHaveLength(count);
  expect([written(), tap.writes.length - natsBefore]).toEqual([3 * count, count]);
  await controllers.stop();
  const natsAfter = tap.writes.length;
  controllers = await scene.start(tapped, 30_000);
  await controllers.untilLive();
  const last = await scene.create("last");
  await scene.untilReady(last);
  expect([written(), tap.writes.length - natsAfter]).toEqual([0, 1]);
}, 240_000);
