import type { UnknownObject } from "@kyma/kube/objects.ts";
import { podState } from "./pod-state.ts";

export type Health = "OK" | "PROGRESS" | "WARNING" | "ERROR" | "NONE";

/** How an object does: kubectl's word where it has one, and a sentence when the word does not say it all. */
export interface ObjectState {
  word: string;
  health: Health;
  sentence: string | null;
}

interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

/** The state of any object; one that has none, such as a ConfigMap, is just there. Pure. */
export function objectState(object: UnknownObject): ObjectState {
  return ownState(object) ?? state("NONE", "Present");
}

/** The state of an object; null for kinds that have none. Pure. */
export function ownState(object: UnknownObject): ObjectState | null {
  const own = byKind[`${object.apiVersion.split("/").slice(0, -1).join("")}/${object.kind}`];
  if (object.metadata.deletionTimestamp !== undefined) {
    // A pod that is over, or whose node is lost, is called so although it is being deleted.
    const pod = own === podState ? podState(object) : undefined;
    return pod && pod.word !== "Terminating" ? pod : terminating(object);
  }
  return own ? own(object) : (ofConditions(object) ?? ofPhase(object) ?? null);
}

function state(health: Health, word: string, sentence?: string): ObjectState {
  return { word, health, sentence: sentence || null };
}

function terminating({ metadata }: UnknownObject): ObjectState {
  const held = metadata.finalizers ?? [];
  return state(
    "PROGRESS",
    "Terminating",
    held.length ? `Waits for the finalizers ${held.join(", ")}.` : undefined,
  );
}

const byKind: Record<string, (object: UnknownObject) => ObjectState> = {
  "/Pod": podState,
  "apps/Deployment": deploymentState,
  "apps/ReplicaSet": replicasState,
  "/ReplicationController": replicasState,
  "apps/StatefulSet": statefulSetState,
  "apps/DaemonSet": daemonSetState,
  "batch/Job": jobState,
  "batch/CronJob": cronJobState,
  "/Service": serviceState,
  "/Node": nodeState,
  "autoscaling/HorizontalPodAutoscaler": autoscalerState,
  "policy/PodDisruptionBudget": disruptionState,
  "eventing.kyma-project.io/Subscription": subscriptionState,
};

