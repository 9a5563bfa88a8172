import type { MetricsSource } from "#api/metrics.ts";
import type { ObjectView } from "#resources/feature.ts";

interface Requirement {
  key: string;
  operator: string;
  values?: string[];
}
interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: Requirement[];
}

const operators: Record<string, string> = { In: "in", NotIn: "notin" };

/** A selector as the API takes it in a query. Pure. */
export function selectorText({ matchLabels = {}, matchExpressions = [] }: Selector): string {
  const equal = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const others = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === "Exists") return key;
    if (operator === "DoesNotExist") return `!${key}`;
    return `${key} ${operators[operator] ?? "in"} (${values.join(",")})`;
  });
  return [...equal, ...others].join(",");
}

/** What is measured for an object; undefined when it selects no pods. */
export function sourceOf({ type, object }: ObjectView): MetricsSource | undefined {
  const { name, namespace = null } = object.metadata;
  if (type.plural === "nodes") return { kind: "NODE", name };
  if (type.plural === "pods") return { kind: "POD", namespace, name };
  const { selector } = (object["spec"] ?? {}) as { selector?: Selector };
  const labelSelector = selectorText(selector ?? {});
  return labelSelector === "" ? undefined : { kind: "PODS", namespace, labelSelector };
}
