import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { FunctionCondition, FunctionSpec, KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { functions } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { pods } from "@kyma/kube/resource-types.ts";
import type { Manager } from "../runtime/manager.ts";
import {
  type RunningControllers,
  adminClient,
  createNamespace,
  eventually,
  startControllers,
} from "../testing/cluster.ts";
import { addFunctionController } from "./controller.ts";
import type { ContainerStatus, Pod } from "./kinds.ts";
import { defaultFunctionOptions } from "./options.ts";
import { sampleFunction } from "./sample.ts";

const run = promisify(execFile);
const rights = join(import.meta.dirname, "../../../local-cluster/manifests/controllers-rights.yaml");

export interface Key {
  namespace: string;
  name: string;
}

/** What tests of the Functions controller do to a cluster without nodes. */
export class FunctionScene {
  readonly client: KubeClient;
  readonly #kubeconfig: string;
  readonly #toolsDir: string;

  constructor(kubeconfig: string, toolsDir: string) {
    this.client = adminClient(kubeconfig);
    this.#kubeconfig = kubeconfig;
    this.#toolsDir = toolsDir;
  }

  /** Runs the controller as the user that the local cluster gives it, so that its rights are proven enough. */
  async start(): Promise<RunningControllers> {
    await this.kubectl("apply", "--server-side", "-f", rights);
    const add = (manager: Manager) => addFunctionController(manager, defaultFunctionOptions);
    return startControllers(this.#kubeconfig, { add, user: "kyma:controllers" });
  }

  async kubectl(...args: string[]): Promise<string> {
    const { stdout } = await run(join(this.#toolsDir, "kubectl"), [
      "--kubeconfig",
      this.#kubeconfig,
      ...args,
    ]);
    return stdout;
  }

  /** A Function in a namespace of its own; `spec` may be one that only a laxer schema would take. */
  async create(name: string, spec: Record<string, unknown> = {}): Promise<Key> {
    const namespace = await createNamespace(this.client, name);
    await this.client.create(functions, sampleFunction(name, namespace, spec as Partial<FunctionSpec>));
    return { namespace, name };
  }

  get(key: Key): Promise<KymaFunction> {
    return this.client.get<KymaFunction>(functions, key);
  }

  async edit(key: Key, specPatch: unknown): Promise<void> {
    await this.client.patch(functions, key, { spec: specPatch }, { type: "merge" });
  }

  /** The Function once the condition has this reason for the newest spec and a message that matches. */
  untilCondition(key: Key, type: string, reason: string, message = /./): Promise<KymaFunction> {
    return eventually(async () => {
      const fn = await this.get(key);
      const found = conditionOf(fn, type);
      const current = fn.status?.observedGeneration === fn.metadata.generation;
      if (current && found?.reason === reason && message.test(found.message)) return fn;
      throw new Error(JSON.stringify(fn.status?.conditions));
    }, `${type} = ${reason} ${message}`);
  }

  /** Plays the kubelet: there is no node, so the test says how a container fares. */
  async setPodStatus(pod: Pod, container: ContainerStatus): Promise<void> {
    const key = { namespace: pod.metadata.namespace ?? "", name: pod.metadata.name };
    const ready = container.ready === true ? "True" : "False";
    const full = { image: "x", imageID: "", ready: false, restartCount: 0, ...container };
    const conditions = [
      { type: "Ready", status: ready, lastTransitionTime: "2026-01-01T00:00:00Z" },
      { type: "ContainersReady", status: ready },
    ];
    const phase = ready === "True" ? "Running" : "Pending";
    const status = { phase, conditions, containerStatuses: [full] };
    await this.client.patch(pods, key, { status }, { type: "merge", subresource: "status" });
  }

  /** The newest pod that no kubelet has looked at. */
  freshPod(key: Key): Promise<Pod> {
    return eventually(async () => {
      const { items } = await this.client.list<Pod>(pods, { namespace: key.namespace });
      return items.find(({ status }) => status?.containerStatuses === undefined);
    }, "a pod that nobody runs yet");
  }

  async makeReady(key: Key): Promise<void> {
    const pod = await this.freshPod(key);
    await this.setPodStatus(pod, { name: "function", ready: true, started: true, state: { running: {} } });
    await this.untilCondition(key, "Running", "DeploymentReady");
  }
}

export function conditionOf(fn: KymaFunction, type: string): FunctionCondition | undefined {
  return fn.status?.conditions?.find((candidate) => candidate.type === type);
}

/** A spec patch that changes the code. */
export function newSource(text: string): object {
  return { source: { inline: { source: text } } };
}
