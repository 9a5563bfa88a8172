import type { KubeClient } from "@kyma/kube/client.ts";
import { type KubeObject, type ResourceType, keyOf } from "@kyma/kube/objects.ts";

/**
 * Finalizers are for what the garbage collector cannot remove. Add first and return (the write brings the key back); on
 * deletion clean up, then remove; a failed clean-up keeps it.
 */
export function hasFinalizer(object: KubeObject, finalizer: string): boolean {
  return object.metadata.finalizers?.includes(finalizer) === true;
}

/** Adds `finalizer`; fails with a conflict when `object` is not the newest version. */
export async function addFinalizer<T extends KubeObject>(
  client: KubeClient,
  type: ResourceType,
  object: T,
  finalizer: string,
): Promise<T> {
  return setFinalizers(client, type, object, [...(object.metadata.finalizers ?? []), finalizer]);
}

/** Takes `finalizer` away, so that a deletion can end; fails with a conflict when `object` is not the newest version. */
export async function removeFinalizer<T extends KubeObject>(
  client: KubeClient,
  type: ResourceType,
  object: T,
  finalizer: string,
): Promise<T> {
  const rest = (object.metadata.finalizers ?? []).filter((name) => name !== finalizer);
  return setFinalizers(client, type, object, rest);
}

function setFinalizers<T extends KubeObject>(
  client: KubeClient,
  type: ResourceType,
  object: T,
  finalizers: string[],
): Promise<T> {
  const { resourceVersion } = object.metadata;
  return client.patch<T>(
    type,
    keyOf(object),
    { metadata: { resourceVersion, finalizers } },
    { type: "merge" },
  );
}
