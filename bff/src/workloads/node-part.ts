import { parseQuantity } from "@kyma/kube/quantity.ts";
import type { ObjectPart } from "../resources/page-part.ts";
import { podReading } from "./owned-pods.ts";
import { podAmounts } from "../resources/pod-amounts.ts";
import type { Node, Pod } from "./workload-objects.ts";

const mostImages = 100;

/** What a Node has, and what its pods ask of it. */
export const nodePart: ObjectPart = {
  field: "node",
  value(page) {
    const { object, type } = page;
    if (!object || object.kind !== "Node" || type.group !== "") return null;
    const reading = podReading(object);
    const found = reading && page.read(reading);
    if (!found?.loaded) return undefined;
    const node = object as unknown as Node;
    const { images = [], nodeInfo = {}, addresses = [] } = node.status ?? {};
    return {
      unschedulable: node.spec?.unschedulable === true,
      resources: nodeResources(node, found.missing ? undefined : (found.objects as unknown as Pod[])),
      taints: (node.spec?.taints ?? []).map(
        ({ key, value, effect }) => `${key}${value ? `=${value}` : ""}:${effect}`,
      ),
      addresses: addresses.map(({ type: name, address }) => ({ name, values: [address] })),
      versions: Object.entries(nodeInfo)
        .filter(([, value]) => typeof value === "string" && value !== "")
        .map(([name, value]) => ({ name, values: [value] })),
      images: images
        .map(({ names = [], sizeBytes = 0 }) => ({ name: imageName(names), sizeBytes }))
        .toSorted((a, b) => b.sizeBytes - a.sizeBytes)
        .slice(0, mostImages),
      imagesTotal: images.length,
      missing: found.missing ?? null,
    };
  },
};

/** The readable one of an image's names: with a tag rather than a digest. */
function imageName(names: string[]): string {
  return names.find((name) => !name.includes("@sha256:")) ?? names[0] ?? "";
}

/** Per resource what there is and what pods ask for; ended pods ask for nothing. Pods undefined: not known. Pure. */
export function nodeResources({ status = {} }: Node, pods: readonly Pod[] | undefined) {
  const { capacity = {}, allocatable = {} } = status;
  const living = pods?.filter(({ status: { phase } = {} }) => phase !== "Succeeded" && phase !== "Failed");
  const requests = totalOf(living ?? [], "requests");
  const limits = totalOf(living ?? [], "limits");
  return orderedNames(allocatable, capacity).map((name) => ({
    name,
    capacity: parseQuantity(capacity[name]) ?? 0,
    allocatable: parseQuantity(allocatable[name]) ?? 0,
    requested: living ? (name === "pods" ? living.length : (requests.get(name) ?? 0)) : null,
    limit: living && name !== "pods" ? (limits.get(name) ?? 0) : null,
  }));
}

function totalOf(pods: readonly Pod[], which: "requests" | "limits"): Map<string, number> {
  const total = new Map<string, number>();
  for (const { spec } of pods)
    for (const [name, amount] of podAmounts(spec, which)) total.set(name, (total.get(name) ?? 0) + amount);
  return total;
}

function orderedNames(...sets: Record<string, string>[]): string[] {
  const first = ["cpu", "memory", "pods"];
  const all = new Set([...first, ...sets.flatMap((set) => Object.keys(set))]);
  // Huge pages that a node does not have are noise.
  return [...all].filter((name) => sets.some((set) => (parseQuantity(set[name]) ?? 0) > 0));
}
