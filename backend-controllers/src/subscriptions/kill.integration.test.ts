import { subscriptions } from "@kyma/crds/resource-types.ts";
import { type TestControlPlane, startControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import { type TestNats, startNats } from "@kyma/local-cluster/testing/nats-server.ts";
import { type ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { eventually, find } from "../testing/cluster.ts";
import { ended, spawnControllers } from "../testing/controllers-process.ts";
import { startNatsTap } from "../testing/nats-tap.ts";
import { type Key, SubscriptionScene } from "./scene.ts";

let controlPlane: TestControlPlane;
let nats: TestNats;
let scene: SubscriptionScene;
let directory: string;

beforeAll(async () => {
  [controlPlane, nats, directory] = await Promise.all([
    startControlPlane(),
    startNats(),
    mkdtemp(join(tmpdir(), "kyma-kill-")),
  ]);
  scene = await SubscriptionScene.open(
    controlPlane.kubeconfig,
    inject("toolsDir"),
    nats.access("controllers"),
  );
  // The streams are made by whoever comes first.
  const key = await scene.create("first");
  await finish(() => isReady(key, ["order.created.v1"]));
}, 180_000);
afterAll(async () => {
  await scene?.close();
  await nats?.stop();
  await controlPlane?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Where a controllers process dies. */
interface Death {
  /** Of its writes to the API server, or to NATS. */
  of: "kubernetes" | "nats";
  /** From 1. */
  write: number;
  /** Before the request is sent, or when the server has acted and nobody heard of it. */
  when: "before" | "after";
}

/** Runs a controllers process until it dies as asked; true when it did, false when it did all it had to before. */
async function runUntilDeath({ of, write, when }: Death, isDone: () => Promise<boolean>): Promise<boolean> {
  let victim: ChildProcess | undefined;
  const tap = await startNatsTap({
    port: nats.port,
    onWrite: (index, at) => {
      if (of === "nats" && index === write && at === when) victim?.kill("SIGKILL");
    },
  });
  const file = join(directory, "nats.json");
  const access = { ...nats.access("controllers"), url: `nats://127.0.0.1:${tap.port}` };
  await writeFile(file, JSON.stringify(access));
  const killAt = of === "kubernetes" ? `${when}:${write}:writes` : undefined;
  victim = spawnControllers(controlPlane.kubeconfig, { ...(killAt && { killAt }), natsAccess: file });
  try {
    const death = ended(victim, 60_000);
    const done = eventually(async () => (await isDone()) || undefined, "all is done", 60_000).catch(
      () => true,
    );
    await Promise.race([death, done]);
    // What is done last may be what it dies of.
    const died = await ended(victim, 1000);
    if (!died) victim.kill("SIGKILL");
    await ended(victim, 10_000);
    return died;
  } finally {
    tap.close();
  }
}

/** Lets other controllers, who know nothing of what was, do what is left. */
async function finish(isDone: () => Promise<boolean>): Promise<void> {
  const next = await scene.start(nats.access("controllers"));
  try {
    await eventually(async () => (await isDone()) || undefined, "the next one does the rest", 60_000);
  } finally {
    await next.stop();
  }
}

const isReady = async (key: Key, types: string[]): Promise<boolean> => {
  const { status, metadata } = await scene.get(key);
  const current = status?.conditions?.every(
    ({ observedGeneration }) => observedGeneration === metadata.generation,
  );
  return (
    (current &&
      status?.ready &&
      status.types.map(({ originalType }) => originalType).join() === types.join()) ||
    false
  );
};

/** Consumers of the Subscription as they must be, whatever happened on the way. */
async function expectConsumers(key: Key, types: string[], maxInFlight: number): Promise<void> {
  const consumers = await scene.consumersOf(key);
  expect(Object.keys(consumers).toSorted()).toEqual(types.map((type) => `kyma.shop.${type}`));
  for (const { config } of Object.values(consumers)) expect(config.max_ack_pending).toBe(maxInFlight);
  const { status } = await scene.get(key);
  const named = status?.backend?.types?.map(({ consumerName = "" }) => consumerName) ?? [];
  expect(named.toSorted()).toEqual(
    Object.values(consumers)
      .map(({ name }) => name)
      .toSorted(),
  );
}

const firstTypes = ["a.one", "a.two"];
const secondTypes = ["a.three", "a.two"];

const steps = {
  create: {
    prepare: () => scene.create("killed", { types: firstTypes }),
    isDone: (key: Key) => isReady(key, firstTypes),
    expect: (key: Key) => expectConsumers(key, firstTypes, 10),
  },
  update: {
    prepare: async () => {
      const key = await scene.create("killed", { types: firstTypes });
      await finish(() => isReady(key, firstTypes));
      await scene.edit(key, { types: secondTypes, config: { maxInFlightMessages: "3" } });
      return key;
    },
    isDone: (key: Key) => isReady(key, secondTypes),
    expect: (key: Key) => expectConsumers(key, secondTypes, 3),
  },
  delete: {
    prepare: async () => {
      const key = await scene.create("killed", { types: firstTypes });
      await finish(() => isReady(key, firstTypes));
      await scene.client.delete(subscriptions, key);
      return key;
    },
    isDone: async (key: Key) => (await find(scene.client, subscriptions, key)) === undefined,
    expect: async (key: Key) => expect(await scene.subjectsOf(key)).toEqual([]),
  },
};

/** Dies at the given write of a step, lets others do the rest, and looks at what came of it; whether it died. */
async function killAt(name: keyof typeof steps, death: Death): Promise<boolean> {
  const step = steps[name];
  const key = await step.prepare();
  const isDone = (): Promise<boolean> => step.isDone(key);
  const died = await runUntilDeath(death, isDone);
  await finish(isDone);
  await step.expect(key);
  return died;
}

test.each<[keyof typeof steps, Death["of"], number]>([
  // The finalizer, the status, an Event.
  ["create", "kubernetes", 3],
  // Two consumers; the streams are there.
  ["create", "nats", 2],
  // The status.
  ["update", "kubernetes", 1],
  // One made, one changed, one deleted.
  ["update", "nats", 3],
  // The finalizer.
  ["delete", "kubernetes", 1],
  ["delete", "nats", 2],
])(
  "%s: killed before and after each write to %s (%i), the next one ends with the same consumers",
  async (name, of, writes) => {
    for (let write = 1; write <= writes; write++)
      for (const when of ["before", "after"] as const)
        expect([write, when, await killAt(name, { of, write, when })]).toEqual([write, when, true]);
    // There are no more; only the finalizer may be removed again where the watch is behind, in vain.
    if (name === "delete" && of === "kubernetes") return;
    expect(await killAt(name, { of, write: writes + 1, when: "before" })).toBe(false);
  },
  300_000,
);
