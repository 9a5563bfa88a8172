import { expect, test } from "vitest";
import { refusal } from "./access-checks.ts";
import {
  findGrantors,
  ruleAllows,
  type Binding,
  type PolicyRule,
  type RbacState,
  type Role,
} from "./rbac.ts";

const rbac = "rbac.authorization.k8s.io";
const pods = { verb: "get", group: "", resource: "pods", namespace: "shop" };

test("a rule gives a right as RBAC says", () => {
  const rule = (part: Partial<PolicyRule>): PolicyRule => ({
    verbs: ["get"],
    apiGroups: [""],
    resources: ["pods"],
    ...part,
  });
  expect(ruleAllows(rule({}), pods)).toBe(true);
  expect(ruleAllows(rule({ verbs: ["*"] }), pods)).toBe(true);
  expect(ruleAllows(rule({ verbs: ["list"] }), pods)).toBe(false);
  expect(ruleAllows(rule({ apiGroups: ["apps"] }), pods)).toBe(false);
  expect(ruleAllows(rule({ resources: ["*"] }), { ...pods, subresource: "log" })).toBe(true);
  expect(ruleAllows(rule({}), { ...pods, subresource: "log" })).toBe(false);
  expect(ruleAllows(rule({ resources: ["pods/log"] }), { ...pods, subresource: "log" })).toBe(true);
  expect(ruleAllows(rule({ resources: ["*/log"] }), { ...pods, subresource: "log" })).toBe(true);
  expect(ruleAllows(rule({ resources: ["*/log"] }), { ...pods, subresource: null })).toBe(false);
  expect(ruleAllows(rule({ resourceNames: ["a"] }), { ...pods, name: "a" })).toBe(true);
  expect(ruleAllows(rule({ resourceNames: ["a"] }), pods)).toBe(false);
  expect(ruleAllows({ nonResourceURLs: ["*"], verbs: ["*"] }, pods)).toBe(false);
});

const role = (name: string, ...rules: PolicyRule[]): Role => ({
  apiVersion: "v1",
  kind: "Role",
  metadata: { name },
  rules,
});
const binding = (
  kind: string,
  name: string,
  ...subjects: { kind: string; name: string; namespace?: string }[]
): Binding => ({
  apiVersion: "v1",
  kind: "Binding",
  metadata: { name },
  roleRef: { kind, name },
  subjects,
});
const bind = (verb: string, resource: string): PolicyRule => ({
  verbs: [verb],
  apiGroups: [rbac],
  resources: [resource],
});
const user = (name: string) => ({ kind: "User", name });

test("who may bind and holds the right, or may bind or escalate all the same, can grant it", () => {
  const state: RbacState = {
    clusterRoles: [
      role("all", { verbs: ["*"], apiGroups: ["*"], resources: ["*"] }),
      role("binder", bind("create", "rolebindings"), bind("bind", "clusterroles")),
      role("escalator", bind("create", "rolebindings"), bind("escalate", "roles"), bind("update", "roles")),
      role("only-binds", bind("create", "rolebindings")),
    ],
    clusterRoleBindings: [
      binding("ClusterRole", "all", { kind: "Group", name: "system:masters" }, user("ann")),
      binding("ClusterRole", "binder", user("bob"), {
        kind: "ServiceAccount",
        namespace: "kube-system",
        name: "x",
      }),
      binding("ClusterRole", "escalator", user("system:controller")),
    ],
    roles: [role("holds", { verbs: ["get"], apiGroups: [""], resources: ["pods"] })],
    roleBindings: [
      binding("ClusterRole", "escalator", { kind: "Group", name: "leads" }),
      binding("ClusterRole", "only-binds", user("carl"), user("dora")),
      binding("Role", "holds", user("dora"), user("eve")),
    ],
  };
  const names = findGrantors(state, pods).map(({ name }) => name);
  // carl may bind but has nothing to give; eve has the right but may not bind.
  expect(names.toSorted()).toEqual(["ann", "bob", "dora", "leads", "system:masters"]);
  const everywhere = { verb: "get", group: "", resource: "nodes" };
  expect(findGrantors({ ...state, roles: [], roleBindings: [] }, everywhere).map(({ name }) => name)).toEqual(
    ["system:masters", "ann"],
  );
});

test("the sentence is the API server's own", () => {
  expect(refusal("jane", { ...pods, subresource: "exec", name: "a", verb: "create" }, null)).toBe(
    'pods/exec "a" is forbidden: User "jane" cannot create resource "pods/exec" in API group "" in the namespace "shop"',
  );
  expect(refusal("jane", { verb: "list", group: "apps", resource: "deployments" }, "RBAC: no")).toBe(
    'deployments.apps is forbidden: User "jane" cannot list resource "deployments" in API group "apps" at the cluster scope: RBAC: no',
  );
});
