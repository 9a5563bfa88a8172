import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { ContainerConfigError } from "../environment/environment.ts";
import type { Image } from "../images/image.ts";
import { ContainerLog } from "../logs/container-log.ts";
import { isOver } from "../pods/next-step.ts";
import { allContainers, type Container, podText } from "../pods/pod.ts";
import { isKnownProbe } from "../probes/ask.ts";
import type { ProbeKind } from "../probes/probe-state.ts";
import { attachTo } from "../sessions/attach.ts";
import type { Command } from "../sessions/command.ts";
import type { RemoteStreams } from "../sessions/remote-streams.ts";
import type { WantedStreams } from "../sessions/spdy-streams.ts";
import { healthyRunMs, pullDelay, restartDelay } from "./backoff.ts";
import { ContainerProcess } from "./container-process.ts";
import { launch, targetProcess } from "./launch.ts";
import type { NodeContext, PodContext } from "./node-context.ts";
import { prepareStart, type PreparedStart } from "./prepare.ts";
import { crashBackoff, PullError, pullBackoff, pullImage } from "./pull.ts";
import { type ContainerExit, type ContainerRecord, isShownWaiting } from "./record.ts";
import { RunningContainer } from "./running-container.ts";
import { refuseUnknown } from "./start-settings.ts";

const configRetryMs = 5000;

export type ContainerKind = "init" | "regular" | "ephemeral";

