import { createHash } from "node:crypto";
import type { KubeObject, ObjectKey } from "@kyma/kube/objects.ts";

/** Keeps a deleted APIRule until its children, which may live in other namespaces, are gone. */
export const finalizer = "gateway.kyma-project.io/subresources";

const ownerName = "apirule.gateway.kyma-project.io/name";
const ownerNamespace = "apirule.gateway.kyma-project.io/namespace";
/** How older versions of Kyma named the owner: "name.namespace". */
const legacyOwner = "apirule.gateway.kyma-project.io/v1beta1";

/** Labels of every child; owner references would not do, for they end at the namespace. */
export function childLabels(owner: ObjectKey): Record<string, string> {
  return {
    [ownerName]: owner.name,
    [ownerNamespace]: owner.namespace ?? "",
    "kyma-project.io/module": "api-gateway",
    "app.kubernetes.io/managed-by": "api-gateway",
    "app.kubernetes.io/component": "api-gateway",
    "app.kubernetes.io/part-of": "api-gateway",
  };
}

/** The APIRule that a child says it belongs to. */
export function ownerOf(child: KubeObject): ObjectKey | undefined {
  const labels = child.metadata.labels ?? {};
  const name = labels[ownerName];
  const namespace = labels[ownerNamespace];
  if (name && namespace) return { namespace, name };
  const legacy = /^(.+)\.([^.]+)$/.exec(labels[legacyOwner] ?? "");
  return legacy ? { namespace: legacy[2] ?? "", name: legacy[1] ?? "" } : undefined;
}

/**
 * Name of a child: the APIRule's and a mark of what it is for. The mark includes the APIRule's namespace, so children of
 * namesakes can live side by side.
 */
export function childName(owner: ObjectKey, purpose: string): string {
  const mark = createHash("sha256").update(`${owner.namespace}/${owner.name}/${purpose}`).digest("hex");
  return `${owner.name}-${mark.slice(0, 10)}`;
}
