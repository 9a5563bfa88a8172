import type { AccessCheck } from "../access-checks.ts";
import { ruleAllows, type Binding, type PolicyRule, type Role, type Subject } from "../rbac.ts";

/** As Grant in the SDL. */
export interface Grant {
  subject: Subject;
  bindingKind: string;
  binding: string;
  roleKind: string;
  role: string;
  rule: string;
  namespace: string | null;
}

export interface Rbac {
  roles: readonly Role[];
  bindings: readonly Binding[];
}

/** Every chain from a subject to a rule that gives the right, those that hold everywhere first. Pure. */
export function findGrants({ roles, bindings }: Rbac, check: AccessCheck): Grant[] {
  const rulesOf = new Map<string, PolicyRule | undefined>();
  for (const role of roles)
    rulesOf.set(
      roleKey(role),
      role.rules?.find((rule) => ruleAllows(rule, check)),
    );
  return bindings
    .flatMap((binding) => {
      const { kind, name } = binding.roleRef;
      const bindingNamespace = binding.metadata.namespace;
      const rule = rulesOf.get(kind === "Role" ? `${bindingNamespace ?? ""}/${name}` : name);
      if (!rule) return [];
      return (binding.subjects ?? []).map((subject) => ({
        subject: {
          kind: subject.kind,
          name: subject.name,
          ...(subject.namespace ? { namespace: subject.namespace } : {}),
        },
        bindingKind: bindingNamespace ? "RoleBinding" : "ClusterRoleBinding",
        binding: binding.metadata.name,
        roleKind: kind,
        role: name,
        rule: ruleText(rule),
        namespace: bindingNamespace ?? null,
      }));
    })
    .sort(
      (a, b) =>
        (a.namespace ?? "").localeCompare(b.namespace ?? "") ||
        a.subject.kind.localeCompare(b.subject.kind) ||
        a.subject.name.localeCompare(b.subject.name),
    );
}

function roleKey({ metadata }: Role): string {
  return metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name;
}

function ruleText({ verbs = [], resources = [], resourceNames = [] }: PolicyRule): string {
  const only = resourceNames.length ? ` (only ${resourceNames.join(", ")})` : "";
  const words = (list: string[], all: string): string => (list.includes("*") ? all : list.join(", "));
  return `${words(verbs, "everything")} on ${words(resources, "all resources")}${only}`.slice(0, 500);
}
