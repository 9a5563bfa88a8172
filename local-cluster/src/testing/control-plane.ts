import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ControlPlaneOptions, ControlPlanePorts } from "../control-plane/arguments.ts";
import { layoutOf } from "../control-plane/layout.ts";
import { prepareControlPlane, writeComponentKubeconfigs, writeKubeconfig } from "../control-plane/prepare.ts";
import { untilReady } from "../supervisor/probe.ts";
import {
  type ControlPlaneName,
  type ControlPlaneProcess,
  controlPlaneProcesses,
} from "../control-plane/processes.ts";
import { Child } from "../supervisor/child.ts";
import { findFreePorts } from "../supervisor/ports.ts";
import { resolveTools } from "../tools/resolve.ts";
import { installTestContent } from "./content.ts";

/** What a test may ask of its control plane. */
export interface TestControlPlaneOptions extends Pick<
  ControlPlaneOptions,
  "auditLog" | "extraApiserverArguments" | "extraControllerManagerArguments" | "egress" | "unsafeNoFsync"
> {
  /** Also runs kube-scheduler. Off by default: without a node nothing can be scheduled. */
  scheduler?: boolean;
}

/** A real etcd, kube-apiserver and kube-controller-manager of one test, in a folder of its own. */
export interface TestControlPlane {
  /** Path of a cluster-admin's kubeconfig. */
  kubeconfig: string;
  dataDir: string;
  ports: ControlPlanePorts;
  /** Each process, for fault tests. */
  processes: Record<ControlPlaneName, TestProcess>;
  /** Kills everything and removes the folder. */
  stop(): Promise<void>;
}

/** One process under the test's thumb. Nothing restarts it by itself. */
export class TestProcess {
  readonly #definition: ControlPlaneProcess;
  #child: Child | undefined;

  constructor(definition: ControlPlaneProcess) {
    this.#definition = definition;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get logFile(): string {
    return this.#definition.command.logFile;
  }

  /** Starts it and returns without waiting until it is ready. */
  async start(): Promise<void> {
    if (this.#child?.running) throw new Error(`${this.#definition.command.name} is running already`);
    this.#child = await Child.start(this.#definition.command);
  }

  /** Waits until it does its work; rejects when it ends instead or needs longer than `limitMs`. */
  async ready(limitMs = 60_000): Promise<void> {
    const ended = new AbortController();
    void this.#child?.exited.then(() =>
      ended.abort(new Error(`${this.#definition.command.name} ended, see ${this.logFile}`)),
    );
    await untilReady(this.#definition.ready, limitMs, ended.signal);
  }

  /** `SIGKILL`, `SIGSTOP`, `SIGCONT`, `SIGTERM`. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.signal(signal);
  }

  /** Asks it to end, and kills it when it has not after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    await this.#child?.stop(graceMs);
  }

  /** kill -9, and waits until it is gone. */
  async kill(): Promise<void> {
    this.#child?.signal("SIGKILL");
    await this.#child?.exited;
  }
}

/** Starts a control plane on free loopback ports with our CRDs and namespaces installed. Takes a few seconds. */
export async function startControlPlane(options: TestControlPlaneOptions = {}): Promise<TestControlPlane> {
  const layout = layoutOf(await mkdtemp(join(tmpdir(), "kyma-test-")));
  const [tools, ports] = await Promise.all([resolveTools(), findPorts(), prepareControlPlane(layout)]);
  await writeComponentKubeconfigs(layout, ports.apiserver);
  await writeKubeconfig(layout, "admin", ports.apiserver);

  const definitions = controlPlaneProcesses(tools, layout, ports, { unsafeNoFsync: true, ...options });
  const processes = Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [name, new TestProcess(definition)]),
  ) as Record<ControlPlaneName, TestProcess>;
  const stop = async (): Promise<void> => {
    await Promise.all(Object.values(processes).map((process) => process.kill()));
    await rm(layout.dataDir, { recursive: true, force: true });
  };
  try {
    await startInOrder(processes, options.scheduler ?? false);
    await installTestContent(layout.kubeconfig);
  } catch (error) {
    await stop();
    throw error;
  }
  return { kubeconfig: layout.kubeconfig, dataDir: layout.dataDir, ports, processes, stop };
}

async function startInOrder(
  processes: Record<ControlPlaneName, TestProcess>,
  scheduler: boolean,
): Promise<void> {
  await processes.etcd.start();
  await processes.etcd.ready();
  await processes["kube-apiserver"].start();
  await processes["kube-apiserver"].ready();
  const rest = [processes["kube-controller-manager"], ...(scheduler ? [processes["kube-scheduler"]] : [])];
  await Promise.all(rest.map((process) => process.start()));
  await Promise.all(rest.map((process) => process.ready()));
}

async function findPorts(): Promise<ControlPlanePorts> {
  const [etcd, etcdPeer, apiserver, controllerManager, scheduler] = await findFreePorts(5);
  return {
    etcd: etcd!,
    etcdPeer: etcdPeer!,
    apiserver: apiserver!,
    controllerManager: controllerManager!,
    scheduler: scheduler!,
  };
}
