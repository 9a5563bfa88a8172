import type { ApiResource } from "#api/objects.ts";
import { allNamespaces } from "./namespace-scope.ts";

type NavigationGroup =
  "Workloads" | "Networking" | "Config" | "Storage" | "Access" | "Policies and scheduling" | "Cluster";

/** What names a kind in an address. */
export interface KindType {
  group: string;
  version: string;
  plural: string;
}

/** Where well-known kinds stand in the sidebar, as `plural` or `plural.group`; the order is the one shown. */
const wellKnown: Record<NavigationGroup, string[]> = {
  Workloads: [
    "pods",
    "deployments.apps",
    "statefulsets.apps",
    "daemonsets.apps",
    "jobs.batch",
    "cronjobs.batch",
    "replicasets.apps",
    "replicationcontrollers",
  ],
  Networking: [
    "services",
    "ingresses.networking.k8s.io",
    "ingressclasses.networking.k8s.io",
    "networkpolicies.networking.k8s.io",
    "endpointslices.discovery.k8s.io",
    "endpoints",
  ],
  Config: ["configmaps", "secrets", "horizontalpodautoscalers.autoscaling"],
  Storage: [
    "persistentvolumeclaims",
    "persistentvolumes",
    "storageclasses.storage.k8s.io",
    "volumesnapshots.snapshot.storage.k8s.io",
    "csidrivers.storage.k8s.io",
    "csinodes.storage.k8s.io",
    "volumeattachments.storage.k8s.io",
  ],
  Access: [
    "serviceaccounts",
    "roles.rbac.authorization.k8s.io",
    "rolebindings.rbac.authorization.k8s.io",
    "clusterroles.rbac.authorization.k8s.io",
    "clusterrolebindings.rbac.authorization.k8s.io",
    "certificatesigningrequests.certificates.k8s.io",
  ],
  "Policies and scheduling": [
    "resourcequotas",
    "limitranges",
    "poddisruptionbudgets.policy",
    "priorityclasses.scheduling.k8s.io",
    "runtimeclasses.node.k8s.io",
    "validatingadmissionpolicies.admissionregistration.k8s.io",
    "validatingadmissionpolicybindings.admissionregistration.k8s.io",
    "validatingwebhookconfigurations.admissionregistration.k8s.io",
    "mutatingwebhookconfigurations.admissionregistration.k8s.io",
  ],
  Cluster: [
    "nodes",
    "namespaces",
    "events",
    "customresourcedefinitions.apiextensions.k8s.io",
    "apiservices.apiregistration.k8s.io",
    "leases.coordination.k8s.io",
  ],
};

/** Kinds with pages of their own in a feature. */
const ownPages: Record<string, string> = {
  "functions.serverless.kyma-project.io": "functions",
  "apirules.gateway.kyma-project.io": "api-rules",
  "subscriptions.eventing.kyma-project.io": "subscriptions",
};

/** Deleting one of these takes much else along, so it is asked for twice. */
export const dangerousKinds: ReadonlySet<string> = new Set([
  "namespaces",
  "customresourcedefinitions.apiextensions.k8s.io",
  "nodes",
  "persistentvolumes",
]);

/** `plural` or `plural.group`, as kubectl takes it. */
export function kindKey(type: Pick<KindType, "group" | "plural">): string {
  return type.group === "" ? type.plural : `${type.plural}.${type.group}`;
}

/** One heading of the sidebar with its kinds. */
export interface KindGroup {
  title: string;
  kinds: ApiResource[];
}

/** What comes and goes without ever being there; pages of features show it as it happens. */
const passing = new Set(["events.delivery.eventing.kyma-project.io"]);

/** May be shown as a list? Lists are live: measured values such as pods of metrics.k8s.io, which cannot be watched, have none. */
export function isListed(kind: Pick<ApiResource, "group" | "plural" | "verbs">): boolean {
  return kind.verbs.includes("list") && kind.verbs.includes("watch") && !passing.has(kindKey(kind));
}

/** The served kinds under the sidebar's headings: the well-known ones, then custom ones by their API group. Pure. */
export function groupKinds(served: readonly ApiResource[]): { known: KindGroup[]; custom: KindGroup[] } {
  const listable = served.filter(isListed);
  const byKey = new Map(listable.map((kind) => [kindKey(kind), kind]));
  const known = Object.entries(wellKnown)
    .map(([title, keys]) => ({ title, kinds: keys.flatMap((key) => byKey.get(key) ?? []) }))
    .filter(({ kinds }) => kinds.length > 0);
  const groups = new Map<string, ApiResource[]>();
  for (const kind of listable) {
    if (!isCustom(kind) || ownPages[kindKey(kind)] !== undefined) continue;
    groups.set(kind.group, [...(groups.get(kind.group) ?? []), kind]);
  }
  const custom = [...groups]
    .map(([title, kinds]) => ({ title, kinds: kinds.toSorted((a, b) => a.kind.localeCompare(b.kind)) }))
    .toSorted((a, b) => a.title.localeCompare(b.title));
  return { known, custom };
}

/** Kubernetes' own API groups have no dot or end in k8s.io. */
function isCustom({ group }: Pick<KindType, "group">): boolean {
  return group.includes(".") && !group.endsWith(".k8s.io");
}

/** "NetworkPolicy" → "NetworkPolicies"; good enough for every kind that Kubernetes has. */
export function pluralLabel(kind: string): string {
  if (/[^aeiou]y$/.test(kind)) return `${kind.slice(0, -1)}ies`;
  if (/(?:ss|x|ch|sh)$/.test(kind)) return `${kind}es`;
  return kind.endsWith("s") ? kind : `${kind}s`;
}

function typePath({ group, version, plural }: KindType): string {
  return `${group === "" ? "core" : group}/${version}/${plural}`;
}

/** Address of a kind's list. `ns` is a namespace or `-all-`; undefined for cluster-scoped kinds. */
export function listPath(type: KindType, ns: string | undefined): string {
  const own = ownPages[kindKey(type)];
  if (ns === undefined) return `/cluster/${typePath(type)}`;
  return own === undefined ? `/namespaces/${ns}/resources/${typePath(type)}` : `/namespaces/${ns}/${own}`;
}

/** Address of one object's page. */
export function objectPath(type: KindType, namespace: string | null | undefined, name: string): string {
  return `${listPath(type, namespace ?? undefined)}/${encodeURIComponent(name)}`;
}

/** Address of a served kind's list in a scope. */
export function kindPath(kind: ApiResource, ns: string = allNamespaces): string {
  return listPath(kind, kind.namespaced ? ns : undefined);
}
