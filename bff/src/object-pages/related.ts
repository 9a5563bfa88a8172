import { apiRules } from "@kyma/crds/resource-types.ts";
import { kindKey } from "@kyma/kube/resource-types.ts";
import type { ObjectPart } from "../resources/page-part.ts";
import { relateBinding, relateRole, relateServiceAccount } from "./related-access.ts";
import {
  relateAutoscaler,
  relateClaim,
  relateDisruptionBudget,
  relateStorageClass,
  relateUsed,
  relateVolume,
} from "./related-configuration.ts";
import {
  relateApiRule,
  relateEndpointSlice,
  relateIngress,
  relateNetworkPolicy,
  relateService,
} from "./related-networking.ts";
import { relateWorkload } from "./related-workloads.ts";
import { Relations } from "./relations.ts";

const byKind: Record<string, (relations: Relations) => void> = {
  pods: relateWorkload,
  "deployments.apps": relateWorkload,
  "replicasets.apps": relateWorkload,
  "statefulsets.apps": relateWorkload,
  "daemonsets.apps": relateWorkload,
  "jobs.batch": relateWorkload,
  "cronjobs.batch": relateWorkload,
  services: relateService,
  "ingresses.networking.k8s.io": relateIngress,
  "networkpolicies.networking.k8s.io": relateNetworkPolicy,
  "endpointslices.discovery.k8s.io": relateEndpointSlice,
  [kindKey(apiRules)]: relateApiRule,
  configmaps: relateUsed,
  secrets: relateUsed,
  "horizontalpodautoscalers.autoscaling": relateAutoscaler,
  "poddisruptionbudgets.policy": relateDisruptionBudget,
  persistentvolumeclaims: relateClaim,
  persistentvolumes: relateVolume,
  "storageclasses.storage.k8s.io": relateStorageClass,
  serviceaccounts: relateServiceAccount,
  "roles.rbac.authorization.k8s.io": relateRole,
  "clusterroles.rbac.authorization.k8s.io": relateRole,
  "rolebindings.rbac.authorization.k8s.io": relateBinding,
  "clusterrolebindings.rbac.authorization.k8s.io": relateBinding,
};

/** What the object uses and what uses it, as far as it can be told from the objects alone. */
export const relatedPart: ObjectPart = {
  field: "related",
  value(page) {
    if (!page.object) return null;
    const relations = new Relations(page, page.object);
    byKind[kindKey(page.type)]?.(relations);
    return relations.result();
  },
};
