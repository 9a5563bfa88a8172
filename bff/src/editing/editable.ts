import type { UnknownObject } from "@kyma/kube/objects.ts";

const serverMetadata = [
  "resourceVersion",
  "managedFields",
  "uid",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "selfLink",
] as const;

/** The object without what only the API server writes. */
export function editable(object: UnknownObject): UnknownObject {
  const metadata: UnknownObject["metadata"] & { selfLink?: string } = { ...object.metadata };
  for (const field of serverMetadata) delete metadata[field];
  return { ...object, metadata };
}

/** Also without status: what others change there is no news for somebody who edits. */
export function withoutStatus(object: UnknownObject): UnknownObject {
  const { status: _, ...rest } = editable(object);
  return rest;
}
