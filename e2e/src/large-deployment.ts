import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { deployments, events, pods, replicaSets } from "@kyma/kube/resource-types.ts";
import { setTimeout as delay } from "node:timers/promises";

const name = "shop";
const replicas = 10;
const startLimitMs = 120_000;
const labels = { app: name };

interface Deployment extends KubeObject {
  status?: { readyReplicas?: number };
}

function template(colour: string): object {
  const container = {
    name: "main",
    image: "kyma.local/debug",
    // A shell that waits for ever: the cheapest pod that really runs.
    args: ["-c", "exec 3<> <(:); while :; do read -t 3600 -u 3; done"],
    env: [{ name: "COLOUR", value: colour }],
    resources: { requests: { cpu: "10m", memory: "16Mi" } },
  };
  return { metadata: { labels }, spec: { terminationGracePeriodSeconds: 1, containers: [container] } };
}

/** A Deployment "shop" of three ReplicaSets and ten pods that run. */
export async function createLargeDeployment(client: KubeClient, namespace: string): Promise<void> {
  await client.create(deployments, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
    spec: { replicas: 0, selector: { matchLabels: labels }, template: template("blue") },
  } as KubeObject);
  for (const [index, colour] of ["green", "red"].entries()) {
    await untilTrue(async () => (await client.list(replicaSets, { namespace })).items.length === index + 1);
    const spec = { template: template(colour) };
    await client.patch(deployments, { namespace, name }, { spec }, { type: "merge" });
  }
  await untilTrue(async () => (await client.list(replicaSets, { namespace })).items.length === 3);
  await client.patch(deployments, { namespace, name }, { spec: { replicas } }, { type: "merge" });
  await untilTrue(async () => {
    const { status } = await client.get<Deployment>(deployments, { namespace, name });
    return status?.readyReplicas === replicas;
  });
}

async function untilTrue(done: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + startLimitMs;
  while (!(await done())) {
    if (performance.now() > end) throw new Error(`Deployment "${name}" did not come up in time`);
    await delay(200);
  }
}

/** Bytes of everything in the namespace that the Deployment's page covers, as the API server sends it. */
export async function rawBytes(client: KubeClient, namespace: string): Promise<number> {
  const lists = await Promise.all(
    [deployments, replicaSets, pods, events].map((type) => client.list(type, { namespace })),
  );
  const texts = lists.flatMap(({ items }) => items.map((item) => JSON.stringify(item)));
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
