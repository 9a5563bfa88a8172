import type { UnknownObject } from "@kyma/kube/objects.ts";
import type { ObjectState } from "./object-state.ts";

interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: object;
  terminated?: { reason?: string; message?: string; exitCode?: number; signal?: number };
}
interface ContainerStatus {
  name: string;
  ready?: boolean;
  restartCount?: number;
  started?: boolean;
  state?: ContainerState;
  lastState?: ContainerState;
}
interface PodParts {
  spec?: { initContainers?: { name: string; restartPolicy?: string }[]; readinessGates?: unknown[] };
  status?: {
    phase?: string;
    reason?: string;
    message?: string;
    initContainerStatuses?: ContainerStatus[];
    containerStatuses?: ContainerStatus[];
    conditions?: { type: string; status: string; reason?: string; message?: string }[];
  };
}

/** The word that kubectl prints in STATUS, with the sentence of what stands behind it. Pure. */
export function podState(pod: UnknownObject): ObjectState {
  const { status = {} } = pod as unknown as PodParts;
  const { word, container } = podWord(pod as unknown as PodParts);
  const restarts = (status.containerStatuses ?? []).reduce(
    (sum, { restartCount = 0 }) => sum + restartCount,
    0,
  );
  const sentence = container ? containerSentence(container) : conditionSentence(status);
  const all = sentence ?? (restarts ? `Restarted ${restarts} ${restarts === 1 ? "time" : "times"}.` : null);
  return { word, health: health(word, status), sentence: all };
}

/** As kubectl's printer decides: trouble of an init container, then of a container, then the phase. */
function podWord({ spec, status = {} }: PodParts): { word: string; container?: ContainerStatus } {
  const init = initWord(spec, status.initContainerStatuses ?? []);
  if (init) return init;
  const statuses = status.containerStatuses ?? [];
  let word = status.reason || status.phase || "Unknown";
  let troubled: ContainerStatus | undefined;
  for (const container of statuses.toReversed()) {
    const reason = stateWord(container.state);
    if (reason === undefined) continue;
    word = reason;
    troubled = container;
  }
  if (word === "Completed" && statuses.some(({ ready, state }) => ready && state?.running)) {
    const ready = status.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True");
    return { word: ready ? "Running" : "NotReady" };
  }
  return troubled ? { word, container: troubled } : { word };
}

function initWord(
  spec: PodParts["spec"],
  statuses: ContainerStatus[],
): { word: string; container?: ContainerStatus } | undefined {
  const all = spec?.initContainers ?? [];
  for (const [index, container] of statuses.entries()) {
    const sidecar = all.find(({ name }) => name === container.name)?.restartPolicy === "Always";
    if (container.state?.terminated?.exitCode === 0 || (sidecar && container.started)) continue;
    const reason = stateWord(container.state);
    if (reason !== undefined && reason !== "PodInitializing") return { word: `Init:${reason}`, container };
    return { word: `Init:${index}/${all.length}` };
  }
  return undefined;
}

function stateWord(state: ContainerState | undefined): string | undefined {
  if (state?.waiting?.reason) return state.waiting.reason;
  const ended = state?.terminated;
  if (!ended) return undefined;
  return ended.reason || (ended.signal ? `Signal:${ended.signal}` : `ExitCode:${ended.exitCode ?? 0}`);
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
    restartCount ? `restarted ${restartCount} ${restartCount === 1 ? "time" : "times"}` : undefined,
  ].filter(Boolean);
  return parts.length ? parts.join("; ").slice(0, 500) : null;
}

function conditionSentence({
  phase,
  message,
  conditions = [],
}: NonNullable<PodParts["status"]>): string | null {
  if (message) return message;
  const order = phase === "Pending" ? ["PodScheduled", "Initialized", "ContainersReady"] : ["Ready"];
  const bad = order.flatMap(
    (type) => conditions.find((one) => one.type === type && one.status === "False") ?? [],
  )[0];
  return phase === "Succeeded" ? null : (bad?.message ?? null);
}

const failing =
  /BackOff|Err|Invalid|Failed|OOMKilled|Evicted|^Unknown$|NodeLost|ContainerCannotRun|DeadlineExceeded|ExitCode:[^0]|Signal:/;

function health(
  word: string,
  { phase, conditions = [] }: NonNullable<PodParts["status"]>,
): ObjectState["health"] {
  if (failing.test(word) || phase === "Failed") return "ERROR";
  if (word === "Completed" || word === "Succeeded") return "NONE";
  if (word === "Running") {
    return conditions.some(({ type, status }) => type === "Ready" && status === "False") ? "PROGRESS" : "OK";
  }
  return word === "NotReady" ? "WARNING" : "PROGRESS";
}
