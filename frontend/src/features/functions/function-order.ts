import { functionState } from "./function-state.ts";
import type { KymaFunction } from "./kyma-function.ts";
import { runtimeLabel } from "./kyma-function.ts";

export interface FunctionOrder {
  by: "name" | "namespace" | "state" | "runtime" | "replicas" | "age";
  descending: boolean;
}

const collator = new Intl.Collator("en", { numeric: true });

function sortKey(fn: KymaFunction, by: FunctionOrder["by"]): string {
  if (by === "name") return fn.metadata.name;
  if (by === "namespace") return fn.metadata.namespace ?? "";
  if (by === "state") return functionState(fn).label;
  if (by === "runtime") return fn.spec.runtime;
  if (by === "replicas") return String(fn.spec.replicas ?? 1);
  return fn.metadata.creationTimestamp ?? "";
}

function searchText(fn: KymaFunction): string {
  const { name, namespace, labels } = fn.metadata;
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return [name, namespace, functionState(fn).label, runtimeLabel(fn.spec.runtime), ...pairs]
    .join(" ")
    .toLowerCase();
}

/** The Functions that the filter leaves, in order; the youngest come first in ascending age. Pure. */
export function orderFunctions(
  all: readonly KymaFunction[],
  filter: string,
  order: FunctionOrder,
): KymaFunction[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const direction = (order.descending ? -1 : 1) * (order.by === "age" ? -1 : 1);
  return all
    .filter((fn) => words.every((word) => searchText(fn).includes(word)))
    .sort(
      (a, b) =>
        direction * collator.compare(sortKey(a, order.by), sortKey(b, order.by)) ||
        collator.compare(a.metadata.name, b.metadata.name),
    );
}
