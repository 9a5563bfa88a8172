import { functions } from "@kyma/crds/resource-types.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { customResourceDefinitions, events } from "@kyma/kube/resource-types.ts";
import { type TestControlPlane, startControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import { readManifest } from "@kyma/crds/manifests.ts";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createNamespace, eventually } from "../testing/cluster.ts";
import type { KubeEvent } from "./kinds.ts";
import { sampleFunction } from "./sample.ts";
import { FunctionScene } from "./scene.ts";

let controlPlane: TestControlPlane;
let scene: FunctionScene;

beforeAll(async () => {
  controlPlane = await startControlPlane();
  scene = new FunctionScene(controlPlane.kubeconfig, inject("toolsDir"));
}, 180_000);
afterAll(() => controlPlane?.stop());

const strict = readManifest("functions.yaml") as unknown as KubeObject;
const inline = { source: "module.exports = { main() {} }" };
const valid = { runtime: "nodejs24", replicas: 0 };

/** name → spec (undefined: none), and what the condition must name. */
const malformed: Record<string, [spec: unknown, message: RegExp]> = {
  "no-spec": [undefined, /spec is missing/],
  "text-spec": ["hello", /spec must be an object/],
  "list-spec": [[1, 2], /spec must be an object/],
  "no-source": [valid, /spec\.source is missing/],
  "number-source": [
    { ...valid, source: { inline: { source: 7 } } },
    /spec\.source\.inline\.source must be a string/,
  ],
  "text-env": [{ ...valid, source: { inline }, env: "A=1" }, /spec\.env must be a list/],
  "null-env": [{ ...valid, source: { inline }, env: [null] }, /spec\.env\[0\] must be an object/],
  "text-replicas": [{ ...valid, source: { inline }, replicas: "many" }, /spec\.replicas must be a number/],
  "long-env": [
    {
      ...valid,
      source: { inline },
      env: Array.from({ length: 10_000 }, (_, index) => ({ name: `${index}` })),
    },
    /"0" is not a legal name.*9980 more problems/,
  ],
  "unicode-env": [
    { ...valid, source: { inline }, env: [{ name: "FUNC_HANDLER\u202e" }] },
    /not a legal name/,
  ],
  "null-character": [{ ...valid, source: { inline: { source: "a\u0000b" } } }, /null character/],
  "number-label": [{ ...valid, source: { inline }, labels: { a: 1 } }, /spec\.labels must hold texts only/],
  huge: [
    { ...valid, source: { inline: { source: "x".repeat(1_400_000) } } },
    /1400020 bytes long; at most 128 KiB/,
  ],
};

/** CEL cannot even look at these, so the API server refuses any write of theirs. */
const brokenBeyondStatus = new Set(["text-spec", "list-spec"]);

test("malformed Functions get a condition each, and the queue goes on (R17)", async () => {
  const namespace = await createNamespace(scene.client, "malformed");
  await replaceVersion(laxVersion());
  for (const [name, [spec]] of Object.entries(malformed)) {
    const metadata = { name, namespace, annotations: { note: "\u202e\ud83d\ude00" } };
    const fn = {
      apiVersion: strict.apiVersion && "serverless.kyma-project.io/v1alpha2",
      kind: "Function",
      metadata,
      spec,
    };
    await eventually(
      async () => (await scene.client.create(functions, fn), true as const),
      `${name} is stored`,
    );
  }
  await replaceVersion(strictVersion());
  await cyclicOwners(namespace);
  const controllers = await scene.start();
  try {
    for (const [name, [, message]] of Object.entries(malformed)) {
      const fn = await untilReported({ namespace, name });
      expect([name, fn]).toEqual([name, expect.stringMatching(message)]);
    }
    const good = await scene.create("good", { replicas: 0 });
    await scene.untilCondition(good, "Running", "DeploymentReady");
    await scene.untilCondition({ namespace, name: "cycle-a" }, "Running", "DeploymentReady");
    // Reported once each, then left in peace.
    const written = controllers.writes.length;
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(controllers.writes.length).toBe(written);
  } finally {
    await controllers.stop();
  }
}, 120_000);

/** The message of ConfigurationReady, or of an Event where the API server takes no status of so broken an object. */
function untilReported({ namespace, name }: { namespace: string; name: string }): Promise<string> {
  return eventually(async () => {
    const fn = await scene.get({ namespace, name });
    const condition = fn.status?.conditions?.find(({ type }) => type === "ConfigurationReady")?.message;
    if (condition !== undefined || !brokenBeyondStatus.has(name)) return condition;
    const { items } = await scene.client.list<KubeEvent>(events, { namespace });
    return items.find(({ involvedObject }) => involvedObject?.name === name)?.message;
  }, `${name} is reported`);
}

async function cyclicOwners(namespace: string): Promise<void> {
  const names = ["cycle-a", "cycle-b"];
  for (const name of names)
    await scene.client.create(functions, sampleFunction(name, namespace, { replicas: 0 }));
  for (const [index, name] of names.entries()) {
    const other = await scene.get({ namespace, name: names[1 - index]! });
    const { apiVersion, kind } = other;
    const owner = { apiVersion, kind, name: other.metadata.name, uid: other.metadata.uid };
    await scene.client.patch(
      functions,
      { namespace, name },
      { metadata: { ownerReferences: [owner] } },
      { type: "merge" },
    );
  }
}

interface CrdVersion {
  schema: unknown;
  subresources: { status: object; scale?: object };
}

function strictVersion(): CrdVersion {
  const { spec } = strict as KubeObject & { spec: { versions: [CrdVersion] } };
  return spec.versions[0];
}

/** What an older version of the CRD may have let into the store. */
function laxVersion(): CrdVersion {
  const openAPIV3Schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  return { ...strictVersion(), schema: { openAPIV3Schema }, subresources: { status: {} } };
}

async function replaceVersion(version: CrdVersion): Promise<void> {
  const patch = [{ op: "replace", path: "/spec/versions/0", value: version }];
  await scene.client.patch(customResourceDefinitions, { name: strict.metadata.name }, patch, {
    type: "json",
  });
}
