import { isSidecar } from "../resources/pod-state.ts";
import type { Container, ContainerStatus, Pod, Terminated } from "./workload-objects.ts";

/** What a container does, what that means, and what a person can do about it. */
export interface ContainerWords {
  /** Running, Waiting or Terminated, with kubectl's reason: "Waiting: CrashLoopBackOff". */
  state: string;
  /** One sentence; null when all is well. */
  explanation: string | null;
  /** What to do; null when there is nothing. */
  advice: string | null;
}

/** Puts a container's state into plain words; pure. */
export function containerWords(container: Container, status: ContainerStatus | undefined): ContainerWords {
  const { waiting, terminated, running } = status?.state ?? {};
  if (running) return runningWords(container, status);
  if (terminated)
    return {
      state: `Terminated: ${endName(terminated)}`,
      explanation: terminated.exitCode === 0 ? null : endSentence(container, terminated),
      advice: terminated.exitCode === 0 ? null : endAdvice(terminated),
    };
  const reason = waiting?.reason ?? "";
  const words = waitingWords(container, status, reason);
  return {
    state: reason ? `Waiting: ${reason}` : "Waiting",
    explanation: withMessage(words.explanation, ownMessage(waiting?.message)),
    advice: words.advice,
  };
}

function runningWords(container: Container, status: ContainerStatus | undefined): ContainerWords {
  const state = "Running";
  if (status?.ready) {
    const last = status.lastState?.terminated;
    if (!last || !status.restartCount) return { state, explanation: null, advice: null };
    return {
      state,
      explanation: `It runs again after ${times(status.restartCount)}. The last run ended like this: ${endSentence(container, last)}`,
      advice: endAdvice(last),
    };
  }
  if (status?.started === false && container.startupProbe)
    return { state, explanation: "It runs, but its startup probe has not succeeded yet.", advice: null };
  if (container.readinessProbe)
    return {
      state,
      explanation:
        "It runs, but is not ready: its readiness probe does not succeed, so Services send it no requests.",
      advice: "The Events say what the probe got; the log says what the container does meanwhile.",
    };
  return { state, explanation: null, advice: null };
}

function times(count: number): string {
  return count === 1 ? "1 restart" : `${count} restarts`;
}

function withMessage(sentence: string | null, message: string | undefined): string | null {
  if (!message) return sentence;
  return sentence === null ? message : `${sentence} ${message}`;
}

/** "back-off 5m0s restarting failed container=…" says nothing that the reason does not. */
function ownMessage(message: string | undefined): string | undefined {
  return message !== undefined && /^back-off /i.test(message) && !/: /.test(message) ? undefined : message;
}

type Words = Omit<ContainerWords, "state">;

const imageAdvice =
  "Check the image's name and tag for typing errors, that the registry has it, and that the pod names a pull Secret if the registry is private.";

const waitingReasons: Record<string, Words> = {
  ContainerCreating: { explanation: "It is being created.", advice: null },
  PodInitializing: { explanation: "It starts when the init containers are done.", advice: null },
  ErrImagePull: { explanation: "Its image could not be pulled.", advice: imageAdvice },
  ImagePullBackOff: {
    explanation: "Its image could not be pulled; Kubernetes waits a while before it tries again.",
    advice: imageAdvice,
  },
  InvalidImageName: {
    explanation: "The name of its image is not valid.",
    advice: "Correct the image's name.",
  },
  ErrImageNeverPull: {
    explanation: "Its image is not on the node, and its pull policy Never forbids to pull it.",
    advice: "Put the image on the node or change imagePullPolicy.",
  },
  CreateContainerConfigError: {
    explanation:
      "It cannot be configured, most often because a ConfigMap, a Secret or a key in one is missing.",
    advice: "Create what the message names, or mark the reference as optional.",
  },
  CreateContainerError: {
    explanation: "The container runtime could not create it.",
    advice: "Check its command, mounts and security context.",
  },
  RunContainerError: {
    explanation: "The container runtime could not start it.",
    advice: "Check its command and its mounts.",
  },
};

function waitingWords(container: Container, status: ContainerStatus | undefined, reason: string): Words {
  if (reason !== "CrashLoopBackOff") {
    const known = waitingReasons[reason];
    if (known) return known;
    return { explanation: reason ? null : "It has not started yet.", advice: null };
  }
  const last = status?.lastState?.terminated;
  const before = last ? ` The last run ended like this: ${endSentence(container, last)}` : "";
  return {
    explanation: `It ends again and again (${times(status?.restartCount ?? 0)}), so Kubernetes waits longer each time before it starts it anew.${before}`,
    advice:
      last && isKilledForMemory(last)
        ? endAdvice(last)
        : "Read the log of the previous run; its last lines mostly say why it ended.",
  };
}

