import type { Reading } from "../resources/page-part.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { pods } from "@kyma/kube/resource-types.ts";
import { type LabelSelector, selectorText } from "../resources/label-selector.ts";
import type { Pod, Workload } from "./workload-objects.ts";

const controllers = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"]);

/** Which pods to look at for this object's own; undefined for kinds that own none. Pure. */
export function podReading(object: KubeObject): Reading | undefined {
  const { namespace, name } = object.metadata;
  if (object.kind === "Node" && object.apiVersion === "v1")
    return { type: pods, fieldSelector: `spec.nodeName=${name}` };
  if (!controllers.has(object.kind)) return undefined;
  const labelSelector = selectorText((object as { spec?: { selector?: LabelSelector } }).spec?.selector);
  // An empty selector would select everything.
  return labelSelector ? { type: pods, namespace, labelSelector } : undefined;
}

/** Those that really are its own: labels alone do not say so. Pure. */
export function ownPods(object: KubeObject, found: readonly Pod[]): Pod[] {
  if (object.kind === "Node") return [...found];
  return found.filter((pod) => {
    const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller);
    if (object.kind !== "Deployment") return owner?.uid === object.metadata.uid;
    // Its ReplicaSets are named after it and the hash of their template, which pods carry.
    const hash = pod.metadata.labels?.["pod-template-hash"] ?? "";
    return owner?.kind === "ReplicaSet" && owner.name === `${object.metadata.name}-${hash}`;
  });
}

/** Pods of the template that is rolled out now; of all pods where that cannot be told. Pure. */
export function newestPods(workload: Workload, own: readonly Pod[]): Pod[] {
  const { updateRevision } = workload.status ?? {};
  if (workload.kind !== "StatefulSet" || updateRevision === undefined) return [...own];
  const newest = own.filter((pod) => pod.metadata.labels?.["controller-revision-hash"] === updateRevision);
  return newest.length ? newest : [...own];
}
