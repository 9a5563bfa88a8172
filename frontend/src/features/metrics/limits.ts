import type { ObjectView } from "#resources/feature.ts";
import { parseQuantity } from "#ui/parse-quantity.ts";

/** A line that the use is held against. */
export interface Limit {
  label: string;
  value: number;
}

type Amounts = Record<string, string | number | undefined>;
interface Container {
  resources?: { requests?: Amounts; limits?: Amounts };
}

/** What a pod asks for and may take at most, or what a node has to give; none where a container leaves it open. Pure. */
export function limitsOf({ type, object }: ObjectView, resource: "cpu" | "memory"): Limit[] {
  if (type.plural === "nodes") {
    const { allocatable = {} } = (object["status"] ?? {}) as { allocatable?: Amounts };
    return limit("allocatable", parseQuantity(allocatable[resource]));
  }
  if (type.plural !== "pods") return [];
  const { containers = [] } = (object["spec"] ?? {}) as { containers?: Container[] };
  const sum = (kind: "requests" | "limits") => {
    const amounts = containers.map(({ resources }) => parseQuantity(resources?.[kind]?.[resource]));
    return amounts.every((amount) => amount !== undefined)
      ? amounts.reduce((total: number, amount) => total + (amount ?? 0), 0)
      : undefined;
  };
  return [...limit("requested", sum("requests")), ...limit("limit", sum("limits"))];
}

function limit(label: string, value: number | undefined): Limit[] {
  return value === undefined || value === 0 ? [] : [{ label, value }];
}
