import type { ResourceType } from "./objects.ts";

function builtIn(
  group: string,
  version: string,
  plural: string,
  kind: string,
  namespaced = true,
): ResourceType {
  return { group, version, plural, kind, namespaced };
}

/** `plural` or `plural.group`, as kubectl takes it. */
export function kindKey({ group, plural }: Pick<ResourceType, "group" | "plural">): string {
  return group === "" ? plural : `${plural}.${group}`;
}

export const pods = builtIn("", "v1", "pods", "Pod");
export const services = builtIn("", "v1", "services", "Service");
export const resourceQuotas = builtIn("", "v1", "resourcequotas", "ResourceQuota");
export const secrets = builtIn("", "v1", "secrets", "Secret");
export const configMaps = builtIn("", "v1", "configmaps", "ConfigMap");
export const serviceAccounts = builtIn("", "v1", "serviceaccounts", "ServiceAccount");
export const namespaces = builtIn("", "v1", "namespaces", "Namespace", false);
export const nodes = builtIn("", "v1", "nodes", "Node", false);
export const events = builtIn("", "v1", "events", "Event");
export const endpointSlices = builtIn("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice");
export const deployments = builtIn("apps", "v1", "deployments", "Deployment");
export const statefulSets = builtIn("apps", "v1", "statefulsets", "StatefulSet");
export const daemonSets = builtIn("apps", "v1", "daemonsets", "DaemonSet");
export const replicaSets = builtIn("apps", "v1", "replicasets", "ReplicaSet");
export const replicationControllers = builtIn("", "v1", "replicationcontrollers", "ReplicationController");
export const controllerRevisions = builtIn("apps", "v1", "controllerrevisions", "ControllerRevision");
export const jobs = builtIn("batch", "v1", "jobs", "Job");
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
export const leases = builtIn("coordination.k8s.io", "v1", "leases", "Lease");
export const roles = builtIn("rbac.authorization.k8s.io", "v1", "roles", "Role");
export const roleBindings = builtIn("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding");
export const clusterRoles = builtIn("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", false);
export const clusterRoleBindings = builtIn(
  "rbac.authorization.k8s.io",
  "v1",
  "clusterrolebindings",
  "ClusterRoleBinding",
  false,
);
export const customResourceDefinitions = builtIn(
  "apiextensions.k8s.io",
  "v1",
  "customresourcedefinitions",
  "CustomResourceDefinition",
  false,
);
export const selfSubjectAccessReviews = builtIn(
  "authorization.k8s.io",
  "v1",
  "selfsubjectaccessreviews",
  "SelfSubjectAccessReview",
  false,
);
export const selfSubjectRulesReviews = builtIn(
  "authorization.k8s.io",
  "v1",
  "selfsubjectrulesreviews",
  "SelfSubjectRulesReview",
  false,
);
export const selfSubjectReviews = builtIn(
  "authentication.k8s.io",
  "v1",
  "selfsubjectreviews",
  "SelfSubjectReview",
  false,
);
