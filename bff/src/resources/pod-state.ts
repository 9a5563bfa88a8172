import type { ObjectMeta } from "@kyma/kube/objects.ts";
import type { Health, ObjectState } from "./object-state.ts";

interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: object;
  terminated?: {
    reason?: string;
    message?: string;
    exitCode?: number;
    signal?: number;
    finishedAt?: string;
  };
}
interface ContainerStatus {
  name: string;
  ready?: boolean;
  restartCount?: number;
  started?: boolean;
  state?: ContainerState;
  lastState?: ContainerState;
}
interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}
interface InitContainer {
  name: string;
  restartPolicy?: string;
}
/** The parts of a Pod that its state follows from. */
interface PodParts {
  metadata: Pick<ObjectMeta, "deletionTimestamp">;
  spec?: { containers?: unknown[]; initContainers?: InitContainer[] };
  status?: PodStatus;
}
interface PodStatus {
  phase?: string;
  reason?: string;
  message?: string;
  initContainerStatuses?: ContainerStatus[];
  containerStatuses?: ContainerStatus[];
  conditions?: Condition[];
}

/** The column STATUS of `kubectl get pods`, with the sentence of what stands behind it. Pure. */
export function podState(pod: PodParts): ObjectState {
  const { status = {} } = pod;
  const { reason, container, restarts } = tallyOf(pod);
  const sentence = container ? containerSentence(container) : conditionSentence(status);
  const restarted = restarts ? `Restarted ${times(restarts)}.` : null;
  return { word: reason, health: healthOf(reason, status), sentence: sentence ?? restarted };
}

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
  /** The one whose state the reason is. */
  container: ContainerStatus | undefined;
  ready: number;
  restarts: number;
  sidecarRestarts: number;
  lastRestart: string;
  initializing: boolean;
}

/** What kubectl prints for a pod; pure. */
export function podSummary(pod: PodParts): PodSummary {
  const { status = {}, spec } = pod;
  const tally = tallyOf(pod);
  const sidecars = (spec?.initContainers ?? []).filter(isSidecar);
  return {
    status: tally.reason,
    readyContainers: tally.ready,
    containers: (spec?.containers ?? []).length + sidecars.length,
    restarts: tally.restarts,
    lastRestart: tally.lastRestart || null,
    isReady: isTrue(status.conditions, "Ready"),
    health: healthOf(tally.reason, status),
  };
}

/** Follows the API server's own printer step by step. */
function tallyOf(pod: PodParts): Tally {
  const { status = {}, metadata } = pod;
  const tally: Tally = {
    reason: startReason(pod),
    container: undefined,
    ready: 0,
    restarts: 0,
    sidecarRestarts: 0,
    lastRestart: "",
    initializing: false,
  };
  countInit(pod, tally);
  if (!tally.initializing || isTrue(status.conditions, "Initialized")) countMain(pod, tally);
  const isOver = status.phase === "Succeeded" || status.phase === "Failed";
  if (metadata.deletionTimestamp !== undefined) {
    if (status.reason === "NodeLost") tally.reason = "Unknown";
    else if (!isOver) tally.reason = "Terminating";
  }
  return tally;
}

/** An init container that keeps running beside the others. */
export function isSidecar(container: { restartPolicy?: string }): boolean {
  return container.restartPolicy === "Always";
}

function startReason({ status = {} }: PodParts): string {
  const gated = status.conditions?.some(
    ({ type, reason }) => type === "PodScheduled" && reason === "SchedulingGated",
  );
  if (gated) return "SchedulingGated";
  return status.reason || status.phase || "Unknown";
}

function countInit(pod: PodParts, tally: Tally): void {
  const specs = new Map((pod.spec?.initContainers ?? []).map((container) => [container.name, container]));
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
    const reason = initReason(status.state);
    tally.reason = `Init:${reason ?? `${index}/${specs.size}`}`;
    tally.container = reason === undefined ? undefined : status;
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

function countMain(pod: PodParts, tally: Tally): void {
  const { status = {} } = pod;
  let running = false;
  tally.restarts = tally.sidecarRestarts;
  for (const container of (status.containerStatuses ?? []).toReversed()) {
    noteRestarts(container, tally);
    const { waiting, terminated, running: runs } = container.state ?? {};
    const reason = waiting?.reason || (terminated && endReason(terminated));
    if (reason) {
      tally.reason = reason;
      tally.container = container;
    } else if (container.ready && runs) {
      running = true;
      tally.ready += 1;
    }
  }
  if (tally.reason === "Completed" && running) {
    tally.reason = isTrue(status.conditions, "Ready") ? "Running" : "NotReady";
    tally.container = undefined;
  }
}

function noteRestarts(status: ContainerStatus, tally: Tally): void {
  tally.restarts += status.restartCount ?? 0;
  const finished = status.lastState?.terminated?.finishedAt ?? "";
  if (finished > tally.lastRestart) tally.lastRestart = finished;
}

function isTrue(conditions: Condition[] | undefined, type: string): boolean {
  return conditions?.some((condition) => condition.type === type && condition.status === "True") ?? false;
}

function containerSentence({ name, state, lastState, restartCount = 0 }: ContainerStatus): string | null {
  const message = state?.waiting?.message ?? state?.terminated?.message;
  const ended = state?.terminated ?? lastState?.terminated;
  if (state?.terminated?.exitCode === 0) return null;
  const parts = [
    message?.trim(),
    ended
      ? `Container ${name} ended with exit code ${ended.exitCode ?? 0}${ended.reason ? ` (${ended.reason})` : ""}`
      : undefined,
    restartCount ? `restarted ${times(restartCount)}` : undefined,
  ].filter(Boolean);
  return parts.length ? parts.join("; ").slice(0, 500) : null;
}

function conditionSentence({ phase, message, conditions = [] }: PodStatus): string | null {
  if (message) return message;
  const order = phase === "Pending" ? ["PodScheduled", "Initialized", "ContainersReady"] : ["Ready"];
  const bad = order.flatMap(
    (type) => conditions.find((one) => one.type === type && one.status === "False") ?? [],
  )[0];
  return phase === "Succeeded" ? null : (bad?.message ?? null);
}

function times(count: number): string {
  return count === 1 ? "1 time" : `${count} times`;
}

const onTheWay = new Set([
  "Pending",
  "ContainerCreating",
  "PodInitializing",
  "Terminating",
  "SchedulingGated",
]);

function healthOf(word: string, { phase, conditions }: PodStatus): Health {
  if (word === "Running") return isTrue(conditions, "Ready") ? "OK" : "WARNING";
  if (phase === "Failed") return "ERROR";
  if (word === "Completed" || word === "Succeeded") return "NONE";
  if (word === "NotReady") return "WARNING";
  const isStarting = onTheWay.has(word.replace("Init:", "")) || /^Init:\d+\/\d+$/.test(word);
  return isStarting ? "PROGRESS" : "ERROR";
}
