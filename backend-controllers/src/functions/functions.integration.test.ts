import type { FunctionSpec } from "@kyma/crds/generated/functions.gen.ts";
import { functions } from "@kyma/crds/resource-types.ts";
import { InvalidError } from "@kyma/kube/errors.ts";
import type { KubeObject, UnknownObject } from "@kyma/kube/objects.ts";
import {
  controllerRevisions,
  deployments,
  events,
  replicaSets,
  services,
} from "@kyma/kube/resource-types.ts";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type RunningControllers, createNamespace, eventually, find } from "../testing/cluster.ts";
import type { ControllerRevision, Deployment, KubeEvent, ReplicaSet } from "./kinds.ts";
import { labelNames } from "./labels.ts";
import { sampleFunction } from "./sample.ts";
import { FunctionScene, conditionOf, newSource } from "./scene.ts";

const scene = new FunctionScene(inject("kubeconfig"), inject("toolsDir"));
const { client } = scene;
let controllers: RunningControllers;

beforeAll(async () => {
  controllers = await scene.start();
});
afterAll(() => controllers.stop());

test("a Function gets its children and a status", async () => {
  const key = await scene.create("made", { replicas: 0, labels: { tier: "one" } });
  const fn = await scene.untilCondition(key, "Running", "DeploymentReady");
  expect(conditionOf(fn, "ConfigurationReady")).toMatchObject({
    status: "True",
    reason: "FunctionSpecValidated",
    observedGeneration: 1,
  });
  const deployment = await client.get<UnknownObject>(deployments, key);
  const service = await client.get<UnknownObject>(services, key);
  const { items: revisions } = await client.list<ControllerRevision>(controllerRevisions, {
    namespace: key.namespace,
  });
  for (const child of [deployment, service, ...revisions]) {
    expect(child.metadata.ownerReferences).toMatchObject([{ uid: fn.metadata.uid, controller: true }]);
    expect(child.metadata.labels).toMatchObject({
      [labelNames.functionName]: "made",
      [labelNames.managedBy]: "function-controller",
      [labelNames.uuid]: fn.metadata.uid,
    });
  }
  expect(revisions).toMatchObject([{ revision: 1, data: { runtime: "nodejs24" } }]);
  expect(service["spec"]).toMatchObject({ ports: [{ port: 80, targetPort: 8080, name: "http" }] });
  expect(fn.status).toMatchObject({ replicas: 0, functionResourceProfile: "XS", runtime: "nodejs24" });
  await eventually(async () => {
    const { items } = await client.list<KubeEvent & { reason: string }>(events, { namespace: key.namespace });
    return items.some(({ reason }) => reason === "DeploymentReady") || undefined;
  }, "an Event for the condition");
});

test("drift in children is put right, what others may add stays", async () => {
  const key = await scene.create("drift", { replicas: 0, env: [{ name: "A", value: "1" }] });
  await scene.untilCondition(key, "Running", "DeploymentReady");
  await scene.kubectl("-n", key.namespace, "set", "env", "deployment/drift", "A=2", "FOREIGN=1");
  await scene.kubectl("-n", key.namespace, "scale", "deployment/drift", "--replicas=2");
  await client.patch(services, key, { spec: { selector: { other: "x" } } }, { type: "merge" });
  await client.patch(services, key, [{ op: "replace", path: "/spec/ports/0/targetPort", value: 1 }], {
    type: "json",
  });
  await eventually(async () => {
    const deployment = JSON.stringify(await client.get(deployments, key));
    const service = JSON.stringify((await client.get<UnknownObject>(services, key))["spec"]);
    const healed = deployment.includes('"replicas":0') && deployment.includes('{"name":"A","value":"1"}');
    return (healed && !deployment.includes("FOREIGN") && service.includes('"targetPort":8080')) || undefined;
  }, "healed children");
  await scene.kubectl("-n", key.namespace, "rollout", "restart", "deployment/drift");
  await client.patch(deployments, key, { spec: { replicas: 1 } }, { type: "merge" });
  await eventually(async () => {
    const { spec } = await client.get<Deployment & { spec: { template: KubeObject } }>(deployments, key);
    const restarted = spec.template.metadata.annotations?.["kubectl.kubernetes.io/restartedAt"];
    return (spec.replicas === 0 && restarted !== undefined) || undefined;
  }, "the restart annotation survives a repair");
});

