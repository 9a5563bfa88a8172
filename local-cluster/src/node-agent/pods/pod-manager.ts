import { Informer } from "@kyma/kube/informer.ts";
import { pods } from "@kyma/kube/resource-types.ts";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ContainerProcess } from "../containers/container-process.ts";
import type { NodeContext } from "../containers/node-context.ts";
import { AddressPool, listeningAddresses } from "./addresses.ts";
import type { Pod } from "./pod.ts";
import { type PodState, readPodStates } from "./pod-store.ts";
import { PodWorker } from "./pod-worker.ts";

/** Keeps one worker for each pod that is bound to this node. */
export class PodManager {
  readonly #node: NodeContext;
  readonly #directory: string;
  readonly #informer: Informer<Pod>;
  readonly #workers = new Map<string, PodWorker>();
  readonly #left = new Map<string, PodState>();
  readonly #addresses: AddressPool;
  readonly #removals = new Set<Promise<void>>();

  constructor(node: NodeContext, place: { nodeName: string; dataDir: string }) {
    this.#node = node;
    this.#directory = join(place.dataDir, "pods");
    const seed = createHash("sha256").update(place.dataDir).digest().readUInt16BE();
    this.#addresses = new AddressPool(seed, () => listeningAddresses(readFileSync("/proc/net/tcp", "utf8")));
    this.#informer = new Informer<Pod>(node.client, pods, {
      fieldSelector: `spec.nodeName=${place.nodeName}`,
      onError: (error) =>
        node.log.warn({ error: (error as Error).message }, "the watch on pods broke, trying again"),
    });
  }

  /** Reads what an earlier agent left, then follows the API server. Resolves once every pod it has is known. */
  async start(signal: AbortSignal): Promise<void> {
    for (const { directory, state } of readPodStates(this.#directory)) {
      if (!state) endAll(directory);
      else {
        this.#addresses.reserve(state.podIp, state.uid);
        this.#left.set(state.uid, state);
      }
    }
    this.#informer.start(signal);
    await this.#informer.synced;
    this.#informer.onChange((next, previous) => this.#onChange(next, previous));
    for (const pod of this.#informer.list()) this.#onChange(pod, undefined);
    for (const uid of this.#left.keys()) this.#endStray(uid);
    this.#left.clear();
  }

  /** True while the pods of the API server are followed without a break. */
  get live(): boolean {
    return this.#informer.state === "live";
  }

  /** How many pods have a worker. */
  get count(): number {
    return this.#workers.size;
  }

  /** Every pod of this node as last seen. */
  list(): Pod[] {
    return [...this.#workers.values()].map((worker) => worker.pod);
  }

  /** Every pod's worker. */
  workers(): PodWorker[] {
    return [...this.#workers.values()];
  }

  find(namespace: string, name: string): PodWorker | undefined {
    const uid = this.#informer.get({ namespace, name })?.metadata.uid;
    return uid === undefined ? undefined : this.#workers.get(uid);
  }

  /** Ends all pods, each within `graceMs`. */
  async shutDown(graceMs: number): Promise<void> {
    await Promise.all([
      ...[...this.#workers.values()].map((worker) => worker.shutDown(graceMs)),
      ...this.#removals,
    ]);
  }

  #onChange(next: Pod | undefined, previous: Pod | undefined): void {
    const before = previous?.metadata.uid;
    const now = next?.metadata.uid;
    if (before !== undefined && before !== now) this.#remove(before);
    if (!next || now === undefined) return;
    const worker = this.#workers.get(now);
    if (worker) worker.update(next);
    else this.#add(now, next);
  }

  #add(uid: string, pod: Pod): void {
    const state = this.#left.get(uid);
    this.#left.delete(uid);
    const phase = pod.status?.phase;
    // A pod that is over and of which nothing is left here is only to be deleted one day.
    const isOver = !state && (phase === "Succeeded" || phase === "Failed");
    if (isOver && !pod.metadata.deletionTimestamp) return;
    const podIp = this.#addressOf(uid, pod, state);
    const worker = new PodWorker(this.#node, pod, { directory: join(this.#directory, uid), podIp, state });
    this.#workers.set(uid, worker);
    worker.begin().catch((error: unknown) => {
      this.#node.log.warn(
        { pod: pod.metadata.name, error: (error as Error).stack },
        "a pod could not be taken up",
      );
    });
  }

  /** The address that the pod had before, if nobody else has it. */
  #addressOf(uid: string, pod: Pod, state: PodState | undefined): string {
    const known = state?.podIp ?? pod.status?.podIP;
    if (!known) return this.#addresses.allocate(uid);
    try {
      this.#addresses.reserve(known, uid);
      return known;
    } catch {
      return this.#addresses.allocate(uid);
    }
  }

  #remove(uid: string): void {
    const worker = this.#workers.get(uid);
    if (!worker) return;
    this.#workers.delete(uid);
    const removal = worker
      .remove()
      .catch((error: unknown) =>
        this.#node.log.warn({ uid, error: (error as Error).message }, "a pod's directory stays"),
      )
      .finally(() => {
        this.#addresses.release(worker.podIp, uid);
        this.#removals.delete(removal);
      });
    this.#removals.add(removal);
  }

  /** A pod that was deleted while no agent ran. */
  #endStray(uid: string): void {
    const directory = join(this.#directory, uid);
    const state = this.#left.get(uid);
    this.#node.log.info({ uid, pod: state?.name }, "ending a pod that is gone from the API server");
    endAll(directory);
    if (state) this.#addresses.release(state.podIp, uid);
  }
}

/** Ends every process that was ever started from a pod directory, and removes the directory. */
function endAll(directory: string): void {
  for (const container of list(join(directory, "containers"))) {
    for (const start of list(container)) ContainerProcess.adopt(start).kill();
  }
  rmSync(directory, { recursive: true, force: true });
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory).map((name) => join(directory, name));
  } catch {
    return [];
  }
}
