import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { ensureFrontend } from "../frontend-build/build.ts";
import { kubeconfigPath, layoutOf, type Layout } from "../control-plane/layout.ts";
import { prepareControlPlane, writeComponentKubeconfigs, writeKubeconfig } from "../control-plane/prepare.ts";
import { controlPlaneProcesses } from "../control-plane/processes.ts";
import { readPair } from "../certificates/store.ts";
import { eventingObjects } from "../install/eventing-objects.ts";
import { install } from "../install/install.ts";
import { readLocalManifests } from "../install/manifests.ts";
import { metricsObjects } from "../install/metrics-objects.ts";
import { natsAccess, natsSecret, writeNatsAccess } from "../nats/access.ts";
import { natsProcess } from "../nats/process.ts";
import { ensurePasswords, type NatsPasswords, type NatsUser } from "../nats/users.ts";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { boundLogs } from "../supervisor/log-files.ts";
import { endLeftovers } from "../supervisor/process-records.ts";
import type { Component } from "../supervisor/supervised.ts";
import { Supervisor } from "../supervisor/supervisor.ts";
import { resolveTools } from "../tools/resolve.ts";
import { consoleServer, controllers, gateway, nodeAgent, staticDir } from "./components.ts";
import { resetDataDir, takeDataDir } from "./data-dir.ts";
import type { Options } from "./options.ts";
import { checkPort, choosePorts, type ClusterPorts } from "./ports.ts";
import { consoleLink, forgetConsoleLink, note, type Running, type StartContext } from "./running.ts";

// In the order in which they come up; they end in the opposite one.
const stopGroups = [
  ["etcd"],
  ["kube-apiserver", "nats-server"],
  ["kube-controller-manager", "kube-scheduler"],
  ["node-agent"],
  ["gateway"],
  ["controllers"],
  ["bff"],
];

/** Those that run as pods. */
const podUsers: readonly NatsUser[] = ["event-gateway", "event-dispatcher"];

/** Brings up the whole local cluster. When that fails, nothing is left running. */
export async function startLocalCluster(options: Options, context: StartContext): Promise<Running> {
  const layout = layoutOf(options.dataDir);
  const lock = await takeDataDir(options.dataDir);
  const failing = new AbortController();
  const signal = AbortSignal.any([context.signal, failing.signal]);
  try {
    const ended = await endLeftovers(layout.processes);
    if (options.reset) await resetDataDir(layout);
    await checkPorts(options);
    const prepared = await prepare(options, layout, { ...context, signal });
    if (ended.length > 0) note(layout, `ended leftovers of an earlier run: ${ended.join(", ")}`);
    const stop = await bringUp(prepared, { ...context, signal });
    const consoleUrl = await consoleLink(prepared.supervisor, layout, options.consolePort, signal).catch(
      async (error: unknown) => {
        await stop();
        throw error;
      },
    );
    note(layout, "everything is ready");
    return { consoleUrl, stop: () => stop().finally(() => lock.release()) };
  } catch (error) {
    // Ends builds that are under way for what has failed elsewhere.
    failing.abort(error);
    lock.release();
    throw error;
  }
}

interface Prepared {
  supervisor: Supervisor;
  layout: Layout;
  ports: ClusterPorts;
  passwords: NatsPasswords;
  options: Options;
  /** Settles when the console's pages are built: nothing but the console waits for them. */
  pages: Promise<void>;
}

async function prepare(options: Options, layout: Layout, context: StartContext): Promise<Prepared> {
  const report = (heading: string) => (detail: string) => context.report(heading, detail);
  const pages = ensureFrontend(staticDir, options.keepPages, report("Console pages"), context.signal).finally(
    () => context.done("Console pages"),
  );
  // Whoever waits for it hears of a failure; until then it must not end the process.
  pages.catch(() => undefined);
  const [tools, ports] = await Promise.all([
    resolveTools(report("Control plane"), context.signal).finally(() => context.done("Control plane")),
    choosePorts(layout.ports),
    prepareControlPlane(layout),
    forgetConsoleLink(layout),
    boundLogs(layout.logs),
  ]);
  context.signal.throwIfAborted();
  await writeComponentKubeconfigs(layout, ports.apiserver);
  const passwords = await ensurePasswords(layout.natsPasswords);
  await writeNatsAccess(layout.controllersNats, natsAccess(ports.nats, passwords, "controllers"));
  const nats = await natsProcess(tools, layout, { port: ports.nats, passwords });
  note(layout, `starts; API server at port ${ports.apiserver}`);
  const controlPlane = Object.values(controlPlaneProcesses(tools, layout, ports, { egress: true }));
  const components: Component[] = [
    ...[nats, ...controlPlane].map((process) => ({ ...process, startLimitMs: 120_000, stopGraceMs: 15_000 })),
    ...ownComponents(options, layout, ports),
  ];
  return { supervisor: new Supervisor(components, layout), layout, ports, passwords, options, pages };
}