test("a field that the Function gives up disappears from its children", async () => {
  const key = await scene.create("given-up", { replicas: 0, annotations: { keep: "1", gone: "1" } });
  await scene.untilCondition(key, "Running", "DeploymentReady");
  await scene.edit(key, { annotations: { gone: null } });
  await eventually(async () => {
    const text = JSON.stringify(await client.get(deployments, key));
    return (text.includes('"keep":"1"') && !text.includes('"gone"')) || undefined;
  }, "the annotation is gone");
});

test("children deleted by hand return at once", async () => {
  const key = await scene.create("deleted", { replicas: 0 });
  await scene.untilCondition(key, "Running", "DeploymentReady");
  const { items } = await client.list<ControllerRevision>(controllerRevisions, { namespace: key.namespace });
  const revision = { namespace: key.namespace, name: items[0]!.metadata.name };
  for (const [type, child] of [
    [deployments, key],
    [services, key],
    [controllerRevisions, revision],
  ] as const) {
    const { metadata } = await client.get(type, child);
    await client.delete(type, child);
    await eventually(
      async () => {
        const again = await find(client, type, child);
        return (again !== undefined && again.metadata.uid !== metadata.uid) || undefined;
      },
      `${type.plural} returns`,
      3000,
    );
  }
});

test("kubectl scale works and makes no revision", async () => {
  const key = await scene.create("scaled", { replicas: 0 });
  await scene.untilCondition(key, "Running", "DeploymentReady");
  await scene.kubectl("-n", key.namespace, "scale", "function/scaled", "--replicas=2");
  const fn = await eventually(async () => {
    const found = await scene.get(key);
    return found.status?.replicas === 2 ? found : undefined;
  }, "status.replicas follows");
  expect((await client.get<Deployment>(deployments, key)).spec.replicas).toBe(2);
  const scale = await client.raw(
    `/apis/serverless.kyma-project.io/v1alpha2/namespaces/${key.namespace}/functions/scaled/scale`,
  );
  expect(await scale.json()).toMatchObject({ status: { replicas: 2, selector: fn.status?.podSelector } });
  const { items } = await client.list(controllerRevisions, { namespace: key.namespace });
  expect(items).toHaveLength(1);
});

test.each<[string, Record<string, unknown>, RegExp]>([
  [
    "dependencies",
    { source: { inline: { source: "x", dependencies: "left-pad" } } },
    /dependencies must be a package\.json/,
  ],
  ["a list", { source: { inline: { source: "x", dependencies: "[]" } } }, /JSON object/],
  [
    "file",
    { source: { inline: { source: "x", dependencies: '{"dependencies":{"evil":"file:../x"}}' } } },
    /"evil".*"file:/,
  ],
  ["python", { runtime: "python312" }, /spec\.runtime "python312"/],
  [
    "git",
    { source: { gitRepository: { url: "https://x.example/y", baseDir: "/", reference: "main" } } },
    /gitRepository/,
  ],
  ["scale-config", { scaleConfig: { minReplicas: 1, maxReplicas: 2 } }, /scaleConfig/],
])("what cannot be acted on is named: %s", async (name, spec, message) => {
  const key = await scene.create(name.replace(" ", "-"), spec);
  const fn = await scene.untilCondition(key, "ConfigurationReady", "InvalidFunctionSpec", message);
  expect(conditionOf(fn, "ConfigurationReady")?.status).toBe("False");
  expect(conditionOf(fn, "Running")).toBeUndefined();
  expect(await find(client, deployments, key)).toBeUndefined();
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ["a reserved variable", { env: [{ name: "FUNC_HANDLER", value: "x" }] }, /FUNC_HANDLER/],
  ["an unknown runtime", { runtime: "cobol" }, /cobol/],
  [
    "profile and resources",
    { resourceConfiguration: { function: { profile: "S", resources: { limits: { cpu: "1" } } } } },
    /profile and resources/,
  ],
])("the API server itself refuses %s", async (_what, spec, message) => {
  const namespace = await createNamespace(client, "refused");
  const refused = client.create(
    functions,
    sampleFunction("refused", namespace, spec as Partial<FunctionSpec>),
  );
  await expect(refused).rejects.toThrow(InvalidError);
  await expect(refused).rejects.toThrow(message);
});

