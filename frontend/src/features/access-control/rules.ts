import type { KubeObject } from "#resources/kube-objects.ts";

export interface PolicyRule {
  verbs?: string[];
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
}

export interface Role extends KubeObject {
  rules?: PolicyRule[] | null;
  aggregationRule?: { clusterRoleSelectors?: { matchLabels?: Record<string, string> }[] };
}

export interface Subject {
  kind: string;
  name: string;
  namespace?: string;
}

export interface Binding extends KubeObject {
  roleRef?: { kind: string; name: string };
  subjects?: Subject[] | null;
}

/** A rule as a row: what, in which group, which ones, and what may be done. */
export interface RuleRow {
  what: string;
  group: string;
  names: string;
  verbs: string;
  /** It gives everything, or lets its holder get more rights: worth a warning. */
  risk: string | undefined;
}

const escalating = new Set(["escalate", "bind", "impersonate"]);

/** The rules of a role as readable rows, one per resource. Pure. */
export function ruleRows(rules: readonly PolicyRule[]): RuleRow[] {
  return rules.flatMap((rule) => {
    const verbs = verbText(rule.verbs ?? []);
    const names = rule.resourceNames?.length ? rule.resourceNames.join(", ") : "all";
    const urls = (rule.nonResourceURLs ?? []).map((url) => ({
      what: url,
      group: "address of the API server",
      names: "",
      verbs,
      risk: undefined,
    }));
    const resources = (rule.resources ?? []).map((resource) => ({
      what: resource === "*" ? "everything" : resource,
      group: groupText(rule.apiGroups ?? []),
      names,
      verbs,
      risk: riskOf(rule, resource),
    }));
    return [...resources, ...urls];
  });
}

function verbText(verbs: readonly string[]): string {
  return verbs.includes("*") ? "everything" : verbs.join(", ");
}

function groupText(groups: readonly string[]): string {
  if (groups.includes("*")) return "any";
  return groups.map((group) => group || "core").join(", ");
}

function riskOf({ verbs = [], apiGroups = [] }: PolicyRule, resource: string): string | undefined {
  if (resource === "*" && verbs.includes("*") && apiGroups.includes("*")) return "May do everything.";
  const given = verbs.find((verb) => escalating.has(verb));
  if (given) return `"${given}" lets its holder act with rights that it does not have itself.`;
  const any = (...wanted: string[]) => verbs.includes("*") || wanted.some((verb) => verbs.includes(verb));
  if (resource === "secrets" && any("get", "list", "watch")) return "May read Secrets.";
  if (["pods/exec", "pods/attach"].includes(resource) && any("create", "get"))
    return "May run commands in pods.";
  return undefined;
}
