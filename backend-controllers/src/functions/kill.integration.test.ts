import type { KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { functions } from "@kyma/crds/resource-types.ts";
import type { KubeObject, ResourceType } from "@kyma/kube/objects.ts";
import { controllerRevisions, deployments, replicaSets, services } from "@kyma/kube/resource-types.ts";
import { type TestControlPlane, startControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createNamespace, eventually } from "../testing/cluster.ts";
import { ended, seededRandom, spawnControllers } from "../testing/controllers-process.ts";
import { sampleFunction } from "./sample.ts";
import { FunctionScene, conditionOf } from "./scene.ts";

const seed = Number(process.env["FAULT_SEED"] ?? 20261122);
const batches = 5;
const batchSize = 20;
/** Lists and watches of the start come first, then some ten calls for each Function. */
const latestCall = 120;

let controlPlane: TestControlPlane;
let scene: FunctionScene;

beforeAll(async () => {
  controlPlane = await startControlPlane();
  scene = new FunctionScene(controlPlane.kubeconfig, inject("toolsDir"));
}, 180_000);
afterAll(() => controlPlane?.stop());

/** Creates 100 Functions while the controllers die again and again, then lets them finish; the end state without what differs by nature. */
async function runWithKills(): Promise<unknown[]> {
  const random = seededRandom(seed);
  const namespace = await createNamespace(scene.client, "killed");
  let deaths = 0;
  for (let batch = 0; batch < batches; batch++) {
    for (let index = 0; index < batchSize; index++) {
      const fn = sampleFunction(`fn-${batch}-${index}`, namespace, { replicas: 0 });
      await scene.client.create(functions, fn);
    }
    const when = random() < 0.5 ? "before" : "after";
    const killAt = `${when}:${1 + Math.floor(random() * latestCall)}`;
    const victim = spawnControllers(controlPlane.kubeconfig, { killAt });
    if (await ended(victim, 30_000)) deaths++;
    else victim.kill("SIGKILL");
  }
  // A call that was never reached proves nothing.
  expect(deaths).toBeGreaterThanOrEqual(batches - 1);
  const survivor = spawnControllers(controlPlane.kubeconfig);
  try {
    await untilConverged(namespace);
  } finally {
    survivor.kill("SIGTERM");
    expect(await ended(survivor, 15_000)).toBe(true);
  }
  expect(survivor.exitCode).toBe(0);
  return endState(namespace);
}

function untilConverged(namespace: string): Promise<true> {
  return eventually(
    async () => {
      const { items } = await scene.client.list<KymaFunction>(functions, { namespace });
      return items.every((fn) => conditionOf(fn, "Running")?.reason === "DeploymentReady") || undefined;
    },
    "all Functions run",
    60_000,
  );
}

async function endState(namespace: string): Promise<unknown[]> {
  const { items: owners } = await scene.client.list(functions, { namespace });
  const uids = new Set(owners.map(({ metadata }) => metadata.uid));
  const state: unknown[] = [];
  for (const type of [functions, deployments, services, controllerRevisions]) {
    const { items } = await scene.client.list(type, { namespace });
    expect([type.plural, items.length]).toEqual([type.plural, batches * batchSize]);
    const orphans = type === functions ? [] : items.filter((item) => !ownerIn(item, uids));
    expect(orphans).toEqual([]);
    state.push(...items.map((item) => withoutChance(item, type)).toSorted());
  }
  const { items } = await scene.client.list(replicaSets, { namespace });
  expect(items).toHaveLength(batches * batchSize);
  return state;
}

function ownerIn({ metadata }: KubeObject, uids: Set<string | undefined>): boolean {
  return metadata.ownerReferences?.some(({ uid }) => uids.has(uid)) === true;
}

/** The object as text, without identities, times and addresses. */
function withoutChance(object: KubeObject, type: ResourceType): string {
  const { name, labels, annotations, generation } = object.metadata;
  const kept = { ...object, metadata: { name, labels, annotations, generation } };
  const dropped = new Set([
    "clusterIP",
    "clusterIPs",
    "lastTransitionTime",
    "lastUpdateTime",
    "managedFields",
  ]);
  const text = JSON.stringify(kept, (key, value: unknown) => (dropped.has(key) ? undefined : value));
  const chance = [
    /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
    /killed-[a-z0-9]+/g,
    /"kyma-project.io\/applied":"\w+"/g,
  ];
  const plain = chance.reduce((rest, pattern) => rest.replace(pattern, "…"), text);
  // The Deployment controller's own account of its steps depends on timing.
  return type === deployments ? plain.replace(/"status":\{.*$/, "") : plain;
}

test("killed at any call of the API server, it converges to the same state (R2)", async () => {
  console.log(`seed ${seed} (FAULT_SEED)`);
  const first = await runWithKills();
  const second = await runWithKills();
  expect(second).toEqual(first);
}, 600_000);
