import { functions } from "@kyma/crds/resource-types.ts";
import type { KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { controllerRevisions, deployments, services } from "@kyma/kube/resource-types.ts";
import { type TestControlPlane, startControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type RunningControllers, createNamespace, eventually, find } from "../testing/cluster.ts";
import { labelNames } from "./labels.ts";
import { sampleFunction } from "./sample.ts";
import { FunctionScene, conditionOf } from "./scene.ts";

let controlPlane: TestControlPlane;
let scene: FunctionScene;
let controllers: RunningControllers;

beforeAll(async () => {
  // A control plane of its own: writes are counted, and no other test's controller may do the work.
  controlPlane = await startControlPlane();
  scene = new FunctionScene(controlPlane.kubeconfig, inject("toolsDir"));
  controllers = await scene.start();
}, 180_000);
afterAll(async () => {
  await controllers?.stop();
  await controlPlane?.stop();
});

test("a Service of that name made by somebody else is left alone and named, and its deletion heals", async () => {
  const namespace = await createNamespace(scene.client, "taken");
  const key = { namespace, name: "taken" };
  const foreign = { apiVersion: "v1", kind: "Service", metadata: key, spec: { ports: [{ port: 1 }] } };
  await scene.client.create(services, foreign);
  await scene.client.create(functions, sampleFunction("taken", namespace, { replicas: 0 }));
  await scene.untilCondition(key, "Running", "ServiceFailed", /Service called "taken" exists already/);
  expect(JSON.stringify(await scene.client.get(services, key))).not.toContain(labelNames.uuid);
  await scene.client.delete(services, key);
  await scene.untilCondition(key, "Running", "DeploymentReady");
});

test("a Function deleted and made anew gets children of its own", async () => {
  const key = await scene.create("again", { replicas: 0 });
  await scene.untilCondition(key, "Running", "DeploymentReady");
  const old = await scene.client.get(deployments, key);
  await scene.client.delete(functions, key);
  await scene.client.create(functions, sampleFunction("again", key.namespace, { replicas: 0 }));
  const fn = await scene.untilCondition(key, "Running", "DeploymentReady");
  const deployment = await scene.client.get(deployments, key);
  expect(deployment.metadata.uid).not.toBe(old.metadata.uid);
  expect(deployment.metadata.ownerReferences).toMatchObject([{ uid: fn.metadata.uid }]);
});

test("a Deployment that Kyma made under a generated name goes once ours is ready", async () => {
  const key = await scene.create("upgraded", { replicas: 0 });
  const fn = await scene.untilCondition(key, "Running", "DeploymentReady");
  const { metadata, spec } = await scene.client.get<UnknownObject>(deployments, key);
  const { labels = {}, ownerReferences = [] } = metadata;
  const other = { namespace: key.namespace, name: "upgraded-x7k2p" };
  const copy = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { ...other, labels, ownerReferences },
    spec,
  };
  await scene.client.create(deployments, copy);
  await eventually(
    async () => ((await find(scene.client, deployments, other)) ? undefined : true),
    "it is gone",
  );
  expect((await scene.get(key)).metadata.uid).toBe(fn.metadata.uid);
});

test("a restart with nothing changed writes nothing", async () => {
  const env = [
    { name: "EMPTY", value: "" },
    { name: "B", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
  ];
  const key = await scene.create("still", {
    replicas: 0,
    runtime: "nodejs20",
    env,
    resourceConfiguration: { function: { resources: { limits: { cpu: "1000m", memory: "1024Mi" } } } },
    secretMounts: [{ secretName: "my.dotted.secret", mountPath: "/etc/s" }],
    source: { inline: { source: "`${x}` $(HOME) $$", dependencies: '{"dependencies":{"ms":"2.1.3"}}' } },
    podSecurityContext: { runAsUser: 2000 },
    containerSecurityContext: { readOnlyRootFilesystem: false },
  });
  await scene.untilCondition(key, "Running", "DeploymentReady");
  const broken = await scene.create("broken", { source: { inline: { source: "x", dependencies: "no" } } });
  await scene.untilCondition(broken, "ConfigurationReady", "InvalidFunctionSpec");
  await controllers.stop();
  controllers = await scene.start();
  const probe = await scene.create("after-restart", { replicas: 0 });
  await scene.untilCondition(probe, "Running", "DeploymentReady");
  expect(controllers.writes.filter((write) => !write.includes(probe.namespace))).toEqual([]);
});

test("100 Functions at once get exactly one child of each kind", async () => {
  const namespace = await createNamespace(scene.client, "hundred");
  const before = controllers.writes.length;
  await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      scene.client.create(functions, sampleFunction(`fn-${index}`, namespace, { replicas: 0 })),
    ),
  );
  await eventually(
    async () => {
      const { items } = await scene.client.list<KymaFunction>(functions, { namespace });
      return items.every((fn) => conditionOf(fn, "Running")?.status === "True") || undefined;
    },
    "all are running",
    120_000,
  );
  for (const type of [deployments, services, controllerRevisions]) {
    expect((await scene.client.list(type, { namespace })).items).toHaveLength(100);
  }
  // Deployment, Service, revision, two or three statuses, three or four Events.
  expect((controllers.writes.length - before) / 100).toBeLessThanOrEqual(10);
}, 150_000);
