import type { ContainerStatus, KubeEvent, Pod, TerminatedState } from "./kinds.ts";
import { dependenciesContainer, functionContainer } from "./pod-template.ts";

/** `overdue` fails once the roll-out's deadline has passed; `waiting` never does, for time may well be all it takes. */
export type Severity = "failed" | "overdue" | "waiting";

/** Why a pod does not serve. */
export interface Trouble {
  /** One or two sentences. */
  cause: string;
  severity: Severity;
}

/** Limits of the pod's container, for sentences about memory. */
export interface TroubleContext {
  memoryLimit?: string | undefined;
  /** Mount failures; the newest says what is missing. */
  mountEvents: readonly KubeEvent[];
  now: number;
}

/** A container that is not up by then is said to hang. */
export const slowStartMs = 15_000;

/** The most telling trouble of the pods, failures before waiting; undefined when all is well or nothing is known. */
export function troubleOf(pods: readonly Pod[], context: TroubleContext): Trouble | undefined {
  const troubles = pods
    .filter((pod) => pod.metadata.deletionTimestamp === undefined)
    .map((pod) => podTrouble(pod, context))
    .filter((trouble) => trouble !== undefined);
  return troubles.find((trouble) => trouble.severity === "failed") ?? troubles[0];
}

function podTrouble(pod: Pod, context: TroubleContext): Trouble | undefined {
  const status = pod.status ?? {};
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  for (const container of containers) {
    const trouble = containerTrouble(container, context);
    if (trouble !== undefined) return trouble;
  }
  if (status.phase === "Failed") {
    return {
      cause: sentence(`The pod failed: ${status.message ?? status.reason ?? "no reason given"}`),
      severity: "failed",
    };
  }
  return mountTrouble(pod, context) ?? schedulingTrouble(pod) ?? startTrouble(containers, context);
}

function containerTrouble(container: ContainerStatus, context: TroubleContext): Trouble | undefined {
  const { waiting, terminated } = container.state ?? {};
  if (terminated !== undefined && terminated.exitCode !== 0) return ended(container, terminated, context);
  const last = container.lastState?.terminated;
  // Between two tries the state says only "waiting"; why it ended stands in the last state.
  if (last !== undefined && container.ready !== true) return ended(container, last, context);
  if (waiting === undefined || harmlessWaits.has(waiting.reason ?? "")) return undefined;
  const detail = waiting.message ?? waiting.reason ?? "";
  if (waiting.reason === "CreateContainerConfigError") {
    return { cause: sentence(`The pod cannot start: ${missingObject(detail)}`), severity: "failed" };
  }
  if (imageWaits.has(waiting.reason ?? "")) {
    return {
      cause: sentence(`The image cannot be pulled (${waiting.reason}): ${detail}`),
      severity: "failed",
    };
  }
  return { cause: sentence(`The pod cannot start (${waiting.reason}): ${detail}`), severity: "failed" };
}

const harmlessWaits = new Set(["", "ContainerCreating", "PodInitializing"]);
const imageWaits = new Set(["ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull"]);

/** What happened to a container that ended. */
function ended(
  container: ContainerStatus,
  state: TerminatedState,
  context: TroubleContext,
): Trouble | undefined {
  return { cause: endOf(container.name, state, context.memoryLimit), severity: "failed" };
}

/** Says how a container ended, from its termination message if it left one. */
export function endOf(name: string, state: TerminatedState, memoryLimit: string | undefined): string {
  const installing = name === dependenciesContainer;
  const who = installing ? "The installation of the dependencies" : containerText(name);
  if (state.reason === "OOMKilled") {
    const limit =
      memoryLimit === undefined || installing ? "its memory limit" : `its memory limit of ${memoryLimit}`;
    return `${who} used up ${limit} and was killed (OOMKilled): choose a larger profile or use less memory.`;
  }
  const message = lastWords(state.message);
  if (message !== undefined) return installing ? `Dependencies could not be installed: ${message}` : message;
  const signal = state.signal ?? (state.exitCode > 128 ? state.exitCode - 128 : undefined);
  if (signal === 9 || signal === 15) {
    return `${who} was killed (exit code ${state.exitCode}); it may not have answered its health check in time.`;
  }
  return `${who} ended with exit code ${state.exitCode}; see its log.`;
}

function mountTrouble(pod: Pod, { mountEvents }: TroubleContext): Trouble | undefined {
  const started = pod.status?.conditions?.some(
    ({ type, status }) => type === "Initialized" && status === "True",
  );
  const creating = pod.status?.containerStatuses?.every(({ state }) => state?.waiting !== undefined) ?? true;
  if (!creating && started) return undefined;
  const event = mountEvents.findLast(({ involvedObject }) => involvedObject?.uid === pod.metadata.uid);
  if (event === undefined) return undefined;
  return {
    cause: sentence(`The pod cannot start: ${missingObject(event.message ?? "a volume cannot be mounted")}`),
    severity: "failed",
  };
}

function schedulingTrouble(pod: Pod): Trouble | undefined {
  const scheduled = pod.status?.conditions?.find(({ type }) => type === "PodScheduled");
  if (scheduled?.status !== "False") return undefined;
  return {
    cause: sentence(`No node takes the pod: ${scheduled.message ?? scheduled.reason ?? ""}`),
    severity: "overdue",
  };
}

function startTrouble(containers: readonly ContainerStatus[], { now }: TroubleContext): Trouble | undefined {
  const running = containers.find(({ ready, state }) => ready !== true && state?.running !== undefined);
  if (running === undefined) return undefined;
  if (running.name === dependenciesContainer)
    return { cause: "The dependencies are being installed.", severity: "waiting" };
  if (running.name !== functionContainer) return undefined;
  if (running.started === true) {
    return { cause: "The Function started but does not answer its health check.", severity: "overdue" };
  }
  const age = now - Date.parse(running.state?.running?.startedAt ?? "");
  if (!(age >= slowStartMs)) return undefined;
  const cause =
    "The Function's process runs but does not answer /healthz yet: does its source block while it is loaded?";
  return { cause, severity: "failed" };
}

function containerText(name: string): string {
  return name === functionContainer ? "The Function's process" : `Container ${name}`;
}

/** The kubelet says `secret "x" not found`, wrapped in much else. */
function missingObject(text: string): string {
  const found = /(secret|configmap) "([^"]+)" not found/i.exec(text);
  if (found === null) return text;
  const [, kind = "", name = ""] = found;
  return `${kind.toLowerCase() === "secret" ? "Secret" : "ConfigMap"} "${name}" does not exist`;
}

/** The last lines of a termination message, at most 2,000 characters. */
function lastWords(message: string | undefined): string | undefined {
  const text = message?.trim().slice(-2000).trim();
  return text ? sentence(text) : undefined;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
