import { cpus, totalmem } from "node:os";
import type { Container, FieldRef, Pod, ResourceFieldRef } from "../pods/pod.ts";
import { parseQuantity } from "@kyma/kube/quantity.ts";

/** What the downward API knows beside the pod itself. */
export interface PodAddress {
  podIp: string;
  hostIp: string;
}

/** The text of one field of a pod. Throws a sentence for a path that the downward API does not offer. */
export function fieldValue(ref: FieldRef, pod: Pod, address: PodAddress): string {
  const subscript = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(ref.fieldPath);
  if (subscript) return pod.metadata[subscript[1] as "labels" | "annotations"]?.[subscript[2] ?? ""] ?? "";
  const read = fields[ref.fieldPath];
  if (!read) throw new Error(`fieldRef ${ref.fieldPath} is not a field that the downward API offers`);
  return read(pod, address);
}

const fields: Record<string, (pod: Pod, address: PodAddress) => string> = {
  "metadata.name": (pod) => pod.metadata.name,
  "metadata.namespace": (pod) => pod.metadata.namespace ?? "",
  "metadata.uid": (pod) => pod.metadata.uid ?? "",
  "metadata.labels": (pod) => quoted(pod.metadata.labels),
  "metadata.annotations": (pod) => quoted(pod.metadata.annotations),
  "spec.nodeName": (pod) => pod.spec.nodeName ?? "",
  "spec.serviceAccountName": (pod) => pod.spec.serviceAccountName ?? "",
  "status.podIP": (_pod, address) => address.podIp,
  "status.podIPs": (_pod, address) => address.podIp,
  "status.hostIP": (_pod, address) => address.hostIp,
  "status.hostIPs": (_pod, address) => address.hostIp,
};

/** One `key="value"` per line, sorted, as in a downward API volume. */
function quoted(map: Record<string, string> = {}): string {
  return Object.entries(map)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join("\n");
}

/** A container's limit or request, rounded up in units of the divisor; a missing limit is what the machine has. */
export function resourceValue(ref: ResourceFieldRef, container: Container): string {
  const [kind, resource] = [ref.resource.split(".")[0], ref.resource.split(".").slice(1).join(".")];
  if ((kind !== "limits" && kind !== "requests") || !resource) {
    throw new Error(`resourceFieldRef ${ref.resource} is neither limits.<resource> nor requests.<resource>`);
  }
  const machine = resource === "cpu" ? cpus().length : resource === "memory" ? totalmem() : 0;
  const limit = parseQuantity(container.resources?.limits?.[resource]);
  const value =
    (kind === "limits" ? limit : parseQuantity(container.resources?.requests?.[resource])) ??
    limit ??
    machine;
  const divisor = parseQuantity(ref.divisor) || 1;
  return String(Math.ceil(Number((value / divisor).toFixed(6))));
}
