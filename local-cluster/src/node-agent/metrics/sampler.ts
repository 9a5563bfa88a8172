import type { Pod } from "../pods/pod.ts";
import { groupByOwner, readMachine, readMemory, readProcesses, ticksPerSecond } from "./processes.ts";
import { SampleRing, type UsageSample } from "./ring.ts";

export const sampleEveryMs = 15_000;
const keptSamples = 240;
/** A shorter interval than this says too little. */
const shortestMs = 5000;

/** What the sampler asks of a pod's worker. */
export interface MeasuredPod {
  pod: Pod;
  /** The processes from which each running container's others descend, and when it was started (milliseconds since 1970). */
  roots(): { container: string; pids: number[]; startedAt: number }[];
}

/** The usage of one pod over time; every container has its own times. */
export interface PodUsage {
  pod: Pod;
  containers: { name: string; windowMs: number; samples: SampleRing; cpuSeconds: number }[];
}

interface Tracked {
  name: string;
  startedAt: number;
  at: number;
  cpuSeconds: number;
  windowMs: number;
  samples: SampleRing;
}

/** Measures all containers and the machine every 15 seconds and keeps the last hour. */
export class UsageSampler {
  readonly #pods: () => MeasuredPod[];
  readonly #onError: (error: Error) => void;
  readonly #tracked = new Map<string, { pod: Pod; containers: Map<string, Tracked> }>();
  readonly #machine: Tracked = tracked("", 0);
  #timer: NodeJS.Timeout | undefined;

  constructor(pods: () => MeasuredPod[], onError: (error: Error) => void) {
    this.#pods = pods;
    this.#onError = onError;
  }

  start(): void {
    const sample = (): void => void this.sample().catch((error: unknown) => this.#onError(error as Error));
    this.#timer = setInterval(sample, sampleEveryMs).unref();
    sample();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The pods of which something is known. */
  pods(): PodUsage[] {
    return [...this.#tracked.values()].map(({ pod, containers }) => ({
      pod,
      containers: [...containers.values()].filter(({ samples }) => samples.last),
    }));
  }

  /** The machine: its newest interval and the hour before. */
  machine(): { windowMs: number; samples: SampleRing; cpuSeconds: number } {
    return this.#machine;
  }

  /** Measures once. */
  async sample(now = Date.now()): Promise<void> {
    const [processes, machine] = await Promise.all([readProcesses(), readMachine()]);
    // The machine has been up before: only what comes after the first look can be told.
    note(this.#machine, now, machine.cpuSeconds, machine.memoryBytes, this.#machine.at === 0);
    const pods = this.#pods();
    this.#forget(new Set(pods.map(({ pod }) => pod.metadata.uid ?? "")));
    const roots = new Map<number, Tracked>();
    for (const measured of pods) this.#track(measured, roots);
    const groups = groupByOwner(processes, roots);
    for (const [container, members] of groups) {
      const memory = await Promise.all(members.map(({ pid }) => readMemory(pid)));
      const ticks = members.reduce((sum, { cpuTicks }) => sum + cpuTicks, 0);
      note(
        container,
        now,
        ticks / ticksPerSecond,
        memory.reduce((sum, bytes) => sum + bytes, 0),
      );
    }
  }

  #forget(alive: ReadonlySet<string>): void {
    for (const uid of this.#tracked.keys()) if (!alive.has(uid)) this.#tracked.delete(uid);
  }

  /** A container that was started anew begins to count anew; its hour stays. */
  #track(measured: MeasuredPod, roots: Map<number, Tracked>): void {
    const { pod } = measured;
    const uid = pod.metadata.uid ?? "";
    const known = this.#tracked.get(uid) ?? { pod, containers: new Map<string, Tracked>() };
    known.pod = pod;
    this.#tracked.set(uid, known);
    for (const { container, pids, startedAt } of measured.roots()) {
      const own = known.containers.get(container) ?? tracked(container, startedAt);
      if (own.startedAt !== startedAt) Object.assign(own, { startedAt, at: startedAt, cpuSeconds: 0 });
      known.containers.set(container, own);
      for (const pid of pids) roots.set(pid, own);
    }
  }
}

function tracked(name: string, startedAt: number): Tracked {
  return { name, startedAt, at: startedAt, cpuSeconds: 0, windowMs: 0, samples: new SampleRing(keptSamples) };
}

function note(
  target: Tracked,
  now: number,
  cpuSeconds: number,
  memoryBytes: number,
  onlyBegin = false,
): void {
  const windowMs = now - target.at;
  if (!onlyBegin && windowMs < shortestMs) return;
  // Less than before: a process has ended whose parent did not ask for its end.
  const cpuCores = Math.max(0, cpuSeconds - target.cpuSeconds) / (windowMs / 1000);
  Object.assign(target, { at: now, cpuSeconds, windowMs });
  if (!onlyBegin) target.samples.push({ at: now, cpuCores, memoryBytes } satisfies UsageSample);
}