function isKilledForMemory({ reason }: Terminated): boolean {
  return reason === "OOMKilled";
}

/** "OOMKilled, exit code 137" */
export function endName({ reason, exitCode, signal }: Terminated): string {
  const code = signal ? `signal ${signal}` : `exit code ${exitCode ?? 0}`;
  return reason && reason !== "Completed" ? `${reason}, ${code}` : reason ? "Completed" : code;
}

const exitCodes: Record<number, string> = {
  126: "its command could not be executed (exit code 126)",
  127: "its command was not found in the image (exit code 127)",
  134: "it aborted itself (SIGABRT, exit code 134)",
  137: "it was killed (SIGKILL, exit code 137)",
  139: "it crashed on a bad memory access (SIGSEGV, exit code 139)",
  143: "it was asked to end (SIGTERM, exit code 143)",
};

function endSentence(container: Container, end: Terminated): string {
  const said = end.message ? ` It said: ${end.message.trim()}` : "";
  return `${capital(endCause(container, end))}.${said}`;
}

function endCause(container: Container, end: Terminated): string {
  const limit = container.resources?.limits?.["memory"];
  if (isKilledForMemory(end))
    return `it used more memory than ${limit ? `its limit of ${limit} allows` : "the node could give"} and was killed (OOMKilled)`;
  if (end.reason === "DeadlineExceeded") return "it ran longer than it was allowed to";
  if (end.reason === "ContainerCannotRun" || end.reason === "StartError")
    return "the container runtime could not start it";
  const code = end.exitCode ?? 0;
  if (code === 0) return "it ended by itself without an error (exit code 0)";
  return (
    exitCodes[code] ??
    (end.signal ? `it was ended by signal ${end.signal}` : `it ended with an error (exit code ${code})`)
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function endAdvice(end: Terminated): string {
  if (isKilledForMemory(end)) return "Raise resources.limits.memory, or find out what uses so much.";
  if (
    end.reason === "ContainerCannotRun" ||
    end.reason === "StartError" ||
    end.exitCode === 126 ||
    end.exitCode === 127
  )
    return "Check the container's command and whether the image holds it.";
  if (end.exitCode === 137)
    return "A failing liveness probe or a node short of memory can be the cause: see the Events.";
  if (end.exitCode === 0) return "A container of this pod is expected to keep running; check its command.";
  return "Its log says why.";
}

/** In one sentence, why a pod is not ready; null when it is, or has done its work. Pure. */
export function podTrouble(pod: Pod): string | null {
  const { status = {}, spec } = pod;
  if (status.phase === "Succeeded") return null;
  if (status.conditions?.some(({ type, status: value }) => type === "Ready" && value === "True")) return null;
  if (pod.metadata.deletionTimestamp !== undefined) return "It is being deleted.";
  if (status.phase === "Failed" && status.reason)
    return withMessage(`${status.reason}.`, status.message) ?? status.reason;
  const scheduled = status.conditions?.find(({ type }) => type === "PodScheduled");
  if (scheduled?.status === "False")
    return `No node takes it${scheduled.message ? `: ${scheduled.message}` : "."}`;
  const inits = (spec.initContainers ?? []).filter((container) => !isSidecar(container));
  return (
    troubleIn(inits, status.initContainerStatuses, "Init container") ??
    troubleIn(
      [...(spec.initContainers ?? []).filter(isSidecar), ...spec.containers],
      [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])],
      "Container",
    ) ??
    gateTrouble(pod) ??
    (spec.nodeName ? "It is starting." : "It waits for a node.")
  );
}

function troubleIn(
  containers: Container[],
  statuses: ContainerStatus[] | undefined,
  what: string,
): string | null {
  for (const container of containers) {
    const status = statuses?.find(({ name }) => name === container.name);
    if (!status || status.ready || status.state?.terminated?.exitCode === 0) continue;
    if (status.state?.waiting?.reason === "PodInitializing") continue;
    const { explanation } = containerWords(container, status);
    if (explanation !== null) return `${what} ${container.name}: ${explanation}`;
  }
  return null;
}

function gateTrouble({ spec, status }: Pod): string | null {
  const missing = (spec.readinessGates ?? []).filter(
    ({ conditionType }) =>
      !status?.conditions?.some(({ type, status: value }) => type === conditionType && value === "True"),
  );
  const [first] = missing;
  return first ? `Its readiness gate ${first.conditionType} is not met.` : null;
}
