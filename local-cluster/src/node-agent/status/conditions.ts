import type { Pod, PodCondition } from "../pods/pod.ts";

/** What the conditions of a pod follow from. */
export interface ConditionFacts {
  phase: string;
  /** The pod has its address and directory. */
  readyToStart: boolean;
  initialized: boolean;
  /** Init containers that have not succeeded, and containers that are not ready. */
  incomplete: string[];
  unready: string[];
}

const owned = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"];

/** The pod's conditions; those of others are kept, and times change only with the status. */
export function podConditions(pod: Pod, facts: ConditionFacts, now: string): PodCondition[] {
  const before = pod.status?.conditions ?? [];
  const containers = containersReady(facts);
  const wanted: PodCondition[] = [
    { type: "PodReadyToStartContainers", status: facts.readyToStart ? "True" : "False" },
    initialized(facts),
    ready(pod, containers),
    containers,
    { type: "PodScheduled", status: "True" },
  ];
  return [
    ...wanted.map((condition) => withTimes(condition, before, now, pod.metadata.generation)),
    ...before.filter((condition) => !owned.includes(condition.type)),
  ];
}

function isOver(facts: ConditionFacts): boolean {
  return facts.phase === "Succeeded" || facts.phase === "Failed";
}

function initialized(facts: ConditionFacts): PodCondition {
  if (facts.initialized && facts.phase === "Succeeded")
    return { type: "Initialized", status: "True", reason: "PodCompleted" };
  if (facts.initialized) return { type: "Initialized", status: "True" };
  const message = `containers with incomplete status: [${facts.incomplete.join(" ")}]`;
  return { type: "Initialized", status: "False", reason: "ContainersNotInitialized", message };
}

function containersReady(facts: ConditionFacts): PodCondition {
  const type = "ContainersReady";
  if (isOver(facts))
    return { type, status: "False", reason: facts.phase === "Succeeded" ? "PodCompleted" : "PodFailed" };
  if (facts.unready.length === 0) return { type, status: "True" };
  const message = `containers with unready status: [${facts.unready.join(" ")}]`;
  return { type, status: "False", reason: "ContainersNotReady", message };
}

function ready(pod: Pod, containers: PodCondition): PodCondition {
  if (containers.status !== "True") return { ...containers, type: "Ready" };
  const open = (pod.spec.readinessGates ?? []).filter(
    ({ conditionType }) =>
      pod.status?.conditions?.find(({ type }) => type === conditionType)?.status !== "True",
  );
  if (open.length === 0) return { type: "Ready", status: "True" };
  const names = open.map(({ conditionType }) => `"${conditionType}"`).join(", ");
  const message = `the status of pod readiness gate ${names} is not "True", but False`;
  return { type: "Ready", status: "False", reason: "ReadinessGatesNotReady", message };
}

function withTimes(
  condition: PodCondition,
  before: PodCondition[],
  now: string,
  generation?: number,
): PodCondition {
  const old = before.find(({ type }) => type === condition.type);
  const lastTransitionTime = old?.status === condition.status ? (old.lastTransitionTime ?? now) : now;
  return {
    ...condition,
    lastProbeTime: null,
    lastTransitionTime,
    ...(generation === undefined ? {} : { observedGeneration: generation }),
  };
}
