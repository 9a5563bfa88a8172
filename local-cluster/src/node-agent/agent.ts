import { KubeClient } from "@kyma/kube/client.ts";
import { Connection } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { mkdirSync, readFileSync } from "node:fs";
import type { Server } from "node:https";
import { arch } from "node:os";
import { join } from "node:path";
import { MemoryWatch } from "./containers/memory-watch.ts";
import type { NodeContext, NodeLog } from "./containers/node-context.ts";
import { startEgressProxy } from "./egress/proxy.ts";
import { EventRecorder } from "./events/recorder.ts";
import type { ImageTable } from "./images/image.ts";
import type { IsolationMode } from "./isolation/mode.ts";
import { UsageSampler } from "./metrics/sampler.ts";
import { startMetricsApi } from "./metrics-api/server.ts";
import { nodeLabels } from "./node/node-object.ts";
import { readSystemFiles } from "./isolation/system.ts";
import { findIsolation } from "./isolation/trial.ts";
import { startAdmin } from "./kubelet-api/admin.ts";
import { startKubeletApi } from "./kubelet-api/server.ts";
import { readNodeFacts, Registration } from "./node/registration.ts";
import { PodManager } from "./pods/pod-manager.ts";
import { ConfigSource } from "./volumes/config-source.ts";

export interface AgentSettings {
  kubeconfig: string;
  dataDir: string;
  nodeName: string;
  kubeletPort: number;
  tlsCert: string;
  tlsKey: string;
  clientCa: string;
  egressSocket: string;
  /** In-cluster proxy for the pods' processes; empty for none. */
  proxyUrl: string;
  adminPort: number;
  /** Files with which metrics are served to the API server's aggregation layer; without them they are not. */
  metrics?: { cert: string; key: string; frontProxyCa: string };
  /** For tests: not the best that the system allows. */
  isolation?: IsolationMode;
}

export interface Agent {
  /** Ends every pod and then the agent itself. */
  stop(): Promise<void>;
}

/** An orderly stop gives the pods at most this long. */
const shutDownMs = 3000;

/** Brings the node up. Resolves when the kubelet API, the egress proxy and the admin port answer; the Node follows in a moment. */
export async function startAgent(settings: AgentSettings, images: ImageTable, log: NodeLog): Promise<Agent> {
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  const client = new KubeClient(
    new Connection(loadKubeConfig(settings.kubeconfig), { userAgent: "kyma-node-agent" }),
  );
  const node = await nodeContext(settings, client, images, log);
  const pods = new PodManager(node, settings);
  const ready = { registered: false, synced: false };
  const sampler = new UsageSampler(
    () => pods.workers(),
    (error) => log.warn({ error: error.message }, "what the pods use could not be measured"),
  );
  sampler.start();
  const closeListeners = await listen(
    settings,
    { pods, sampler },
    () => ready.registered && ready.synced && pods.live,
  );
  const stop = new AbortController();
  void register(settings, node, stop.signal, () => {
    ready.registered = true;
  });
  void takeUpPods(pods, node, stop.signal).then((taken) => {
    ready.synced = taken;
    return taken;
  });
  return {
    stop: async () => {
      stop.abort();
      sampler.stop();
      await pods.shutDown(shutDownMs);
      await closeListeners();
    },
  };
}

async function listen(
  settings: AgentSettings,
  { pods, sampler }: { pods: PodManager; sampler: UsageSampler },
  isReady: () => boolean,
): Promise<() => Promise<void>> {
  const tls = {
    cert: readFileSync(settings.tlsCert),
    key: readFileSync(settings.tlsKey),
    clientCa: readFileSync(settings.clientCa),
  };
  const [kubelet, metrics, egress, admin] = await Promise.all([
    startKubeletApi({ pods, sampler, nodeName: settings.nodeName }, settings.kubeletPort, tls),
    listenForMetrics(settings, sampler),
    startEgressProxy(settings.egressSocket, settings.kubeletPort),
    startAdmin(settings.adminPort, { isReady, podCount: () => pods.count }),
  ]);
  return async () => {
    await egress.close();
    for (const server of [kubelet, metrics, admin]) {
      server?.close();
      server?.closeAllConnections();
    }
  };
}

async function listenForMetrics(
  { metrics, nodeName, kubeletPort }: AgentSettings,
  sampler: UsageSampler,
): Promise<Server | undefined> {
  if (!metrics) return undefined;
  const tls = {
    cert: readFileSync(metrics.cert),
    key: readFileSync(metrics.key),
    frontProxyCa: readFileSync(metrics.frontProxyCa),
  };
  const identity = { name: nodeName, labels: nodeLabels(nodeName, arch()) };
  // The kubelet's port is this node's own, so at its own address it is free.
  return startMetricsApi(sampler, identity, kubeletPort, tls);
}

async function register(
  settings: AgentSettings,
  node: NodeContext,
  signal: AbortSignal,
  done: () => void,
): Promise<void> {
  const facts = await readNodeFacts(settings.nodeName, settings.kubeletPort, settings.dataDir);
  const registration = new Registration(node.client, facts, (error) =>
    node.log.warn({ error: error.message }, "the Node could not be kept, trying again"),
  );
  await registration.run(signal, done);
}

async function takeUpPods(pods: PodManager, node: NodeContext, signal: AbortSignal): Promise<boolean> {
  try {
    await pods.start(signal);
    node.log.info({ pods: pods.count, isolation: node.isolation }, "the node runs its pods");
    return true;
  } catch (error) {
    node.log.warn({ error: (error as Error).stack }, "the pods could not be taken up");
    return false;
  }
}

async function nodeContext(
  settings: AgentSettings,
  client: KubeClient,
  images: ImageTable,
  log: NodeLog,
): Promise<NodeContext> {
  const found = settings.isolation
    ? { mode: settings.isolation, because: "the node agent was told so" }
    : await findIsolation(join(settings.dataDir, "trial"));
  if (found.mode === "directories")
    log.warn({ because: found.because }, "volumes will not be at their real paths");
  return {
    client,
    images,
    isolation: found,
    system: readSystemFiles(),
    events: new EventRecorder(client, settings.nodeName, (error) =>
      log.warn({ error: error.message }, "an Event could not be written"),
    ),
    config: new ConfigSource(client),
    memory: new MemoryWatch(),
    cluster: { proxyUrl: settings.proxyUrl, apiServer: client.connection.access.server },
    log,
  };
}
