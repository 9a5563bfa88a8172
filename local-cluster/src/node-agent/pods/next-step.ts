import type { ContainerRecord } from "../containers/record.ts";
import type { Pod } from "./pod.ts";

/** What a pod needs now. */
export interface NextStep {
  /** Containers to be started now. */
  start: string[];
  /** When to look again though nothing happens, in milliseconds since 1970. */
  wakeAt?: number;
  /** Every init container has succeeded. */
  initialized: boolean;
  /** The pod is over for good. */
  outcome?: "Succeeded" | "Failed";
}

export type Records = ReadonlyMap<string, ContainerRecord>;

/** Decides from the pod and what its containers do which of them to start, and whether it is over. */
export function nextStep(pod: Pod, records: Records, now: number): NextStep {
  const step = stepOfRegular(pod, records, now);
  if (step.outcome) return step;
  const ephemeral = dueEphemeral(pod, records, now);
  const wakeAt = Math.min(step.wakeAt ?? Infinity, ephemeral.wakeAt ?? Infinity);
  return { ...step, start: [...step.start, ...ephemeral.start], ...(wakeAt < Infinity ? { wakeAt } : {}) };
}

/** Ephemeral containers start whatever the others do, and once only. */
function dueEphemeral(pod: Pod, records: Records, now: number): { start: string[]; wakeAt?: number } {
  const known = (pod.spec.ephemeralContainers ?? []).flatMap(({ name }) => records.get(name) ?? []);
  return due(
    known.filter(({ phase, everStarted }) => phase !== "running" && !everStarted),
    now,
  );
}

function stepOfRegular(pod: Pod, records: Records, now: number): NextStep {
  const policy = pod.spec.restartPolicy ?? "Always";
  for (const { name } of pod.spec.initContainers ?? []) {
    const record = records.get(name);
    if (!record || succeeded(record)) continue;
    if (record.phase === "running") return { start: [], initialized: false };
    if (record.phase === "ended" && policy === "Never")
      return { start: [], initialized: false, outcome: "Failed" };
    return { ...due([record], now), initialized: false };
  }
  const all = pod.spec.containers.flatMap(({ name }) => records.get(name) ?? []);
  const waiting = all.filter((record) => record.phase !== "running" && !isOver(record, policy));
  const running = all.some((record) => record.phase === "running");
  const outcome = waiting.length > 0 || running ? undefined : all.every(succeeded) ? "Succeeded" : "Failed";
  return { ...due(waiting, now), initialized: true, ...(outcome ? { outcome } : {}) };
}

function succeeded(record: ContainerRecord): boolean {
  return record.phase === "ended" && record.exit?.exitCode === 0;
}

/** True when the container will not be started again. */
export function isOver(record: ContainerRecord, policy: string): boolean {
  if (record.phase !== "ended") return false;
  return policy === "Never" || (policy === "OnFailure" && succeeded(record));
}

function due(waiting: ContainerRecord[], now: number): { start: string[]; wakeAt?: number } {
  const isDue = (record: ContainerRecord): boolean => (record.retryAt ?? 0) <= now;
  const later = waiting.filter((record) => !isDue(record)).map((record) => record.retryAt ?? now);
  return {
    start: waiting.filter(isDue).map((record) => record.name),
    ...(later.length > 0 ? { wakeAt: Math.min(...later) } : {}),
  };
}
