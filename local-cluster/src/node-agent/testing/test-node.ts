import { Connection } from "@kyma/kube/connection.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { namespaces, pods } from "@kyma/kube/resource-types.ts";
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { install } from "../../install/install.ts";
import { readLocalManifest } from "../../install/manifests.ts";
import { metricsObjects } from "../../install/metrics-objects.ts";
import { kubeconfigPath, layoutOf } from "../../control-plane/layout.ts";
import { findFreePorts } from "../../supervisor/ports.ts";
import { startControlPlane, type TestControlPlane } from "../../testing/control-plane.ts";
import type { Container, Pod, PodSpec } from "../pods/pod.ts";

/** A control plane with scheduler and one node whose agent knows the test images. */
export class TestNode {
  readonly controlPlane: TestControlPlane;
  readonly client: KubeClient;
  readonly #args: string[];
  readonly #script: string;
  readonly #logFile: string;
  #process: ChildProcess | undefined;

  private constructor(controlPlane: TestControlPlane, script: string, args: string[]) {
    this.controlPlane = controlPlane;
    this.#args = args;
    this.#script = join(import.meta.dirname, "..", script);
    this.#logFile = join(controlPlane.dataDir, "logs", "node-agent.log");
    this.client = new KubeClient(new Connection(loadKubeConfig(controlPlane.kubeconfig)));
  }

  /** Starts all of it and waits until the node takes pods. `script` says which images it knows. */
  static async start(
    options: { script?: "main.ts" | "testing/agent-main.ts"; args?: string[] } = {},
  ): Promise<TestNode> {
    const controlPlane = await startControlPlane({ scheduler: true, egress: true });
    const layout = layoutOf(controlPlane.dataDir);
    const [kubeletPort, adminPort] = await findFreePorts(2);
    const pki = (file: string): string => join(layout.pki, file);
    const flags = {
      kubeconfig: kubeconfigPath(layout, "node"),
      "data-dir": layout.node,
      "node-name": "local",
      "kubelet-port": String(kubeletPort),
      "tls-cert": pki("kubelet.crt"),
      "tls-key": pki("kubelet.key"),
      "client-ca": pki("kubelet-client-ca.crt"),
      "egress-socket": layout.egressSocket,
      "admin-port": String(adminPort),
      "metrics-cert": pki("node-metrics.crt"),
      "metrics-key": pki("node-metrics.key"),
      "front-proxy-ca": pki("front-proxy-ca.crt"),
    };
    const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    const script = options.script ?? "testing/agent-main.ts";
    const node = new TestNode(controlPlane, script, [...args, ...(options.args ?? [])]);
    node.startAgent();
    await node.untilReady();
    // The API server takes a moment to hear it: a pod that came before would get a Warning.
    await until("pods may be scheduled to the node", async () => {
      const answer = await node.client.raw("/api/v1/nodes/local");
      const { spec } = await answer.json<{ spec?: { taints?: object[] } }>();
      return answer.status === 200 && (spec?.taints ?? []).length === 0;
    });
    return node;
  }

  get adminUrl(): string {
    return `http://127.0.0.1:${this.#flag("admin-port")}`;
  }

  get kubeletPort(): number {
    return Number(this.#flag("kubelet-port"));
  }

  get dataDir(): string {
    return this.#flag("data-dir");
  }

  get agentPid(): number {
    return this.#process?.pid ?? 0;
  }

  #flag(name: string): string {
    return this.#args.findLast((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? "";
  }

  /** Makes the API server serve the agent's metrics, as in a whole local cluster. */
  async installMetrics(): Promise<void> {
    const authority = await readFile(join(layoutOf(this.controlPlane.dataDir).pki, "ca.crt"));
    const rights = readLocalManifest("metrics-rights.yaml");
    await install(this.client, [...rights, ...metricsObjects(this.kubeletPort, authority)]);
  }

  startAgent(): void {
    const log = openSync(this.#logFile, "a");
    this.#process = spawn(process.execPath, [this.#script, ...this.#args], {
      stdio: ["ignore", log, log],
    });
    closeSync(log);
  }

  /** Sends the agent a signal and waits until it is gone. */
  async endAgent(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await gone;
  }

  async untilReady(): Promise<void> {
    const isReady = async (): Promise<boolean> =>
      (await fetch(`${this.adminUrl}/readyz`).catch(() => undefined))?.status === 200;
    await until("the node agent is ready", isReady, 60_000);
  }

  async stop(): Promise<void> {
    await this.endAgent("SIGTERM");
    await this.controlPlane.stop();
  }

  /** A namespace of its own for one test, with the default ServiceAccount in it. */
  async namespace(): Promise<string> {
    const name = `test-${Math.random().toString(36).slice(2, 10)}`;
    await this.client.create(namespaces, {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name },
    });
    await until("the default ServiceAccount is there", async () => {
      const answer = await this.client.raw(`/api/v1/namespaces/${name}/serviceaccounts/default`);
      await answer.text();
      return answer.status === 200;
    });
    return name;
  }

  async pod(
    namespace: string,
    name: string,
    spec: Partial<PodSpec> & { containers: Container[] },
  ): Promise<Pod> {
    const object = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace },
      spec: { automountServiceAccountToken: false, ...spec },
    };
    return this.client.create<Pod>(pods, object);
  }

  /** Waits until the pod is as `holds` wants it. */
  async podIs(
    namespace: string,
    name: string,
    what: string,
    holds: (pod: Pod) => boolean,
    ms = 20_000,
  ): Promise<Pod> {
    let pod: Pod | undefined;
    const isSo = async (): Promise<boolean> => {
      pod = await this.client.get<Pod>(pods, { namespace, name });
      return holds(pod);
    };
    try {
      await until(`pod ${name} ${what}`, isSo, ms);
    } catch (error) {
      throw new Error(
        `${(error as Error).message}; its status is ${JSON.stringify(pod?.status, undefined, 1)}`,
        { cause: error },
      );
    }
    return pod as Pod;
  }

  podReady(namespace: string, name: string, ms?: number): Promise<Pod> {
    return this.podIs(namespace, name, "is ready", isReady, ms);
  }

  /** The Events about one pod as "reason: message", in no order. */
  async events(namespace: string, pod: string): Promise<string[]> {
    const answer = await this.client.raw(
      `/api/v1/namespaces/${namespace}/events?fieldSelector=involvedObject.name=${pod}`,
    );
    const { items } = await answer.json<{ items: { reason: string; message: string }[] }>();
    return items.map(({ reason, message }) => `${reason}: ${message}`);
  }
}

export function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false;
}

/** Where this test process reaches a pod's process. */
export function podUrl(pod: Pod, path = "/"): string {
  return `http://${pod.status?.podIP?.replace("10.244.", "127.244.")}:8080${path}`;
}

/** Asks until it is so; fails with a sentence after `ms`. */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  ms = 20_000,
): Promise<void> {
  const end = Date.now() + ms;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`after ${ms} ms it is not so that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What tells that a container of the test image answers. */
export const readinessProbe = { httpGet: { path: "/health", port: 8080 }, periodSeconds: 1 };

/** A container of the test image. */
export function testContainer(name: string, args: string[], more: Partial<Container> = {}): Container {
  return { name, image: "kyma.local/test:1", args, ...more };
}
