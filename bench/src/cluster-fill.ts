/**
 * Fills a control plane without a node with a large cluster's objects:
 * node bench/src/cluster-fill.ts --kubeconfig FILE [--pods 10000] [--nodes 100] [--namespaces 200] [--events 0] [--secrets 0]
 * Its controller-manager must run with `keepsPods`, or else it removes pods of nodes that say nothing.
 */
import { parseArgs } from "node:util";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { AlreadyExistsError } from "@kyma/kube/errors.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject, ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { events, namespaces, nodes, pods, secrets, serviceAccounts } from "@kyma/kube/resource-types.ts";
import { setTimeout as delay } from "node:timers/promises";

export interface ClusterSize {
  pods: number;
  nodes: number;
  namespaces: number;
  events?: number;
  /** Of 32 KiB each. */
  secrets?: number;
}

/** Arguments for the controller-manager of a control plane that is to be filled. */
export const keepsPods = [
  "--controllers=-pod-garbage-collector-controller,-node-lifecycle-controller,-taint-eviction-controller",
];

const manager = "cluster-fill";
const atOnce = 48;
const phases = ["Running", "Running", "Running", "Running", "Running", "Running", "Pending", "Failed"];

/** Creates what is missing. Objects are named after their number, so a second call with a larger size goes on. */
export async function fillCluster(kube: KubeClient, size: ClusterSize): Promise<void> {
  await each(size.namespaces, (index) => create(kube, namespaces, namespaceOf(index)));
  await each(size.nodes, async (index) => {
    await create(kube, nodes, nodeOf(index));
    await kube.patchStatus(nodes, { name: nodeName(index) }, nodeStatus(index), { manager });
  });
  // A pod needs its namespace's ServiceAccount, which a controller makes.
  await each(size.namespaces, (index) => untilThere(kube, namespaceName(index)));
  await each(size.pods, async (index) => {
    const pod = podOf(index, size);
    await create(kube, pods, pod);
    const { namespace = "", name } = pod.metadata;
    await kube.patchStatus(pods, { namespace, name }, podStatus(index), { manager });
  });
  await each(size.events ?? 0, (index) => create(kube, events, eventOf(index, size)));
  await each(size.secrets ?? 0, (index) => create(kube, secrets, secretOf(index, size)));
}

/** Where pod number `index` is. */
export function podKey(index: number, size: ClusterSize): { namespace: string; name: string } {
  return { namespace: namespaceName(index % size.namespaces), name: podName(index) };
}

/** Pods that run show the reason of their status; of others the list shows what their container waits for. */
export function runningPods(size: ClusterSize): { namespace: string; name: string }[] {
  const all = Array.from({ length: size.pods }, (_, index) => index);
  return all.filter((index) => phaseOf(index) === "Running").map((index) => podKey(index, size));
}

async function each(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
}

async function create(kube: KubeClient, type: ResourceType, object: UnknownObject): Promise<void> {
  try {
    await kube.create<KubeObject>(type, object, { manager });
  } catch (error) {
    if (!(error instanceof AlreadyExistsError)) throw error;
  }
}

async function untilThere(kube: KubeClient, namespace: string): Promise<void> {
  const end = performance.now() + 60_000;
  for (;;) {
    try {
      await kube.get(serviceAccounts, { namespace, name: "default" });
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await delay(200);
    }
  }
}

const namespaceName = (index: number): string => `team-${String(index).padStart(3, "0")}`;
const nodeName = (index: number): string => `node-${String(index).padStart(3, "0")}`;
/** Like the name of a Deployment's pod. */
const podName = (index: number): string =>
  `${appName(index)}-${hash(index >> 2, 10)}-${hash(index * 7919 + 13, 5)}`;
const appName = (index: number): string => `service-${Math.floor(index / 4) % 2500}`;

function hash(seed: number, length: number): string {
  const letters = "bcdfghjklmnpqrstvwxz2456789";
  let value = Math.imul(seed + 1, 2_654_435_761) >>> 0;
  let text = "";
  for (let place = 0; place < length; place++) {
    text += letters[value % letters.length];
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
  }
  return text;
}

function namespaceOf(index: number): UnknownObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: namespaceName(index) } };
}

function nodeOf(index: number): UnknownObject {
  const name = nodeName(index);
  const labels = { "kubernetes.io/hostname": name, "topology.kubernetes.io/zone": `zone-${index % 3}` };
  return { apiVersion: "v1", kind: "Node", metadata: { name, labels }, spec: {} };
}

