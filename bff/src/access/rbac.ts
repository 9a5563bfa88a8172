import type { KubeObject } from "@kyma/kube/objects.ts";
import type { AccessCheck } from "./access-checks.ts";

export interface PolicyRule {
  verbs?: string[];
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
}
export interface Role extends KubeObject {
  rules?: PolicyRule[];
}
export interface Subject {
  kind: string;
  name: string;
  namespace?: string;
}
export interface Binding extends KubeObject {
  roleRef: { kind: string; name: string };
  subjects?: Subject[];
}

/** Does one rule give the right? As the API server's RBAC authorizer decides it. */
export function ruleAllows(rule: PolicyRule, check: AccessCheck): boolean {
  const { verb, group, resource, subresource, name } = check;
  const full = subresource ? `${resource}/${subresource}` : resource;
  const names = rule.resourceNames ?? [];
  return (
    has(rule.verbs, verb) &&
    has(rule.apiGroups, group) &&
    (rule.resources ?? []).some(
      (one) => one === "*" || one === full || (subresource !== undefined && one === `*/${subresource}`),
    ) &&
    (names.length === 0 || (Boolean(name) && names.includes(name ?? "")))
  );
}

function has(list: string[] | undefined, value: string): boolean {
  return list !== undefined && (list.includes("*") || list.includes(value));
}

/** What RBAC says in one namespace (or the whole cluster), as far as it could be read. */
export interface RbacState {
  clusterRoles: Role[];
  clusterRoleBindings: Binding[];
  roles: Role[];
  roleBindings: Binding[];
}

/**
 * Who can give a right to others: they may create bindings there, and they hold the right themselves or may `bind` or `escalate` all the
 * same, which is what the API server asks for. What belongs to Kubernetes itself (system:…) is left out, but for system:masters.
 */
export function findGrantors(state: RbacState, check: AccessCheck): Subject[] {
  const bindings = check.namespace ? "rolebindings" : "clusterrolebindings";
  const rbac = "rbac.authorization.k8s.io";
  const scope = check.namespace ? { namespace: check.namespace } : {};
  const canBind = (rules: PolicyRule[]): boolean =>
    allows(rules, { verb: "create", group: rbac, resource: bindings, ...scope });
  const canGive = (rules: PolicyRule[]): boolean =>
    allows(rules, check) ||
    ["roles", "clusterroles"].some(
      (resource) =>
        allows(rules, { verb: "bind", group: rbac, resource, ...scope }) ||
        (allows(rules, { verb: "escalate", group: rbac, resource, ...scope }) &&
          allows(rules, { verb: "update", group: rbac, resource, ...scope })),
    );
  return [...rulesBySubject(state).values()]
    .filter(({ rules, subject }) => canBind(rules) && canGive(rules) && !isInternal(subject))
    .map(({ subject }) => subject);
}

function allows(rules: PolicyRule[], check: AccessCheck): boolean {
  return rules.some((rule) => ruleAllows(rule, check));
}

function isInternal({ kind, name, namespace }: Subject): boolean {
  if (kind === "ServiceAccount") return namespace === "kube-system";
  return name.startsWith("system:") && name !== "system:masters";
}

function rulesBySubject(state: RbacState): Map<string, { subject: Subject; rules: PolicyRule[] }> {
  const found = new Map<string, { subject: Subject; rules: PolicyRule[] }>();
  const rolesByName = new Map<string, PolicyRule[]>([
    ...state.clusterRoles.map((role) => [`ClusterRole/${role.metadata.name}`, role.rules ?? []] as const),
    ...state.roles.map((role) => [`Role/${role.metadata.name}`, role.rules ?? []] as const),
  ]);
  for (const { roleRef, subjects } of [...state.clusterRoleBindings, ...state.roleBindings]) {
    const rules = rolesByName.get(`${roleRef.kind}/${roleRef.name}`) ?? [];
    for (const { kind, name, namespace } of subjects ?? []) {
      const subject = { kind, name, ...(namespace ? { namespace } : {}) };
      const key = JSON.stringify(subject);
      const entry = found.get(key) ?? { subject, rules: [] };
      found.set(key, { subject, rules: [...entry.rules, ...rules] });
    }
  }
  return found;
}
