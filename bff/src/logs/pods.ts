import type { KubeObject } from "@kyma/kube/objects.ts";

/** What is read of a pod. */
export interface LogPod extends KubeObject {
  spec?: { containers?: Named[]; initContainers?: Named[]; ephemeralContainers?: Named[] };
  status?: {
    phase?: string;
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
    ephemeralContainerStatuses?: ContainerStatus[];
  };
}
interface Named {
  name: string;
}
interface ContainerStatus extends Named {
  restartCount?: number;
  state?: { waiting?: { reason?: string; message?: string }; running?: object; terminated?: object };
  lastState?: { terminated?: object };
}

export type ContainerKind = "INIT" | "MAIN" | "EPHEMERAL";

/** A container as far as its log matters. */
export interface LogContainer {
  /** Stays the same over restarts: pod uid / container. */
  key: string;
  namespace: string;
  pod: string;
  container: string;
  kind: ContainerKind;
  restarts: number;
  /** WAITING: nothing to read yet. */
  phase: "WAITING" | "RUNNING" | "ENDED";
  /** Why it waits. */
  message: string | undefined;
  hasPrevious: boolean;
}

/** The containers of a pod, those that initialise first. Pure. */
export function containersOf(pod: LogPod): LogContainer[] {
  const { spec = {}, status = {} } = pod;
  const sets = [
    ["INIT", spec.initContainers, status.initContainerStatuses],
    ["MAIN", spec.containers, status.containerStatuses],
    ["EPHEMERAL", spec.ephemeralContainers, status.ephemeralContainerStatuses],
  ] as const;
  return sets.flatMap(([kind, named, statuses]) =>
    (named ?? []).map(({ name }) =>
      toContainer(
        pod,
        kind,
        name,
        statuses?.find((status) => status.name === name),
      ),
    ),
  );
}

function toContainer(
  pod: LogPod,
  kind: ContainerKind,
  name: string,
  status: ContainerStatus | undefined,
): LogContainer {
  const { uid = "", namespace = "", name: podName } = pod.metadata;
  const { state = {}, lastState = {}, restartCount = 0 } = status ?? {};
  const ended = state.terminated ?? lastState.terminated;
  const { reason, message } = state.waiting ?? {};
  return {
    key: `${uid}/${name}`,
    namespace,
    pod: podName,
    container: name,
    kind,
    restarts: restartCount,
    phase: state.running ? "RUNNING" : ended ? "ENDED" : "WAITING",
    message: reason ? `${reason}${message ? `: ${message}` : ""}` : undefined,
    hasPrevious: restartCount > 0 || (state.running !== undefined && lastState.terminated !== undefined),
  };
}
