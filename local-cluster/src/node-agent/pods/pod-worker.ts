import { NotFoundError } from "@kyma/kube/errors.ts";
import { keyOf } from "@kyma/kube/objects.ts";
import { pods } from "@kyma/kube/resource-types.ts";
import { rm } from "node:fs/promises";
import type { ContainerRunner } from "../containers/container-runner.ts";
import { hostIp, type NodeContext, type PodContext } from "../containers/node-context.ts";
import type { ContainerLog } from "../logs/container-log.ts";
import { podStatus } from "../status/pod-status.ts";
import { StatusWriter } from "../status/status-writer.ts";
import { PodVolumes } from "../volumes/pod-volumes.ts";
import { nextStep, type NextStep } from "./next-step.ts";
import { type Pod, type PodCondition, podText } from "./pod.ts";
import { addEphemeral, makeRunners } from "./pod-runners.ts";
import { type PodState, writePodState } from "./pod-store.ts";

const mountRetryMs = { first: 250, longest: 30_000 };

/**
 * Runs one pod from its binding to this node until it is gone. Everything that happens to it leads to one more pass over it, and there is
 * only ever one pass at a time.
 */
export class PodWorker implements PodContext {
  readonly directory: string;
  readonly podIp: string;
  readonly volumes: PodVolumes;
  readonly #node: NodeContext;
  readonly #startTime: number;
  readonly #runners: ContainerRunner[];
  readonly #status: StatusWriter;
  #pod: Pod;
  #conditions: PodCondition[] = [];
  #isPassing = false;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #mounted = false;
  #mountRetry = mountRetryMs.first;
  #failure: { reason: string; message: string } | undefined;
  #stopping: Promise<void> | undefined;
  #stopped = false;
  #gone = false;
  #stopDeadline = Number.POSITIVE_INFINITY;

  /** `state` is what an earlier agent left of this pod. */
  constructor(
    node: NodeContext,
    pod: Pod,
    place: { directory: string; podIp: string; state: PodState | undefined },
  ) {
    this.#node = node;
    this.#pod = pod;
    this.directory = place.directory;
    this.podIp = place.podIp;
    this.#startTime = place.state?.startTime ?? Date.now();
    this.#status = new StatusWriter(node.client, (error) =>
      node.log.warn(
        { pod: podText(pod), error: error.message },
        "a pod's status could not be written, trying again",
      ),
    );
    this.volumes = new PodVolumes(pod, {
      directory: place.directory,
      client: node.client,
      config: node.config,
      onError: (message) =>
        node.events.record(this.#pod, { type: "Warning", reason: "FailedMount", message }),
    });
    this.#runners = makeRunners(node, this, place.state);
  }

  get pod(): Pod {
    return this.#pod;
  }

