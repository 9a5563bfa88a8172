import { parseQuantity } from "@kyma/kube/quantity.ts";
import type { Metrics, MetricsHistory, Usage } from "./objects.ts";

const columns = [
  ["Name", "name", "Name of the pod or node"],
  ["cpu", "", "CPU cores used"],
  ["memory", "", "Memory in use"],
  ["Window", "", "The interval over which CPU was measured, or how many samples there are"],
] as const;

/** What kubectl prints of them: a meta.k8s.io/v1 Table. */
export function tableOf(items: readonly (Metrics | MetricsHistory)[]): object {
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata: {},
    columnDefinitions: columns.map(([name, format, description]) => ({
      name,
      type: "string",
      format,
      description,
      priority: 0,
    })),
    rows: items.map((item) => ({ cells: cellsOf(item), object: rowObject(item) })),
  };
}

function rowObject({ metadata }: Metrics | MetricsHistory): object {
  return { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata };
}

function cellsOf(item: Metrics | MetricsHistory): string[] {
  const newest = "samples" in item ? item.samples.at(-1) : item;
  const usages = newest?.containers?.map(({ usage }) => usage) ?? [newest?.usage ?? []].flat();
  const last = "samples" in item ? `${item.samples.length} samples` : item.window;
  return [item.metadata.name, `${milli(usages)}m`, `${mebi(usages)}Mi`, last];
}

function milli(usages: Usage[]): number {
  return Math.round(usages.reduce((sum, { cpu }) => sum + (parseQuantity(cpu) ?? 0), 0) * 1000);
}

function mebi(usages: Usage[]): number {
  return Math.round(usages.reduce((sum, { memory }) => sum + (parseQuantity(memory) ?? 0), 0) / 2 ** 20);
}
