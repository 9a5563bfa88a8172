import type { KubeEvent, Pod } from "#resources/kube-objects.ts";
import type { KymaFunction } from "./kyma-function.ts";

/** True when an Event speaks of the Function, its pods, or the Deployment and ReplicaSets between them. Pure. */
export function isEventOf(fn: KymaFunction, pods: readonly Pod[], { involvedObject }: KubeEvent): boolean {
  const { kind, name, uid } = involvedObject;
  if (uid !== undefined && uid === fn.metadata.uid) return true;
  if (pods.some(({ metadata }) => metadata.uid === uid)) return true;
  if (name === undefined || !["Pod", "ReplicaSet", "Deployment", "Service"].includes(kind ?? ""))
    return false;
  if (name === fn.metadata.name) return true;
  // Generated names: <function>-<5 letters>, then the ReplicaSet's hash and the pod's letters.
  const rest = name.startsWith(`${fn.metadata.name}-`) ? name.slice(fn.metadata.name.length + 1) : undefined;
  return rest !== undefined && /^[a-z0-9]{1,10}(?:-[a-z0-9]{1,10}){0,2}$/.test(rest);
}