  /** Begins: adopts what an earlier agent left running, then does what is to be done. */
  async begin(): Promise<void> {
    await Promise.all(this.#runners.map((runner) => runner.adopt()));
    this.pass();
  }

  /** The API server has a newer object. */
  update(pod: Pod): void {
    this.#pod = pod;
    this.volumes.update(pod);
    addEphemeral(this.#node, this, this.#runners);
    // A pass may be waiting for a slow end that is now wanted sooner.
    if (pod.metadata.deletionTimestamp && this.#stopping) void this.#stop(this.#grace());
    this.pass();
  }

  /** A container's record changed. */
  changed(): void {
    if (this.#gone) return;
    this.#save();
    this.pass();
  }

  /** What is to be measured of its running containers. */
  roots(): { container: string; pids: number[]; startedAt: number }[] {
    return this.#runners.flatMap(({ measured }) => measured ?? []);
  }

  mainProcess(container: string): number | undefined {
    return this.container(container)?.mainProcess;
  }

  /** One of its containers by name. */
  container(name: string): ContainerRunner | undefined {
    return this.#runners.find(({ record }) => record.name === name);
  }

  /** The log of a container's present start or of the one before; undefined when there is none. */
  async log(container: string, previous: boolean): Promise<ContainerLog | undefined> {
    return this.container(container)?.log(previous);
  }

  /** The pod is no longer in the API server: nothing of it may go on. */
  async remove(): Promise<void> {
    this.#status.close();
    clearTimeout(this.#timer);
    await this.#stop(0);
    this.#gone = true;
    this.volumes.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** The agent ends in order: so do its pods, to be started again by the next agent. */
  async shutDown(graceMs: number): Promise<void> {
    clearTimeout(this.#timer);
    this.#stopping ??= this.#stopAll(Math.min(graceMs, this.#grace()));
    await this.#stopping;
    this.#gone = true;
    this.volumes.close();
    this.#status.close();
  }

  /** Looks at the pod and does what is due. Calls while it is at it lead to one more pass. */
  pass(): void {
    if (this.#gone) return;
    this.#again = true;
    if (!this.#isPassing) void this.#passes();
  }

  async #passes(): Promise<void> {
    this.#isPassing = true;
    while (this.#again && !this.#gone) {
      this.#again = false;
      try {
        await this.#onePass();
      } catch (error) {
        this.#node.log.warn(
          { pod: podText(this.#pod), error: (error as Error).stack },
          "a pass over a pod failed",
        );
        this.#wake(Date.now() + 1000);
      }
    }
    this.#isPassing = false;
  }

  async #onePass(): Promise<void> {
    const now = Date.now();
    const step = nextStep(this.#pod, this.#records(), now);
    if (this.#pod.metadata.deletionTimestamp) return this.#end(step);
    this.#checkDeadline(step, now);
    if (this.#failure ?? step.outcome) {
      // Nothing is left to run, or nothing may.
      if (this.#failure) await this.#stop(this.#grace());
      for (const runner of this.#runners) if (runner.isEphemeral) void runner.stop(0);
      return this.#publish(step);
    }
    if (!(await this.#mount())) return this.#publish(step);
    for (const runner of this.#runners) if (step.start.includes(runner.record.name)) runner.start();
    if (step.wakeAt) this.#wake(step.wakeAt);
    this.#publish(step);
  }

  #records(): Map<string, ContainerRunner["record"]> {
    return new Map(this.#runners.map(({ record }) => [record.name, record]));
  }

  async #mount(): Promise<boolean> {
    if (this.#mounted) return true;
    const fsGroup = this.#pod.spec.securityContext?.fsGroup ?? 0;
    const owner = this.#node.isolation.mode === "root" ? { uid: 0, gid: fsGroup } : undefined;
    try {
      await this.volumes.mount({ podIp: this.podIp, hostIp }, owner);
      this.#mounted = true;
    } catch (error) {
      const message = `MountVolume.SetUp failed: ${(error as Error).message}`;
      this.#node.events.record(this.#pod, { type: "Warning", reason: "FailedMount", message });
      this.#wake(Date.now() + this.#mountRetry);
      this.#mountRetry = Math.min(mountRetryMs.longest, this.#mountRetry * 2);
    }
    return this.#mounted;
  }

  #checkDeadline(step: NextStep, now: number): void {
    const { activeDeadlineSeconds } = this.#pod.spec;
    if (activeDeadlineSeconds === undefined || step.outcome) return;
    const deadline = this.#startTime + activeDeadlineSeconds * 1000;
    if (now < deadline) return this.#wake(deadline);
    this.#failure = {
      reason: "DeadlineExceeded",
      message: "Pod was active on the node longer than the specified deadline",
    };
  }

  /** Deletion as a kubelet does it: stop, say how it ended, then take the object away. */
  async #end(step: NextStep): Promise<void> {
    await this.#stop(this.#grace());
    this.#publish(nextStep(this.#pod, this.#records(), Date.now()) ?? step);
    await this.#status.flush();
    try {
      await this.#node.client.delete(pods, keyOf(this.#pod), {
        gracePeriodSeconds: 0,
        uid: this.#pod.metadata.uid ?? "",
      });
    } catch (error) {
      // Gone, or another pod of the same name: nothing is left to do here.
      if (!(error instanceof NotFoundError) && (error as { status?: number }).status !== 409) throw error;
    }
  }

  #grace(): number {
    const { metadata, spec } = this.#pod;
    return (metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30) * 1000;
  }

  async #stop(graceMs: number): Promise<void> {
    // A later call may only bring the end forward.
    const deadline = Date.now() + graceMs;
    if (!this.#stopping || deadline < this.#stopDeadline) {
      this.#stopDeadline = deadline;
      this.#stopping = this.#stopAll(graceMs);
    }
    await this.#stopping;
    this.#stopped = true;
  }

  async #stopAll(graceMs: number): Promise<void> {
    await Promise.all(this.#runners.map((runner) => runner.stop(graceMs)));
  }

  #publish(step: NextStep): void {
    const own = new Map(this.#conditions.map((condition) => [condition.type, condition]));
    const seen = this.#pod.status?.conditions ?? [];
    const conditions = [...own.values(), ...seen.filter(({ type }) => !own.has(type))];
    const pod = { ...this.#pod, status: { ...this.#pod.status, conditions } };
    const status = podStatus(
      pod,
      {
        podIp: this.podIp,
        hostIp,
        startTime: this.#startTime,
        records: this.#records(),
        step,
        stopped: this.#stopped,
        ...(this.#failure ? { failure: this.#failure } : {}),
      },
      Date.now(),
    );
    const ours = new Set([
      "PodReadyToStartContainers",
      "Initialized",
      "Ready",
      "ContainersReady",
      "PodScheduled",
    ]);
    this.#conditions = (status.conditions ?? []).filter(({ type }) => ours.has(type));
    this.#status.write(this.#pod, status);
  }

  #wake(at: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.pass(), Math.max(0, at - Date.now()));
    this.#timer.unref();
  }

  #save(): void {
    const { uid = "", namespace = "", name } = this.#pod.metadata;
    writePodState(this.directory, {
      uid,
      namespace,
      name,
      podIp: this.podIp,
      startTime: this.#startTime,
      containers: this.#runners.map(({ record }) => record),
    });
  }
}
