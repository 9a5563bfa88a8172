import type { KubeClient } from "@kyma/kube/client.ts";
import { AlreadyExistsError, NotFoundError } from "@kyma/kube/errors.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { leases, nodes } from "@kyma/kube/resource-types.ts";
import { readFile, statfs } from "node:fs/promises";
import { arch, availableParallelism, release, totalmem } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { timeText } from "../status/container-status.ts";
import { type NodeFacts, nodeLease, nodeObject, nodeStatus } from "./node-object.ts";

const leaseSeconds = 40;
const renewEveryMs = 10_000;
const statusEveryMs = 300_000;

interface NodeWithStatus extends KubeObject {
  status?: { conditions?: { type: string; status: string; lastTransitionTime?: string }[] };
}

/** Reads from this machine what its Node object says. */
export async function readNodeFacts(name: string, kubeletPort: number, dataDir: string): Promise<NodeFacts> {
  const text = (path: string): Promise<string> =>
    readFile(path, "utf8").then(
      (found) => found.trim(),
      () => "",
    );
  const [disk, osRelease, machineId, bootId] = await Promise.all([
    statfs(dataDir),
    text("/etc/os-release"),
    text("/etc/machine-id"),
    text("/proc/sys/kernel/random/boot_id"),
  ]);
  return {
    name,
    kubeletPort,
    cpus: availableParallelism(),
    memoryBytes: totalmem(),
    diskBytes: disk.blocks * disk.bsize,
    maxPods: 500,
    kernel: release(),
    osImage: /^PRETTY_NAME="?([^"\n]*)/m.exec(osRelease)?.[1] ?? "Linux",
    architecture: arch(),
    machineId,
    bootId,
  };
}

/** Keeps the Node and its Lease: made when missing, renewed every 10 s, also after the API server was away. */
export class Registration {
  readonly #client: KubeClient;
  readonly #facts: NodeFacts;
  readonly #onError: (error: Error) => void;
  #statusAt = 0;
  #uid = "";

  constructor(client: KubeClient, facts: NodeFacts, onError: (error: Error) => void) {
    this.#client = client;
    this.#facts = facts;
    this.#onError = onError;
  }

  /** Runs until the signal; `onRegistered` is called once the Node is Ready for the first time. */
  async run(signal: AbortSignal, onRegistered: () => void): Promise<void> {
    let pause = 200;
    while (!signal.aborted) {
      try {
        await this.#heartbeat();
        onRegistered();
        pause = renewEveryMs;
      } catch (error) {
        this.#onError(error as Error);
        pause = Math.min(renewEveryMs, pause === renewEveryMs ? 500 : pause * 2);
      }
      await delay(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  async #heartbeat(): Promise<void> {
    if (Date.now() - this.#statusAt > statusEveryMs) await this.#register();
    await this.#renewLease();
  }

  async #register(): Promise<void> {
    const node = await this.#node();
    this.#uid = node.metadata.uid ?? "";
    const ready = node.status?.conditions?.find(({ type }) => type === "Ready");
    const now = timeText(Date.now());
    const since = ready?.status === "True" ? (ready.lastTransitionTime ?? now) : now;
    const key = { name: this.#facts.name };
    await this.#client.patchStatus(nodes, key, nodeStatus(this.#facts, { now, since }), {
      manager: "node-agent",
    });
    this.#statusAt = Date.now();
  }

  async #node(): Promise<NodeWithStatus> {
    try {
      return await this.#client.create<NodeWithStatus>(nodes, nodeObject(this.#facts));
    } catch (error) {
      if (!(error instanceof AlreadyExistsError)) throw error;
      return this.#client.get<NodeWithStatus>(nodes, { name: this.#facts.name });
    }
  }

  async #renewLease(): Promise<void> {
    const { name } = this.#facts;
    const renewTime = new Date().toISOString().replace("Z", "000Z");
    try {
      await this.#client.patch(
        leases,
        { namespace: "kube-node-lease", name },
        { spec: { renewTime } },
        { type: "merge" },
      );
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      this.#statusAt = 0;
      await this.#client.create(leases, nodeLease(name, this.#uid, leaseSeconds, renewTime));
    }
  }
}