/** An object's spec, status and the like as a record; {} when it has none. */
export function recordAt(object: UnknownObject, field: string): Record<string, unknown> {
  const value = object[field];
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function numberAt(record: Record<string, unknown>, field: string, otherwise = 0): number {
  const value = record[field];
  return typeof value === "number" ? value : otherwise;
}

function conditionsOf(object: UnknownObject): Condition[] {
  const { conditions } = recordAt(object, "status");
  return Array.isArray(conditions) ? (conditions as Condition[]) : [];
}

function condition(object: UnknownObject, type: string): Condition | undefined {
  return conditionsOf(object).find((one) => one.type === type);
}

function deploymentState(object: UnknownObject): ObjectState {
  const spec = recordAt(object, "spec");
  const status = recordAt(object, "status");
  const wanted = numberAt(spec, "replicas", 1);
  const ready = numberAt(status, "readyReplicas");
  const updated = numberAt(status, "updatedReplicas");
  const counts = `${ready}/${wanted} ready, ${updated} up to date, ${numberAt(status, "availableReplicas")} available`;
  const failure = condition(object, "ReplicaFailure");
  if (failure?.status === "True") return state("ERROR", "Failing", failure.message ?? counts);
  const progress = condition(object, "Progressing");
  if (progress?.reason === "ProgressDeadlineExceeded")
    return state("ERROR", "Stuck", progress.message ?? counts);
  if (spec["paused"] === true) return state("WARNING", "Paused", `The rollout is paused; ${counts}.`);
  if (wanted === 0 && numberAt(status, "replicas") === 0) return state("NONE", "Scaled to zero");
  const observed = numberAt(status, "observedGeneration") >= (object.metadata.generation ?? 0);
  const settled = updated === wanted && ready === wanted && numberAt(status, "replicas") === wanted;
  if (observed && settled) return state("OK", "Available", `${counts}.`);
  return state("PROGRESS", "Progressing", `${counts}.`);
}

function replicasState(object: UnknownObject): ObjectState {
  const wanted = numberAt(recordAt(object, "spec"), "replicas", 1);
  const status = recordAt(object, "status");
  const failure = condition(object, "ReplicaFailure");
  if (failure?.status === "True") return state("ERROR", "Failing", failure.message);
  if (wanted === 0 && numberAt(status, "replicas") === 0) return state("NONE", "Scaled to zero");
  return ofCounts(numberAt(status, "readyReplicas"), wanted);
}

function statefulSetState(object: UnknownObject): ObjectState {
  const wanted = numberAt(recordAt(object, "spec"), "replicas", 1);
  const status = recordAt(object, "status");
  if (wanted === 0 && numberAt(status, "replicas") === 0) return state("NONE", "Scaled to zero");
  const rolling = status["updateRevision"] !== status["currentRevision"];
  if (rolling)
    return state("PROGRESS", "Progressing", `${numberAt(status, "updatedReplicas")} of ${wanted} updated.`);
  return ofCounts(numberAt(status, "readyReplicas"), wanted);
}

function daemonSetState(object: UnknownObject): ObjectState {
  const status = recordAt(object, "status");
  const wanted = numberAt(status, "desiredNumberScheduled");
  if (wanted === 0) return state("NONE", "No nodes", "No node matches its node selector.");
  return ofCounts(numberAt(status, "numberReady"), wanted);
}

function ofCounts(ready: number, wanted: number): ObjectState {
  return ready >= wanted
    ? state("OK", "Ready", `${ready}/${wanted} ready.`)
    : state("PROGRESS", "Progressing", `${ready}/${wanted} ready.`);
}

function jobState(object: UnknownObject): ObjectState {
  const failed = condition(object, "Failed");
  if (failed?.status === "True") return state("ERROR", "Failed", failed.message);
  if (condition(object, "Complete")?.status === "True") return state("OK", "Complete");
  if (condition(object, "Suspended")?.status === "True") return state("NONE", "Suspended");
  const status = recordAt(object, "status");
  const tries = numberAt(status, "failed") ? `, ${numberAt(status, "failed")} failed` : "";
  return state(
    "PROGRESS",
    "Running",
    `${numberAt(status, "active")} active, ${numberAt(status, "succeeded")} succeeded${tries}.`,
  );
}

function cronJobState(object: UnknownObject): ObjectState {
  const spec = recordAt(object, "spec");
  if (spec["suspend"] === true) return state("NONE", "Suspended");
  const { active } = recordAt(object, "status");
  const running = Array.isArray(active) ? active.length : 0;
  return running
    ? state("PROGRESS", "Active", `${running} running now.`)
    : state("OK", "Scheduled", `Runs at ${String(spec["schedule"])}.`);
}

function serviceState(object: UnknownObject): ObjectState {
  const spec = recordAt(object, "spec");
  const { type } = spec;
  if (type !== "LoadBalancer") return state("NONE", typeof type === "string" ? type : "ClusterIP");
  const { loadBalancer } = recordAt(object, "status") as { loadBalancer?: { ingress?: unknown[] } };
  return loadBalancer?.ingress?.length
    ? state("OK", "LoadBalancer")
    : state("PROGRESS", "Pending", "The load balancer has no address yet.");
}

function nodeState(object: UnknownObject): ObjectState {
  const ready = condition(object, "Ready");
  const cordoned = recordAt(object, "spec")["unschedulable"] === true ? ",SchedulingDisabled" : "";
  if (ready?.status === "True") {
    const pressure = conditionsOf(object).find(({ type, status }) => type !== "Ready" && status === "True");
    if (pressure) return state("WARNING", `Ready${cordoned}`, `${pressure.type}: ${pressure.message ?? ""}`);
    return state(cordoned ? "WARNING" : "OK", `Ready${cordoned}`);
  }
  return state("ERROR", `${ready?.status === "False" ? "NotReady" : "Unknown"}${cordoned}`, ready?.message);
}

function subscriptionState(object: UnknownObject): ObjectState {
  const { ready } = recordAt(object, "status");
  if (ready === true) return state("OK", "Ready");
  if (ready === undefined) return state("PROGRESS", "Waiting", "The controller has not looked at it yet.");
  const failed = conditionsOf(object).find(({ status }) => status === "False");
  return state("ERROR", "Not ready", failed?.message ?? failed?.reason);
}

function autoscalerState(object: UnknownObject): ObjectState {
  const able = condition(object, "AbleToScale");
  const active = condition(object, "ScalingActive");
  const limited = condition(object, "ScalingLimited");
  if (able?.status === "False") return state("ERROR", "Not able to scale", able.message);
  if (active?.status === "False")
    return state(active.reason === "ScalingDisabled" ? "NONE" : "WARNING", "Not scaling", active.message);
  if (limited?.status === "True") return state("WARNING", "At its limit", limited.message);
  return active
    ? state("OK", "Scaling")
    : state("PROGRESS", "Starting", "The autoscaler has not looked at it yet.");
}

function disruptionState(object: UnknownObject): ObjectState {
  const status = recordAt(object, "status");
  const allowed = numberAt(status, "disruptionsAllowed");
  const counts = `${numberAt(status, "currentHealthy")} healthy, ${numberAt(status, "desiredHealthy")} needed`;
  if (numberAt(status, "expectedPods") === 0)
    return state("NONE", "No pods", "Its selector matches no pods.");
  return allowed > 0
    ? state("OK", `${allowed} allowed`, `${counts}.`)
    : state("WARNING", "0 allowed", `No pod may be evicted now: ${counts}.`);
}

/** Conditions by which kinds say that all is well. */
const goodConditions = ["Ready", "Available", "Established", "Running", "Programmed", "Accepted", "Healthy"];

function ofConditions(object: UnknownObject): ObjectState | undefined {
  const word = recordAt(object, "status")["state"];
  const found = goodConditions.flatMap((type) => condition(object, type) ?? []);
  if (typeof word === "string") return ofWord(word, found.find(({ status }) => status !== "True")?.message);
  const bad = found.find(({ status }) => status !== "True");
  if (bad)
    return state(
      bad.status === "False" ? "ERROR" : "PROGRESS",
      bad.status === "False" ? `Not ${bad.type}` : bad.type,
      bad.message || bad.reason,
    );
  return found[0] && state("OK", found[0].type);
}

function ofPhase(object: UnknownObject): ObjectState | undefined {
  const { phase, message } = recordAt(object, "status");
  if (typeof phase !== "string" || phase === "") return undefined;
  return ofWord(phase, typeof message === "string" ? message : undefined);
}

const healthOfWords: Record<string, Health> = {
  active: "OK",
  available: "OK",
  bound: "OK",
  ready: "OK",
  running: "OK",
  succeeded: "OK",
  deployed: "OK",
  pending: "PROGRESS",
  processing: "PROGRESS",
  progressing: "PROGRESS",
  deleting: "PROGRESS",
  terminating: "PROGRESS",
  warning: "WARNING",
  released: "WARNING",
  failed: "ERROR",
  error: "ERROR",
  lost: "ERROR",
};

function ofWord(word: string, sentence: string | undefined): ObjectState {
  return state(healthOfWords[word.toLowerCase()] ?? "NONE", word, sentence);
}
