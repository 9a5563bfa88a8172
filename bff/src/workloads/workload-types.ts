import type { ResourceType } from "@kyma/kube/objects.ts";
import { deployments, jobs, replicaSets } from "@kyma/kube/resource-types.ts";
import { badInput } from "../graphql/errors.ts";

function namespaced(group: string, plural: string, kind: string, version = "v1"): ResourceType {
  return { group, version, plural, kind, namespaced: true };
}

export const statefulSets = namespaced("apps", "statefulsets", "StatefulSet");
export const daemonSets = namespaced("apps", "daemonsets", "DaemonSet");
export const cronJobs = namespaced("batch", "cronjobs", "CronJob");
export const replicationControllers = namespaced("", "replicationcontrollers", "ReplicationController");
export const autoscalers = namespaced(
  "autoscaling",
  "horizontalpodautoscalers",
  "HorizontalPodAutoscaler",
  "v2",
);

export const scalable = [deployments, statefulSets, replicaSets, replicationControllers];
/** Kinds that roll out their pods: they restart, and keep revisions. */
export const rollable = [deployments, statefulSets, daemonSets];
export const suspendable = [jobs, cronJobs];

/** The one of these kinds that is meant; BAD_INPUT, naming what can be done, for any other. */
export function oneOf(
  types: readonly ResourceType[],
  asked: { group?: string | null; plural: string },
  action: string,
): ResourceType {
  const found = types.find(({ group, plural }) => plural === asked.plural && group === (asked.group ?? ""));
  if (found) return found;
  const kinds = types.map(({ kind }) => `${kind}s`).join(", ");
  throw badInput(`${asked.plural.slice(0, 100)} cannot be ${action}; ${kinds} can`);
}
