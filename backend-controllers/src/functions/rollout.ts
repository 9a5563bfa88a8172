import { functionConditionReasons as reasons } from "@kyma/crds/function-conditions.ts";
import type { FunctionConditionReason } from "@kyma/crds/function-conditions.ts";
import { findCondition } from "@kyma/kube/conditions.ts";
import type { Condition } from "@kyma/kube/conditions.ts";
import type { ContainerStatus, Deployment, KubeEvent, Pod, ReplicaSet } from "./kinds.ts";
import { functionContainer } from "./pod-template.ts";
import { endOf, slowStartMs, troubleOf } from "./pod-trouble.ts";

/** What the cluster shows of a Function's Deployment. */
export interface Observed {
  deployment: Deployment;
  /** What this reconcile did to the Deployment. */
  change: "none" | "created" | "updated";
  /** Those of the Deployment, in any order. */
  replicaSets: readonly ReplicaSet[];
  /** Those of the Function, in any order. */
  pods: readonly Pod[];
  mountEvents: readonly KubeEvent[];
  memoryLimit?: string | undefined;
  /** The reason that the Running condition has now. */
  previousReason?: string | undefined;
  /** Milliseconds since the epoch. */
  now: number;
}

export interface RolloutState {
  status: Condition["status"];
  reason: FunctionConditionReason;
  message: string;
  /** Time alone may change the answer by then. */
  recheckAfterMs?: number;
}

/** For this long after a restart its cause is still told, though the Function runs again. */
const restartMemoryMs = 600_000;

const revisionAnnotation = "deployment.kubernetes.io/revision";

/** Judges a roll-out: does the newest version run, will it yet, or why not. */
export function judgeRollout(observed: Observed): RolloutState {
  const { deployment, change, previousReason } = observed;
  const seen = (deployment.status?.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0);
  if (!seen || change !== "none") {
    const created =
      change === "created" || (change === "none" && previousReason === reasons.deploymentCreated);
    return created
      ? { status: "Unknown", reason: reasons.deploymentCreated, message: "The Deployment has been created." }
      : { status: "Unknown", reason: reasons.deploymentUpdated, message: "The Deployment has been updated." };
  }
  return isComplete(deployment) ? ready(observed) : incomplete(observed);
}

function isComplete(deployment: Deployment): boolean {
  const { spec, status } = deployment;
  const wanted = spec.replicas ?? 1;
  const available = findCondition(status?.conditions as Condition[], "Available");
  const progressing = findCondition(status?.conditions as Condition[], "Progressing");
  return (
    available?.status === "True" &&
    progressing?.reason === "NewReplicaSetAvailable" &&
    (status?.updatedReplicas ?? 0) >= wanted &&
    (status?.availableReplicas ?? 0) >= wanted
  );
}

function ready(observed: Observed): RolloutState {
  const wanted = observed.deployment.spec.replicas ?? 1;
  const state: RolloutState = {
    status: "True",
    reason: reasons.deploymentReady,
    message: wanted === 0 ? "The Function is scaled to 0 and answers no requests." : "The Function runs.",
  };
  const restart = latestRestart(observed);
  if (restart === undefined) return state;
  return {
    ...state,
    message: `Warning: a pod was restarted at ${restart.finishedAt}. ${restart.cause}`,
    recheckAfterMs: Date.parse(restart.finishedAt) + restartMemoryMs - observed.now,
  };
}

function incomplete(observed: Observed): RolloutState {
  const { deployment, mountEvents, memoryLimit, now } = observed;
  const conditions = deployment.status?.conditions as Condition[] | undefined;
  const failure = findCondition(conditions, "ReplicaFailure");
  const available = findCondition(conditions, "Available")?.status === "True";
  const progressing = findCondition(conditions, "Progressing");
  // Once a roll-out is through, a pod that fails is no failure of the roll-out.
  const rolledOut = progressing?.reason === "NewReplicaSetAvailable";
  const newest = newestPods(observed);
  const trouble =
    failure?.status === "True"
      ? { cause: `No pod can be created: ${failure.message}`, severity: "failed" as const }
      : troubleOf(newest, { mountEvents, memoryLimit, now });
  const suffix = olderServes(observed) ? " The previous version still serves." : "";
  const overdue = progressing?.status === "False";
  if (trouble?.severity === "failed" || (overdue && trouble?.severity === "overdue")) {
    const reason = rolledOut ? reasons.minReplicasNotAvailable : reasons.deploymentFailed;
    return { status: "False", reason, message: trouble.cause + suffix };
  }
  const recheck = recheckSlowStart(newest, now);
  const wait = { ...(recheck !== undefined && { recheckAfterMs: recheck }) };
  if (overdue && trouble === undefined && recheck === undefined) {
    const message = `The roll-out does not get ahead: ${progressing.message}`;
    return { status: "False", reason: reasons.deploymentFailed, message: message + suffix };
  }
  if (!available) {
    const message = trouble?.cause ?? "The pods are not ready yet.";
    return { status: "Unknown", reason: reasons.minReplicasNotAvailable, message: message + suffix, ...wait };
  }
  const message = trouble?.cause ?? "The new version is being rolled out.";
  return { status: "Unknown", reason: reasons.deploymentWaiting, message: message + suffix, ...wait };
}

/** Pods of the newest ReplicaSet; all of them while it is not known. */
function newestPods({ deployment, replicaSets, pods }: Observed): readonly Pod[] {
  const revision = deployment.metadata.annotations?.[revisionAnnotation];
  const newest = replicaSets.find(({ metadata }) => metadata.annotations?.[revisionAnnotation] === revision);
  if (newest === undefined) return pods;
  return pods.filter(({ metadata }) =>
    metadata.ownerReferences?.some(({ uid }) => uid === newest.metadata.uid),
  );
}

function olderServes({ deployment, replicaSets }: Observed): boolean {
  const revision = deployment.metadata.annotations?.[revisionAnnotation];
  return replicaSets.some(
    ({ metadata, status }) =>
      metadata.annotations?.[revisionAnnotation] !== revision && (status?.availableReplicas ?? 0) > 0,
  );
}

/** When a container that is still starting will count as hanging. */
function recheckSlowStart(pods: readonly Pod[], now: number): number | undefined {
  const starts = pods
    .flatMap((pod) => pod.status?.containerStatuses ?? [])
    .filter(({ name, started }) => name === functionContainer && started !== true)
    .map(({ state }) => Date.parse(state?.running?.startedAt ?? ""))
    .filter((startedAt) => startedAt + slowStartMs > now);
  return starts.length === 0 ? undefined : Math.min(...starts) + slowStartMs - now;
}

function latestRestart({
  pods,
  memoryLimit,
  now,
}: Observed): { finishedAt: string; cause: string } | undefined {
  const ends = pods
    .flatMap((pod) => pod.status?.containerStatuses ?? [])
    .flatMap((container) => restartOf(container, memoryLimit))
    .filter(({ finishedAt }) => Date.parse(finishedAt) + restartMemoryMs > now)
    .toSorted((a, b) => Date.parse(b.finishedAt) - Date.parse(a.finishedAt));
  return ends[0];
}

function restartOf({ name, lastState }: ContainerStatus, memoryLimit: string | undefined) {
  const end = lastState?.terminated;
  if (end?.finishedAt === undefined) return [];
  return [{ finishedAt: end.finishedAt, cause: endOf(name, end, memoryLimit) }];
}
