import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { type KubeAccess, loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { mkdir } from "node:fs/promises";
import { layoutOf, type Layout } from "../control-plane/layout.ts";
import { ensureFrontend } from "../frontend-build/build.ts";
import { install } from "../install/install.ts";
import { readLocalManifest } from "../install/manifests.ts";
import { findFreePorts } from "../supervisor/ports.ts";
import { endLeftovers } from "../supervisor/process-records.ts";
import { Supervisor } from "../supervisor/supervisor.ts";
import { consoleServer, controllers, staticDir } from "./components.ts";
import { takeDataDir } from "./data-dir.ts";
import type { Options } from "./options.ts";
import { checkPort } from "./ports.ts";
import { consoleLink, forgetConsoleLink, note, type Running, type StartContext } from "./running.ts";

/** Runs the console on a cluster that exists already; with `install` also our CRDs and controllers. Names the cluster first. */
export async function startOnCluster(
  options: Options & { kubeconfig: string },
  context: StartContext,
): Promise<Running> {
  const access = loadKubeConfig(options.kubeconfig, options.context);
  context.say(describe(access, options.install));
  const layout = layoutOf(options.dataDir);
  const lock = await takeDataDir(options.dataDir);
  try {
    await mkdir(layout.logs, { recursive: true, mode: 0o700 });
    await endLeftovers(layout.processes);
    await checkPort("--console-port", options.consolePort);
    await bringUp(access, options.install, context);
    await forgetConsoleLink(layout);
    return await run(options, layout, () => lock.release(), context);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** What is said before anything happens. */
export function describe(
  access: Pick<KubeAccess, "context" | "cluster" | "server">,
  installs: boolean,
): string {
  const consequence = installs
    ? "Kyma's CRDs are installed there and its controllers run here."
    : "Nothing is installed there and no controller runs.";
  return `Using context ${access.context}: cluster ${access.cluster} at ${access.server}. ${consequence}`;
}

/** Asks whether the cluster answers at all, and installs what was asked for. */
async function bringUp(access: KubeAccess, installs: boolean, context: StartContext): Promise<void> {
  const connection = connect(access, { userAgent: "kyma-installer" });
  try {
    const answer = await connection.send("/version", { timeoutMs: 10_000, signal: context.signal });
    if (answer.status === 401) throw new Error("it does not know the user of this context");
    answer.body.resume();
    if (installs) await install(new KubeClient(connection), readLocalManifest("namespaces.yaml"));
  } catch (cause) {
    context.signal.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The cluster at ${access.server} cannot be used: ${reason}.`, { cause });
  } finally {
    connection.close();
  }
}

async function run(
  options: Options & { kubeconfig: string },
  layout: Layout,
  release: () => void,
  context: StartContext,
): Promise<Running> {
  await ensureFrontend(
    staticDir,
    options.keepPages,
    (detail) => context.report("Console pages", detail),
    context.signal,
  ).finally(() => context.done("Console pages"));
  const [adminPort] = await findFreePorts(1);
  const access = { kubeconfig: options.kubeconfig, ...(options.context ? { context: options.context } : {}) };
  const components = [
    ...(options.install ? [controllers(layout, adminPort!, access)] : []),
    consoleServer(layout, options.consolePort, { ...access, "components-file": layout.components }),
  ];
  const supervisor = new Supervisor(components, layout);
  context.onKillable(() => supervisor.kill());
  const stop = async (): Promise<void> => {
    await supervisor.stop([["controllers"], ["bff"]]);
    release();
  };
  try {
    await Promise.all(components.map((component) => supervisor.start(component.command.name)));
    note(layout, `console of ${options.kubeconfig} is ready`);
    return { consoleUrl: await consoleLink(supervisor, layout, options.consolePort, context.signal), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