/** Starts, watches, stops and adopts one container of a pod. What it knows is in `record`, which survives the agent. */
export class ContainerRunner {
  readonly record: ContainerRecord;
  readonly isInit: boolean;
  /** Started once, never again, and of no weight for the pod. */
  readonly isEphemeral: boolean;
  readonly #node: NodeContext;
  readonly #pod: PodContext;
  readonly #name: string;
  #running: RunningContainer | undefined;
  #starting: Promise<void> | undefined;
  /** Settles once the end of the present start has been dealt with. */
  #done: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    node: NodeContext,
    pod: PodContext,
    container: { name: string; kind: ContainerKind; record: ContainerRecord },
  ) {
    this.#node = node;
    this.#pod = pod;
    this.#name = container.name;
    this.isInit = container.kind === "init";
    this.isEphemeral = container.kind === "ephemeral";
    this.record = container.record;
  }

  /** Starts the container, unless that is under way. What keeps it from starting is put into the record. */
  start(): void {
    if (this.#starting || this.#running || this.#stopped) return;
    this.#starting = this.#start()
      .catch((error: unknown) => this.#startFailed(error))
      .finally(() => {
        this.#starting = undefined;
        this.#pod.changed();
      });
  }

  /** Takes over the process of an earlier agent, or learns how it ended meanwhile. */
  async adopt(): Promise<void> {
    if (this.record.phase === "running") await this.#observe(ContainerProcess.adopt(this.#directory()));
  }

  /** Ends the container for good: it will not be started again. */
  async stop(graceMs: number): Promise<void> {
    // What is still being prepared sees this before it starts a process.
    this.#stopped = true;
    if (!this.#running) return;
    this.#tell("Normal", "Killing", `Stopping container ${this.#name}`);
    await this.#running.stop(graceMs);
    await this.#done;
  }

  /** True while its process exists. */
  get runs(): boolean {
    return this.#running !== undefined;
  }

  /** Its first process while it runs, as this machine numbers it. */
  get mainProcess(): number | undefined {
    return this.#running?.process.main?.pid;
  }

  /** What is to be measured of it while it runs. */
  get measured(): { container: string; pids: number[]; startedAt: number } | undefined {
    const pids = this.#running?.roots;
    return pids && { container: this.#name, pids, startedAt: this.record.startedAt ?? Date.now() };
  }

  /** Starts another command in the running container. Throws a sentence when it does not run. */
  async exec(wanted: { command: string[]; tty: boolean }): Promise<Command> {
    if (!this.#running) throw new Error(`container "${this.#name}" is not running`);
    return this.#running.exec(this.#node.isolation.mode, wanted);
  }

  /** Joins a client with the running container's own process. */
  async attach(streams: RemoteStreams, wanted: WantedStreams): Promise<void> {
    if (!this.#running) throw new Error(`container "${this.#name}" is not running`);
    await attachTo(this.#running, streams, wanted);
  }

  /** The log of the present start, or of the one before. */
  async log(previous: boolean): Promise<ContainerLog | undefined> {
    if (!previous && this.#running) return this.#running.log;
    // Between two starts the one that just ended is the previous one, as its status says.
    const number = this.record.restartCount - (previous && !isShownWaiting(this.record) ? 1 : 0);
    const directory = this.#directory(number);
    if (number < 0 || !this.record.everStarted || !existsSync(join(directory, "log"))) return undefined;
    const log = new ContainerLog(directory);
    await log.open();
    await log.close();
    return log;
  }

  #directory(number = this.record.restartCount): string {
    return join(this.#pod.directory, "containers", this.#name, String(number));
  }

  get #container(): Container {
    const found = allContainers(this.#pod.pod).find(({ name }) => name === this.#name);
    if (!found) throw new Error(`pod ${podText(this.#pod.pod)} has lost its container ${this.#name}`);
    return found;
  }

  async #start(): Promise<void> {
    const container = this.#container;
    refuseUnknown(this.#pod.pod, container, this.isInit, isKnownProbe);
    const image = await pullImage(
      container.image,
      container.imagePullPolicy,
      this.#node.images,
      (occurrence) => this.#tell(occurrence.type, occurrence.reason, occurrence.message),
    );
    if (!this.record.everStarted) this.record.failures = 0;
    const number = this.record.everStarted ? this.record.restartCount + 1 : 0;
    const prepared = await this.#prepare(container, image, number);
    if (this.#stopped) return;
    this.#tell("Normal", "Created", `Created container: ${this.#name}`);
    this.#warnOfDisplaced(prepared);
    this.#recordStart(image, number);
    // On disk before the process exists: an agent killed right here finds it again.
    this.#pod.changed();
    await this.#observe(await launch(this.#directory(), prepared, container));
    this.#tell("Normal", "Started", `Started container ${this.#name}`);
    void rm(this.#directory(number - 2), { recursive: true, force: true });
  }

  #prepare(container: Container, image: Image, number: number): Promise<PreparedStart> {
    const { pod, podIp, volumes } = this.#pod;
    const namespace = pod.metadata.namespace ?? "";
    const { isolation, system, cluster, config } = this.#node;
    return prepareStart({
      pod,
      container,
      image,
      directory: this.#directory(number),
      podIp,
      cluster,
      system,
      isolation: isolation.mode,
      joined: targetProcess(this.#pod, container),
      volumePath: (name) => volumes.path(name),
      sources: {
        configMap: (name) => config.read("configMap", namespace, name),
        secret: (name) => config.read("secret", namespace, name),
      },
    });
  }

  #recordStart(image: Image, number: number): void {
    const { record } = this;
    if (record.exit) record.lastExit = record.exit;
    delete record.exit;
    delete record.retryAt;
    Object.assign(record, {
      phase: "running",
      waiting: { reason: "ContainerCreating" },
      restartCount: number,
      everStarted: true,
      imageId: image.id,
      containerId: `local://${randomBytes(16).toString("hex")}`,
      startedAt: Date.now(),
      started: false,
      ready: false,
    } satisfies Partial<ContainerRecord>);
  }

  async #observe(process: ContainerProcess): Promise<void> {
    const { record } = this;
    const of = { startedAt: record.startedAt ?? Date.now(), containerId: record.containerId ?? "" };
    const running = new RunningContainer(this.#container, process, of);
    this.#running = running;
    this.#done = running.end().then(
      (exit) => this.#ended(exit),
      (error: unknown) => this.#startFailed(error),
    );
    await running.observe(this.#node.memory, {
      podIp: this.#pod.podIp,
      started: record.started,
      listener: {
        onStarted: () => this.#update({ started: true }),
        onReady: (ready) => this.#update({ ready }),
        onUnhealthy: (kind, message, kill) => this.#unhealthy(running, kind, message, kill),
      },
    });
  }

  #update(change: { started?: boolean; ready?: boolean }): void {
    const isSame = Object.entries(change).every(
      ([field, value]) => this.record[field as "started" | "ready"] === value,
    );
    if (isSame) return;
    Object.assign(this.record, change);
    this.#pod.changed();
  }

  #unhealthy(running: RunningContainer, kind: ProbeKind, message: string, kill: boolean): void {
    const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    this.#tell("Warning", "Unhealthy", `${name} probe failed: ${message}`);
    if (!kill) return;
    this.#tell("Normal", "Killing", `Container ${this.#name} failed ${kind} probe, will be restarted`);
    const probe = kind === "startup" ? this.#container.startupProbe : this.#container.livenessProbe;
    const grace =
      probe?.terminationGracePeriodSeconds ?? this.#pod.pod.spec.terminationGracePeriodSeconds ?? 30;
    void running.stop(grace * 1000);
  }

  #ended(exit: ContainerExit): void {
    const { record } = this;
    this.#running = undefined;
    const isHealthy = exit.finishedAt - exit.startedAt >= healthyRunMs;
    const failures = this.#stopped ? 0 : isHealthy ? 1 : record.failures + 1;
    Object.assign(record, { phase: "ended", exit, failures, started: false, ready: false });
    record.waiting = { reason: "ContainerCreating" };
    const policy = this.#pod.pod.spec.restartPolicy ?? "Always";
    const isDone =
      isOver(record, policy) || (this.isInit && exit.exitCode === 0) || this.#stopped || this.isEphemeral;
    const delay = restartDelay(failures);
    if (!isDone && delay > 0) {
      record.retryAt = Date.now() + delay;
      const { metadata } = this.#pod.pod;
      const pod = `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
      record.waiting = crashBackoff(this.#name, pod, delay);
      this.#tell("Warning", "BackOff", `Back-off restarting failed container ${this.#name} in pod ${pod}`);
    }
    this.#pod.changed();
  }

  /** Nothing runs: says why, and when it is tried again. */
  #startFailed(error: unknown): void {
    const { record } = this;
    this.#running = undefined;
    const message = (error as Error).message;
    if (record.phase === "running") record.phase = "ended";
    if (error instanceof PullError) {
      record.failures += 1;
      record.retryAt = Date.now() + pullDelay(record.failures);
      record.waiting =
        record.failures > 1 ? pullBackoff(this.#container.image, message) : { reason: error.reason, message };
    } else {
      const reason =
        error instanceof ContainerConfigError ? "CreateContainerConfigError" : "CreateContainerError";
      record.retryAt = Date.now() + configRetryMs;
      record.waiting = { reason, message };
      this.#tell("Warning", "Failed", `Error: ${message}`);
    }
    this.#node.log.warn(
      { pod: podText(this.#pod.pod), container: this.#name, error: message },
      "a container could not be started",
    );
    this.#pod.changed();
  }

  #warnOfDisplaced({ displaced }: PreparedStart): void {
    const { because } = this.#node.isolation;
    for (const { path, place } of displaced) {
      this.#tell("Warning", "MountDisplaced", `${because}: what belongs at ${path} is at ${place}`);
    }
  }

  #tell(type: "Normal" | "Warning", reason: string, message: string): void {
    const list = this.isInit ? "initContainers" : this.isEphemeral ? "ephemeralContainers" : "containers";
    const fieldPath = `spec.${list}{${this.#name}}`;
    this.#node.events.record(this.#pod.pod, { type, reason, message, fieldPath });
  }
}
