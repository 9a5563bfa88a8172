import type { Condition, Container, ContainerState, ContainerStatus, Pod } from "./workload-objects.ts";

export type Health = "OK" | "PROGRESS" | "WARNING" | "ERROR" | "NONE";

/** A pod in the words of `kubectl get pods`. */
export interface PodSummary {
  /** The column STATUS. */
  status: string;
  readyContainers: number;
  containers: number;
  restarts: number;
  /** RFC 3339; null when nothing was restarted. */
  lastRestart: string | null;
  isReady: boolean;
  health: Health;
}

interface Tally {
  reason: string;
  ready: number;
  restarts: number;
  sidecarRestarts: number;
  lastRestart: string;
  initializing: boolean;
}

/** What kubectl prints for a pod; pure. It follows the API server's own printer step by step. */
export function podSummary(pod: Pod): PodSummary {
  const { status = {}, spec, metadata } = pod;
  const sidecars = (spec.initContainers ?? []).filter(isSidecar);
  const tally: Tally = {
    reason: startReason(pod),
    ready: 0,
    restarts: 0,
    sidecarRestarts: 0,
    lastRestart: "",
    initializing: false,
  };
  countInit(pod, tally);
  if (!tally.initializing || isTrue(status.conditions, "Initialized")) countMain(pod, tally);
  const terminal = status.phase === "Succeeded" || status.phase === "Failed";
  if (metadata.deletionTimestamp !== undefined) {
    if (status.reason === "NodeLost") tally.reason = "Unknown";
    else if (!terminal) tally.reason = "Terminating";
  }
  const isReady = isTrue(status.conditions, "Ready");
  return {
    status: tally.reason,
    readyContainers: tally.ready,
    containers: spec.containers.length + sidecars.length,
    restarts: tally.restarts,
    lastRestart: tally.lastRestart || null,
    isReady,
    health: healthOf(tally.reason, isReady),
  };
}

/** An init container that keeps running beside the others. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === "Always";
}

function startReason({ status = {} }: Pod): string {
  const gated = status.conditions?.some(
    ({ type, reason }) => type === "PodScheduled" && reason === "SchedulingGated",
  );
  if (gated) return "SchedulingGated";
  return status.reason || status.phase || "Unknown";
}

function countInit(pod: Pod, tally: Tally): void {
  const specs = new Map((pod.spec.initContainers ?? []).map((container) => [container.name, container]));
  for (const [index, status] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const container = specs.get(status.name);
    const sidecar = container !== undefined && isSidecar(container);
    noteRestarts(status, tally);
    if (sidecar) tally.sidecarRestarts += status.restartCount ?? 0;
    if (status.state?.terminated?.exitCode === 0) continue;
    if (sidecar && status.started) {
      if (status.ready) tally.ready += 1;
      continue;
    }
    tally.reason = `Init:${initReason(status.state) ?? `${index}/${specs.size}`}`;
    tally.initializing = true;
    return;
  }
}

function initReason(state: ContainerState | undefined): string | undefined {
  if (state?.terminated) return endReason(state.terminated);
  const reason = state?.waiting?.reason;
  return reason && reason !== "PodInitializing" ? reason : undefined;
}

function endReason({ reason, signal, exitCode }: NonNullable<ContainerState["terminated"]>): string {
  if (reason) return reason;
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode ?? 0}`;
}

function countMain(pod: Pod, tally: Tally): void {
  const { status = {} } = pod;
  let running = false;
  tally.restarts = tally.sidecarRestarts;
  for (const container of (status.containerStatuses ?? []).toReversed()) {
    noteRestarts(container, tally);
    const { waiting, terminated, running: runs } = container.state ?? {};
    if (waiting?.reason) tally.reason = waiting.reason;
    else if (terminated) tally.reason = endReason(terminated);
    else if (container.ready && runs) {
      running = true;
      tally.ready += 1;
    }
  }
  if (tally.reason === "Completed" && running)
    tally.reason = isTrue(status.conditions, "Ready") ? "Running" : "NotReady";
}

function noteRestarts(status: ContainerStatus, tally: Tally): void {
  tally.restarts += status.restartCount ?? 0;
  const finished = status.lastState?.terminated?.finishedAt ?? "";
  if (finished > tally.lastRestart) tally.lastRestart = finished;
}

function isTrue(conditions: Condition[] | undefined, type: string): boolean {
  return conditions?.some((condition) => condition.type === type && condition.status === "True") ?? false;
}

const onTheWay = new Set([
  "Pending",
  "ContainerCreating",
  "PodInitializing",
  "Terminating",
  "SchedulingGated",
]);

function healthOf(status: string, isReady: boolean): Health {
  if (status === "Running") return isReady ? "OK" : "WARNING";
  if (status === "Completed" || status === "Succeeded") return "NONE";
  if (status === "NotReady") return "WARNING";
  return onTheWay.has(status) || /^Init:\d+\/\d+$/.test(status) ? "PROGRESS" : "ERROR";
}
