import type { KubeObject, OwnerReference } from "@kyma/kube/objects.ts";

/** The reference that makes a child die with `parent` and names `parent` its one controller. */
export function ownedBy(parent: KubeObject): OwnerReference {
  const { name, uid } = parent.metadata;
  if (uid === undefined)
    throw new Error(`${parent.kind} ${name} has no uid yet, so nothing can be owned by it`);
  return {
    apiVersion: parent.apiVersion,
    kind: parent.kind,
    name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** The owner marked as controller, if any. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner.controller === true);
}

/** True when `child` belongs to this very `parent` (same uid: not to an earlier object of the same name). */
export function isOwnedBy(child: KubeObject, parent: KubeObject): boolean {
  return controllerOf(child)?.uid === parent.metadata.uid;
}
