import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { ensureFrontend } from "../frontend-build/build.ts";
import { kubeconfigPath, layoutOf, type Layout } from "../control-plane/layout.ts";
import { prepareControlPlane, writeComponentKubeconfigs, writeKubeconfig } from "../control-plane/prepare.ts";
import { controlPlaneProcesses } from "../control-plane/processes.ts";
import { install } from "../install/install.ts";
import { readLocalManifests } from "../install/manifests.ts";
import { boundLogs } from "../supervisor/log-files.ts";
import { endLeftovers } from "../supervisor/process-records.ts";
import type { Component } from "../supervisor/supervised.ts";
import { Supervisor } from "../supervisor/supervisor.ts";
import { resolveTools } from "../tools/resolve.ts";
import { consoleServer, controllers, gateway, isPresent, nodeAgent, staticDir } from "./components.ts";
import { resetDataDir, takeDataDir } from "./data-dir.ts";
import type { Options } from "./options.ts";
import { checkPort, choosePorts, type ClusterPorts } from "./ports.ts";
import { consoleLink, forgetConsoleLink, note, type Running, type StartContext } from "./running.ts";

// In the order in which they come up; they end in the opposite one.
const stopGroups = [
  ["etcd"],
  ["kube-apiserver"],
  ["kube-controller-manager", "kube-scheduler"],
  ["node-agent"],
  ["gateway"],
  ["controllers"],
  ["console"],
];

/** Brings up the whole local cluster. When that fails, nothing is left running. */
export async function startLocalCluster(options: Options, context: StartContext): Promise<Running> {
  const layout = layoutOf(options.dataDir);
  const lock = await takeDataDir(options.dataDir);
  try {
    const ended = await endLeftovers(layout.processes);
    if (options.reset) await resetDataDir(layout);
    await checkPort("--console-port", options.consolePort);
    await checkPort("--gateway-port", options.gatewayPort);
    const prepared = await prepare(options, layout, context);
    const { supervisor } = prepared;
    if (ended.length > 0) note(layout, `ended leftovers of an earlier run: ${ended.join(", ")}`);
    context.onKillable(() => supervisor.kill());
    const stop = async (): Promise<void> => {
      await supervisor.stop(stopGroups);
      lock.release();
    };
    try {
      await startAll(prepared, context);
      const consoleUrl = await consoleLink(layout, options.consolePort, context.signal);
      note(layout, "everything is ready");
      return { consoleUrl, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Prepared {
  supervisor: Supervisor;
  layout: Layout;
  ports: ClusterPorts;
}

async function prepare(options: Options, layout: Layout, context: StartContext): Promise<Prepared> {
  const report = (heading: string) => (detail: string) => context.report(heading, detail);
  const [tools, ports] = await Promise.all([
    resolveTools(report("Control plane"), context.signal).finally(() => context.done("Control plane")),
    choosePorts(layout.ports),
    prepareControlPlane(layout),
    forgetConsoleLink(layout),
    boundLogs(layout.logs),
    ensureFrontend(staticDir, report("Console pages"), context.signal).finally(() =>
      context.done("Console pages"),
    ),
  ]);
  context.signal.throwIfAborted();
  await writeComponentKubeconfigs(layout, ports.apiserver);
  note(layout, `starts; API server at port ${ports.apiserver}`);
  const controlPlane = Object.values(controlPlaneProcesses(tools, layout, ports, { egress: true }));
  const components: Component[] = [
    ...controlPlane.map((process) => ({ ...process, startLimitMs: 120_000, stopGraceMs: 15_000 })),
    ...ownComponents(options, layout, ports).filter(isPresent),
  ];
  return { supervisor: new Supervisor(components, layout), layout, ports };
}

function ownComponents(options: Options, layout: Layout, ports: ClusterPorts): Component[] {
  return [
    nodeAgent(layout, ports),
    gateway(layout, ports, options.gatewayPort),
    controllers(layout, ports.controllersAdmin, { kubeconfig: kubeconfigPath(layout, "controllers") }),
    consoleServer(layout, options.consolePort, {
      kubeconfig: layout.kubeconfig,
      "components-file": layout.components,
      "gateway-address": `127.0.0.1:${options.gatewayPort}`,
      "gateway-metrics-url": `http://127.0.0.1:${ports.gatewayAdmin}/metrics`,
      "gateway-url-template": `http://{host}:${options.gatewayPort}`,
    }),
  ];
}

async function startAll({ supervisor, layout, ports }: Prepared, context: StartContext): Promise<void> {
  const start = async (name: string): Promise<void> => {
    if (!supervisor.has(name)) return;
    context.signal.throwIfAborted();
    context.report("Starting", name);
    await supervisor.start(name);
    note(layout, `${name} is ready`);
  };
  const stopped = new Promise<never>((_, reject) => {
    context.signal.addEventListener("abort", () => reject(context.signal.reason as Error), { once: true });
  });
  const everything = (async () => {
    await start("etcd");
    await start("kube-apiserver");
    await writeKubeconfig(layout, "admin", ports.apiserver);
    const installed = installContent(layout).then(() =>
      note(layout, "CRDs and cluster content are installed"),
    );
    await Promise.all([
      ...["kube-controller-manager", "kube-scheduler", "node-agent", "console"].map(start),
      installed.then(() => Promise.all(["gateway", "controllers"].map(start))),
    ]);
  })();
  await Promise.race([everything, stopped]);
  context.done("Starting");
}

async function installContent(layout: Layout): Promise<void> {
  const connection = connect(loadKubeConfig(layout.kubeconfig), { userAgent: "kyma-installer" });
  try {
    await install(new KubeClient(connection), readLocalManifests());
  } finally {
    connection.close();
  }
}