test("an invalid edit leaves the last version serving, and says which one that is", async () => {
  const key = await scene.create("edited");
  await scene.makeReady(key);
  const before = await client.get(deployments, key);
  await scene.edit(key, { source: { inline: { dependencies: "nonsense" } } });
  const fn = await scene.untilCondition(key, "ConfigurationReady", "InvalidFunctionSpec");
  expect(fn.status?.observedGeneration).toBe(2);
  expect(conditionOf(fn, "Running")).toMatchObject({ status: "True", observedGeneration: 1 });
  expect(conditionOf(fn, "Running")?.message).toMatch(/generation 1; the newest spec is invalid/);
  expect((await client.get(deployments, key)).metadata.generation).toBe(before.metadata.generation);
});

test("a failing roll-out is told with its cause while the old version serves", async () => {
  const key = await scene.create("crash");
  await scene.makeReady(key);
  await scene.edit(key, newSource("syntax error"));
  const pod = await scene.freshPod(key);
  const message = "The Function's source has a syntax error in handler.js, line 3: Unexpected token.";
  const terminated = { exitCode: 1, reason: "Error", message };
  await scene.setPodStatus(pod, {
    name: "function",
    restartCount: 1,
    state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 10s" } },
    lastState: { terminated },
  });
  const fn = await scene.untilCondition(
    key,
    "Running",
    "DeploymentFailed",
    /syntax error in handler\.js, line 3/,
  );
  expect(conditionOf(fn, "Running")).toMatchObject({ status: "False", observedGeneration: 2 });
  expect(conditionOf(fn, "Running")?.message).toMatch(/The previous version still serves\.$/);

  await scene.edit(key, newSource("module.exports = { main: () => 'hello' };"));
  await scene.untilCondition(key, "Running", "DeploymentReady");
  const { items } = await client.list<ReplicaSet>(replicaSets, { namespace: key.namespace });
  expect(items).toHaveLength(2);
});

test("a Secret that does not exist is named, be it mounted or in a variable", async () => {
  const key = await scene.create("secretless", {
    secretMounts: [{ secretName: "not-there", mountPath: "/etc/secret" }],
  });
  const pod = await scene.freshPod(key);
  const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  await client.create(events, {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: "mount.1", namespace: key.namespace },
    involvedObject: {
      apiVersion: "v1",
      kind: "Pod",
      ...key,
      name: pod.metadata.name,
      uid: pod.metadata.uid,
    },
    reason: "FailedMount",
    type: "Warning",
    message: 'MountVolume.SetUp failed for volume "not-there" : secret "not-there" not found',
    firstTimestamp: now,
    lastTimestamp: now,
  } as KubeObject);
  await scene.untilCondition(key, "Running", "DeploymentFailed", /Secret "not-there" does not exist/);
  const waiting = { reason: "CreateContainerConfigError", message: 'secret "other" not found' };
  await scene.setPodStatus(pod, { name: "function", state: { waiting } });
  await scene.untilCondition(key, "Running", "DeploymentFailed", /Secret "other" does not exist/);
});

test("going back to an earlier spec brings its revision to the front; ten are kept", async () => {
  const key = await scene.create("history", { replicas: 0 });
  const list = async () => {
    const { items } = await client.list<ControllerRevision>(controllerRevisions, {
      namespace: key.namespace,
    });
    return items.toSorted((a, b) => a.revision - b.revision);
  };
  const untilNumber = (number: number) =>
    eventually(
      async () => ((await list()).at(-1)?.revision === number ? true : undefined),
      `revision ${number}`,
    );
  await untilNumber(1);
  const first = (await list())[0]!.metadata.name;
  await scene.edit(key, newSource("v2"));
  await untilNumber(2);
  await scene.edit(key, (await list())[0]!.data);
  await untilNumber(3);
  expect((await list()).map(({ metadata, revision }) => [metadata.name === first, revision])).toEqual([
    [false, 2],
    [true, 3],
  ]);
  for (let number = 4; number <= 13; number++) {
    await scene.edit(key, newSource(`v${number}`));
    await untilNumber(number);
  }
  await eventually(async () => ((await list()).length === 10 ? true : undefined), "ten revisions");
  expect((await list()).map(({ revision }) => revision)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
});