function nodeStatus(index: number): object {
  const amount = { cpu: "16", memory: "64Gi", pods: "250" };
  return {
    addresses: [{ type: "InternalIP", address: `10.0.${index >> 8}.${index & 255}` }],
    capacity: amount,
    allocatable: amount,
    conditions: [{ type: "Ready", status: "True", reason: "KubeletReady", lastTransitionTime: now() }],
    nodeInfo: { kubeletVersion: "v1.36.0", osImage: "Linux", kernelVersion: "6.1", architecture: "amd64" },
  };
}

function podOf(index: number, size: ClusterSize): UnknownObject {
  const app = appName(index);
  const labels = {
    app,
    "app.kubernetes.io/name": app,
    "app.kubernetes.io/part-of": `product-${index % 20}`,
    "pod-template-hash": hash(index >> 2, 10),
  };
  const probe = { httpGet: { path: "/healthz", port: 8080 }, periodSeconds: 10 };
  const container = {
    name: "main",
    image: `registry.example/${app}:1.${index % 30}.0`,
    ports: [{ name: "http", containerPort: 8080 }],
    env: Array.from({ length: 6 }, (_, number) => ({
      name: `SETTING_${number}`,
      value: `value ${number} of ${app}`,
    })),
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "500m", memory: "256Mi" } },
    livenessProbe: probe,
    readinessProbe: probe,
  };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...podKey(index, size), labels, annotations: { "prometheus.io/scrape": "true" } },
    spec: { nodeName: nodeName(index % size.nodes), containers: [container] },
  };
}

const phaseOf = (index: number): string => phases[index % phases.length] ?? "Running";

function podStatus(index: number): object {
  const phase = phaseOf(index);
  const ready = phase === "Running";
  const restartCount = index % 11 === 0 ? 3 : 0;
  const started = { running: { startedAt: now() } };
  const state = ready ? started : { waiting: { reason: "ContainerCreating" } };
  const conditions = ["PodScheduled", "Initialized", "ContainersReady", "Ready"].map((type) => ({
    type,
    status: ready || type === "PodScheduled" ? "True" : "False",
    lastTransitionTime: now(),
  }));
  return {
    phase,
    conditions,
    hostIP: `10.0.0.${index % 100}`,
    podIP: `10.${1 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`,
    startTime: now(),
    containerStatuses: [
      {
        name: "main",
        image: "i",
        imageID: `sha256:${hash(index, 40)}`,
        ready,
        restartCount,
        state,
        started: ready,
      },
    ],
  };
}

function eventOf(index: number, size: ClusterSize): UnknownObject {
  const { namespace, name } = podKey(index % Math.max(1, size.pods), size);
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: { namespace, name: `${name}.${index}` },
    involvedObject: { apiVersion: "v1", kind: "Pod", namespace, name },
    type: index % 5 === 0 ? "Warning" : "Normal",
    reason: index % 5 === 0 ? "BackOff" : "Pulled",
    message: `Container image of ${name} was looked at for the ${index}th time`,
    source: { component: "kubelet", host: nodeName(index % size.nodes) },
    firstTimestamp: now(),
    lastTimestamp: now(),
    count: 1 + (index % 9),
  };
}

function secretOf(index: number, size: ClusterSize): UnknownObject {
  const data = { blob: Buffer.alloc(32 * 1024, hash(index, 16)).toString("base64") };
  const metadata = { namespace: namespaceName(index % size.namespaces), name: `secret-${index}` };
  return { apiVersion: "v1", kind: "Secret", metadata, type: "Opaque", data };
}

function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      kubeconfig: { type: "string" },
      pods: { type: "string", default: "10000" },
      nodes: { type: "string", default: "100" },
      namespaces: { type: "string", default: "200" },
      events: { type: "string", default: "0" },
      secrets: { type: "string", default: "0" },
    },
  });
  if (!values.kubeconfig) throw new Error("--kubeconfig is missing");
  const { kubeconfig, ...counts } = values;
  const size = Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, Number(value)]));
  const kube = new KubeClient(connect(loadKubeConfig(kubeconfig)));
  const began = performance.now();
  await fillCluster(kube, size as unknown as ClusterSize);
  console.log(`filled in ${Math.round((performance.now() - began) / 1000)} s`);
  kube.connection.close();
}
