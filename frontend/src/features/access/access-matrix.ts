import type { AccessRulesQuery } from "#api/generated/graphql.ts";
import type { ApiResource } from "#api/objects.ts";

export type AccessRule = AccessRulesQuery["accessRules"]["rules"][number];

/** The verbs of the matrix, in kubectl's order. */
export const matrixVerbs = ["get", "list", "watch", "create", "update", "patch", "delete"] as const;
type MatrixVerb = (typeof matrixVerbs)[number];

/** All objects, some by name, none; or the kind does not know the verb. */
type Cell = "yes" | "some" | "no" | "n/a";

/** One line of the matrix: a kind, or a part of it such as pods/exec. */
export interface MatrixRow {
  key: string;
  group: string;
  /** Plural. */
  resource: string;
  subresource: string | undefined;
  cells: Record<MatrixVerb, Cell>;
  /** What gives any of the verbs. */
  rules: AccessRule[];
}

/** Parts of kinds that people ask for by themselves, with the verbs that mean something. */
const parts: { group: string; resource: string; subresource: string; verbs: readonly MatrixVerb[] }[] = [
  { group: "", resource: "pods", subresource: "log", verbs: ["get"] },
  { group: "", resource: "pods", subresource: "exec", verbs: ["get", "create"] },
  { group: "", resource: "pods", subresource: "attach", verbs: ["get", "create"] },
  { group: "", resource: "pods", subresource: "portforward", verbs: ["get", "create"] },
  { group: "", resource: "pods", subresource: "eviction", verbs: ["create"] },
  { group: "", resource: "pods", subresource: "ephemeralcontainers", verbs: ["get", "update", "patch"] },
  {
    group: "",
    resource: "services",
    subresource: "proxy",
    verbs: ["get", "create", "update", "patch", "delete"],
  },
  { group: "", resource: "serviceaccounts", subresource: "token", verbs: ["create"] },
  {
    group: "",
    resource: "nodes",
    subresource: "proxy",
    verbs: ["get", "create", "update", "patch", "delete"],
  },
  { group: "apps", resource: "deployments", subresource: "scale", verbs: ["get", "update", "patch"] },
  { group: "apps", resource: "statefulsets", subresource: "scale", verbs: ["get", "update", "patch"] },
];

/** Everything served, with what the rules allow on it. */
export function matrixOf(served: readonly ApiResource[], rules: readonly AccessRule[]): MatrixRow[] {
  return served.flatMap(({ group, plural, verbs }) => [
    rowOf(rules, { group, resource: plural, subresource: undefined, verbs }),
    ...parts
      .filter((part) => part.group === group && part.resource === plural)
      .map((part) => rowOf(rules, part)),
  ]);
}

interface RowSource {
  group: string;
  resource: string;
  subresource: string | undefined;
  verbs: readonly string[];
}

function rowOf(rules: readonly AccessRule[], { group, resource, subresource, verbs }: RowSource): MatrixRow {
  const full = subresource === undefined ? resource : `${resource}/${subresource}`;
  const fitting = rules.filter(
    (rule) => has(rule.apiGroups, group) && rule.resources.some((one) => covers(one, full, subresource)),
  );
  const cellOf = (verb: MatrixVerb): Cell => {
    if (!verbs.includes(verb)) return "n/a";
    const giving = fitting.filter((rule) => has(rule.verbs, verb));
    if (giving.some(({ resourceNames }) => resourceNames.length === 0)) return "yes";
    return giving.length > 0 ? "some" : "no";
  };
  return {
    key: group === "" ? full : `${full}.${group}`,
    group,
    resource,
    subresource,
    cells: Object.fromEntries(matrixVerbs.map((verb) => [verb, cellOf(verb)])) as MatrixRow["cells"],
    rules: fitting,
  };
}

function has(list: readonly string[], value: string): boolean {
  return list.includes("*") || list.includes(value);
}

function covers(ruleResource: string, full: string, subresource: string | undefined): boolean {
  return (
    ruleResource === "*" ||
    ruleResource === full ||
    (subresource !== undefined && ruleResource === `*/${subresource}`)
  );
}

/** "get, list on pods, services (core)" */
export function ruleText({ verbs, resources, apiGroups, resourceNames }: AccessRule): string {
  const groups = apiGroups.map((group) => (group === "" ? "core" : group === "*" ? "every group" : group));
  const all = (list: readonly string[], word: string) => (list.includes("*") ? word : list.join(", "));
  const names = resourceNames.length > 0 ? `, only ${resourceNames.join(", ")}` : "";
  return `${all(verbs, "every verb")} on ${all(resources, "everything")} in ${groups.join(", ")}${names}`;
}
