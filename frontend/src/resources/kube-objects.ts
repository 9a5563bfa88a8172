/** The parts of Kubernetes objects that pages read; everything else passes through untouched. */
export interface KubeObject {
  apiVersion?: string;
  kind?: string;
  metadata: ObjectMeta;
  [field: string]: unknown;
}

export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean }[];
}

export interface Condition {
  type: string;
  status: "True" | "False" | "Unknown";
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

export interface KubeEvent extends KubeObject {
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count?: number; lastObservedTime?: string };
  involvedObject: { kind?: string; name?: string; uid?: string };
}

interface ContainerStatus {
  name: string;
  ready?: boolean;
  restartCount?: number;
  state?: ContainerState;
  lastState?: ContainerState;
}

interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: { reason?: string; message?: string; exitCode?: number };
}

export interface Pod extends KubeObject {
  spec?: { nodeName?: string; containers: { name: string }[]; initContainers?: { name: string }[] };
  status?: {
    phase?: string;
    podIP?: string;
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
    conditions?: Condition[];
  };
}

/** When an Event was last seen, RFC 3339. */
export function eventTime(event: KubeEvent): string {
  return (
    event.series?.lastObservedTime ??
    event.lastTimestamp ??
    event.eventTime ??
    event.metadata.creationTimestamp ??
    ""
  );
}

/** A pod's state in the word that kubectl prints: a container's trouble counts more than the phase. Pure. */
export function podState(pod: Pod): string {
  if (pod.metadata.deletionTimestamp !== undefined) return "Terminating";
  for (const { state } of pod.status?.initContainerStatuses ?? []) {
    const reason =
      state?.waiting?.reason ?? (state?.terminated?.exitCode ? state.terminated.reason : undefined);
    if (reason !== undefined && reason !== "PodInitializing") return `Init:${reason}`;
  }
  for (const { state } of pod.status?.containerStatuses ?? []) {
    const reason = state?.waiting?.reason ?? state?.terminated?.reason;
    if (reason !== undefined) return reason;
  }
  return pod.status?.phase ?? "Unknown";
}

/** "ready/all" of a pod's containers. */
export function readyContainers(pod: Pod): string {
  const statuses = pod.status?.containerStatuses ?? [];
  return `${statuses.filter(({ ready }) => ready).length}/${pod.spec?.containers.length ?? 0}`;
}