function ownComponents(options: Options, layout: Layout, ports: ClusterPorts): Component[] {
  return [
    nodeAgent(layout, ports),
    gateway(layout, ports, options.gatewayPort),
    controllers(layout, ports.controllersAdmin, {
      kubeconfig: kubeconfigPath(layout, "controllers"),
      "nats-access": layout.controllersNats,
    }),
    consoleServer(layout, options.consolePort, {
      kubeconfig: layout.kubeconfig,
      "components-file": layout.components,
      "gateway-address": `127.0.0.1:${options.gatewayPort}`,
      "gateway-metrics-url": `http://127.0.0.1:${ports.gatewayAdmin}/metrics`,
      "gateway-url-template": `http://{host}:${options.gatewayPort}`,
    }),
  ];
}

/** Starts all components; returns what ends them. When one does not come up, all are ended. */
async function bringUp(prepared: Prepared, context: StartContext): Promise<() => Promise<void>> {
  const { supervisor } = prepared;
  context.onKillable(() => supervisor.kill());
  const stop = (): Promise<void> => supervisor.stop(stopGroups);
  const stopped = new Promise<never>((_, reject) => {
    context.signal.addEventListener("abort", () => reject(context.signal.reason as Error), { once: true });
  });
  try {
    await Promise.race([startAll(prepared, context), stopped]);
    context.done("Starting");
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(prepared: Prepared, context: StartContext): Promise<void> {
  const { supervisor, layout, ports, passwords, options } = prepared;
  const starting = new Set<string>();
  const tell = (): void =>
    context.report("Starting", [...starting].join(", ") || "the console, once its pages are built");
  const start = async (name: string): Promise<void> => {
    if (!supervisor.has(name)) return;
    starting.add(name);
    tell();
    await supervisor.start(name);
    starting.delete(name);
    tell();
    note(layout, `${name} is ready`);
  };
  const nats = start("nats-server");
  // It is awaited with what needs it; until then its failure must not end the process.
  nats.catch(() => undefined);
  await start("etcd");
  await start("kube-apiserver");
  await writeKubeconfig(layout, "admin", ports.apiserver);
  const installed = installContent(layout, ports, passwords).then(() =>
    note(layout, "CRDs and cluster content are installed"),
  );
  await Promise.all([
    ...["kube-controller-manager", "kube-scheduler", "node-agent"].map(start),
    installed.then(() => Promise.all(["gateway", "controllers"].map(start))),
    nats,
    // Once more, for the pages may have taken minutes. Not the gateway's port: our own gateway has it by now.
    prepared.pages.then(() => checkPort("--console-port", options.consolePort)).then(() => start("bff")),
  ]);
}

async function checkPorts(options: Options): Promise<void> {
  await checkPort("--console-port", options.consolePort);
  await checkPort("--gateway-port", options.gatewayPort);
}

async function installContent(layout: Layout, ports: ClusterPorts, passwords: NatsPasswords): Promise<void> {
  const connection = connect(loadKubeConfig(layout.kubeconfig), { userAgent: "kyma-installer" });
  try {
    const [authority, dispatcher] = await Promise.all([
      readFile(join(layout.pki, "ca.crt")),
      readPair(layout.pki, "event-dispatcher"),
    ]);
    if (!dispatcher) throw new Error(`The certificate of the event dispatcher is missing in ${layout.pki}.`);
    await install(new KubeClient(connection), [
      ...readLocalManifests(),
      ...metricsObjects(ports.kubelet, authority),
      ...eventingObjects(dispatcher, authority),
      ...podUsers.map((user) => natsSecret(natsAccess(ports.nats, passwords, user))),
    ]);
  } finally {
    connection.close();
  }
}
