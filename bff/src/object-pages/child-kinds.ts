import { functions } from "@kyma/crds/resource-types.ts";
import type { ResourceType } from "@kyma/kube/objects.ts";
import * as kinds from "@kyma/kube/resource-types.ts";

const known: Record<string, readonly ResourceType[]> = {
  "deployments.apps": [kinds.replicaSets],
  "replicasets.apps": [kinds.pods],
  "statefulsets.apps": [kinds.pods],
  "daemonsets.apps": [kinds.pods],
  "jobs.batch": [kinds.pods],
  "cronjobs.batch": [kinds.jobs],
  services: [kinds.endpointSlices],
  [kinds.kindKey(functions)]: [kinds.deployments, kinds.services, kinds.autoscalers, kinds.jobs],
};

/** What controllers commonly make: where the children of a kind that is not known are looked for. */
const common: readonly ResourceType[] = [
  kinds.deployments,
  kinds.statefulSets,
  kinds.daemonSets,
  kinds.jobs,
  kinds.cronJobs,
  kinds.replicaSets,
  kinds.pods,
  kinds.services,
  kinds.configMaps,
  kinds.secrets,
  kinds.autoscalers,
  kinds.volumeClaims,
  kinds.ingresses,
];

/** Kinds among which the children of an object of this kind can be; [] for those that own nothing. Pure. */
export function childKinds(type: ResourceType): readonly ResourceType[] {
  const own = known[kinds.kindKey(type)];
  if (own) return own;
  // Kubernetes' own kinds have no dot in their group or end in k8s.io: of these only the ones above own anything.
  const custom = type.group.includes(".") && !type.group.endsWith(".k8s.io");
  return custom && type.namespaced ? common : [];
}
