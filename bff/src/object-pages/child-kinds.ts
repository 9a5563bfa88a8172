import { functions } from "@kyma/crds/resource-types.ts";
import type { ResourceType } from "@kyma/kube/objects.ts";
import * as kinds from "@kyma/kube/resource-types.ts";

function builtIn(
  group: string,
  version: string,
  plural: string,
  kind: string,
  namespaced = true,
): ResourceType {
  return { group, version, plural, kind, namespaced };
}

export const statefulSets = builtIn("apps", "v1", "statefulsets", "StatefulSet");
export const daemonSets = builtIn("apps", "v1", "daemonsets", "DaemonSet");
export const cronJobs = builtIn("batch", "v1", "cronjobs", "CronJob");
export const autoscalers = builtIn(
  "autoscaling",
  "v2",
  "horizontalpodautoscalers",
  "HorizontalPodAutoscaler",
);
export const disruptionBudgets = builtIn("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget");
export const ingresses = builtIn("networking.k8s.io", "v1", "ingresses", "Ingress");
export const networkPolicies = builtIn("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy");
export const volumeClaims = builtIn("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim");
export const volumes = builtIn("", "v1", "persistentvolumes", "PersistentVolume", false);
export const storageClasses = builtIn("storage.k8s.io", "v1", "storageclasses", "StorageClass", false);

/** `plural` or `plural.group`. */
export function kindKey({ group, plural }: { group: string; plural: string }): string {
  return group ? `${plural}.${group}` : plural;
}

const known: Record<string, readonly ResourceType[]> = {
  "deployments.apps": [kinds.replicaSets],
  "replicasets.apps": [kinds.pods],
  "statefulsets.apps": [kinds.pods],
  "daemonsets.apps": [kinds.pods],
  "jobs.batch": [kinds.pods],
  "cronjobs.batch": [kinds.jobs],
  services: [kinds.endpointSlices],
  [kindKey(functions)]: [kinds.deployments, kinds.services, autoscalers, kinds.jobs],
};

/** What controllers commonly make: where the children of a kind that is not known are looked for. */
const common: readonly ResourceType[] = [
  kinds.deployments,
  statefulSets,
  daemonSets,
  kinds.jobs,
  cronJobs,
  kinds.replicaSets,
  kinds.pods,
  kinds.services,
  kinds.configMaps,
  kinds.secrets,
  autoscalers,
  volumeClaims,
  ingresses,
];

/** Kinds among which the children of an object of this kind can be; [] for those that own nothing. Pure. */
export function childKinds(type: ResourceType): readonly ResourceType[] {
  const own = known[kindKey(type)];
  if (own) return own;
  // Kubernetes' own kinds have no dot in their group or end in k8s.io: of these only the ones above own anything.
  const custom = type.group.includes(".") && !type.group.endsWith(".k8s.io");
  return custom && type.namespaced ? common : [];
}
