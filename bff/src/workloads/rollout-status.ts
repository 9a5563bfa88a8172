import { podTrouble } from "./container-state.ts";
import { podSummary } from "../resources/pod-state.ts";
import type { Condition, Pod, Workload } from "./workload-objects.ts";

type RolloutState = "COMPLETE" | "PROGRESSING" | "STUCK" | "PAUSED" | "UNKNOWN";

export interface RolloutProblem {
  /** Null when it is about the workload itself. */
  pod: string | null;
  /** kubectl's word for it, e.g. CrashLoopBackOff. */
  reason: string;
  message: string;
}

/** How far a rollout has come. */
export interface Rollout {
  state: RolloutState;
  /** What `kubectl rollout status` prints. */
  sentence: string;
  /** What holds it up, the most telling first. */
  problems: RolloutProblem[];
}

export interface Replicas {
  desired: number;
  current: number;
  updated: number;
  ready: number;
  available: number;
}

/** The numbers that every kind of workload has under names of its own; pure. */
export function replicasOf({ kind, spec, status = {} }: Workload): Replicas {
  if (kind === "DaemonSet") {
    return {
      desired: status.desiredNumberScheduled ?? 0,
      current: status.currentNumberScheduled ?? 0,
      updated: status.updatedNumberScheduled ?? 0,
      ready: status.numberReady ?? 0,
      available: status.numberAvailable ?? 0,
    };
  }
  const current = status.replicas ?? 0;
  return {
    desired: spec.replicas ?? 1,
    current,
    updated: kind === "ReplicaSet" ? current : (status.updatedReplicas ?? 0),
    ready: status.readyReplicas ?? 0,
    available: status.availableReplicas ?? 0,
  };
}

type Progress = Pick<Rollout, "state" | "sentence">;

/** The rollout of a Deployment, StatefulSet, DaemonSet or ReplicaSet with the pods that it has; pure. */
export function rolloutOf(workload: Workload, pods: readonly Pod[]): Rollout {
  const progress = progressOf(workload);
  if (progress.state === "COMPLETE") return { ...progress, problems: [] };
  const problems = [...conditionProblems(workload), ...podProblems(pods)];
  const stuck = progress.state === "PROGRESSING" && problems.length > 0;
  return { ...progress, ...(stuck ? { state: "STUCK" as const } : {}), problems };
}

function progressOf(workload: Workload): Progress {
  const { kind } = workload;
  if (kind === "Deployment") return deploymentProgress(workload);
  if (kind === "StatefulSet") return statefulSetProgress(workload);
  if (kind === "DaemonSet") return daemonSetProgress(workload);
  return replicaSetProgress(workload);
}

const working = (sentence: string): Progress => ({ state: "PROGRESSING", sentence });
const done = (sentence: string): Progress => ({ state: "COMPLETE", sentence });

function deploymentProgress(workload: Workload): Progress {
  const { metadata, spec, status = {} } = workload;
  const { desired, current, updated, available } = replicasOf(workload);
  const name = `"${metadata.name}"`;
  if (!isObserved(workload)) return working("Waiting for deployment spec update to be observed...");
  const timedOut = findCondition(status.conditions, "Progressing")?.reason === "ProgressDeadlineExceeded";
  if (timedOut) return { state: "STUCK", sentence: `deployment ${name} exceeded its progress deadline` };
  const waiting = `Waiting for deployment ${name} rollout to finish:`;
  if (updated < desired) {
    const sentence = `${waiting} ${updated} out of ${desired} new replicas have been updated...`;
    return spec.paused ? { state: "PAUSED", sentence } : working(sentence);
  }
  if (current > updated)
    return working(`${waiting} ${current - updated} old replicas are pending termination...`);
  if (available < updated)
    return working(`${waiting} ${available} of ${updated} updated replicas are available...`);
  return done(`deployment ${name} successfully rolled out`);
}

function statefulSetProgress(workload: Workload): Progress {
  const { spec, status = {} } = workload;
  const { desired, updated, ready } = replicasOf(workload);
  const { type = "RollingUpdate", rollingUpdate } = spec.updateStrategy ?? {};
  if (type !== "RollingUpdate") return untracked(type, ready >= desired);
  if (!isObserved(workload) || !status.observedGeneration)
    return working("Waiting for statefulset spec update to be observed...");
  if (ready < desired) return working(`Waiting for ${desired - ready} pods to be ready...`);
  const partition = rollingUpdate?.partition;
  if (partition !== undefined) {
    const wanted = desired - partition;
    if (updated < wanted)
      return working(
        `Waiting for partitioned roll out to finish: ${updated} out of ${wanted} new pods have been updated...`,
      );
    return done(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  if (status.updateRevision !== status.currentRevision)
    return working(
      `waiting for statefulset rolling update to complete ${updated} pods at revision ${status.updateRevision ?? ""}...`,
    );
  return done(
    `statefulset rolling update complete ${status.currentReplicas ?? 0} pods at revision ${status.currentRevision ?? ""}...`,
  );
}

function daemonSetProgress(workload: Workload): Progress {
  const { type = "RollingUpdate" } = workload.spec.updateStrategy ?? {};
  const { desired, updated, available } = replicasOf(workload);
  if (type !== "RollingUpdate") return untracked(type, available >= desired);
  const name = `"${workload.metadata.name}"`;
  if (!isObserved(workload)) return working("Waiting for daemon set spec update to be observed...");
  const waiting = `Waiting for daemon set ${name} rollout to finish:`;
  if (updated < desired)
    return working(`${waiting} ${updated} out of ${desired} new pods have been updated...`);
  if (available < desired)
    return working(`${waiting} ${available} of ${desired} updated pods are available...`);
  return done(`daemon set ${name} successfully rolled out`);
}

function replicaSetProgress(workload: Workload): Progress {
  const { desired, available } = replicasOf(workload);
  const sentence = `${available} of ${desired} replicas are available`;
  return available >= desired && isObserved(workload) ? done(sentence) : working(`${sentence}...`);
}

/** kubectl refuses to tell for OnDelete; what is known is whether the pods are there. */
function untracked(type: string, allThere: boolean): Progress {
  const sentence = `rollout status is not tracked for strategy ${type}: pods get a new template when they are deleted`;
  return { state: allThere ? "UNKNOWN" : "PROGRESSING", sentence };
}

function isObserved({ metadata, status }: Workload): boolean {
  return (metadata.generation ?? 0) <= (status?.observedGeneration ?? 0);
}

function findCondition(conditions: Condition[] | undefined, type: string): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}

function conditionProblems({ status }: Workload): RolloutProblem[] {
  const failure = findCondition(status?.conditions, "ReplicaFailure");
  if (failure?.status !== "True") return [];
  return [
    {
      pod: null,
      reason: failure.reason ?? "ReplicaFailure",
      message: failure.message ?? "Pods cannot be created.",
    },
  ];
}

const mostProblems = 5;

/** Pods in trouble; those that are merely on their way are none. */
function podProblems(pods: readonly Pod[]): RolloutProblem[] {
  const problems: RolloutProblem[] = [];
  for (const pod of pods) {
    if (problems.length >= mostProblems) break;
    const { status, health } = podSummary(pod);
    const unschedulable = findCondition(pod.status?.conditions, "PodScheduled")?.reason === "Unschedulable";
    if (health !== "ERROR" && !unschedulable) continue;
    const reason = unschedulable ? "Unschedulable" : status;
    problems.push({ pod: pod.metadata.name, reason, message: podTrouble(pod) ?? status });
  }
  return problems;
}
