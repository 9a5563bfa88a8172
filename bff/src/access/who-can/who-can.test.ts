import { expect, test } from "vitest";
import type { Binding, Role } from "../rbac.ts";
import { findGrants } from "./who-can.ts";

const role = (name: string, rules: Role["rules"], namespace?: string): Role => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: namespace ? "Role" : "ClusterRole",
  metadata: { name, ...(namespace ? { namespace } : {}) },
  ...(rules ? { rules } : {}),
});
const binding = (name: string, kind: string, to: string, user: string, namespace?: string): Binding => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: namespace ? "RoleBinding" : "ClusterRoleBinding",
  metadata: { name, ...(namespace ? { namespace } : {}) },
  roleRef: { kind, name: to },
  subjects: [{ kind: "User", name: user }],
});

test("each chain is told, and one by a RoleBinding holds in its namespace only", () => {
  const roles = [
    role("reader", [{ verbs: ["get", "list"], apiGroups: [""], resources: ["pods"] }]),
    role("reader", [{ verbs: ["get"], apiGroups: [""], resources: ["secrets"] }], "shop"),
    role("all", [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }]),
  ];
  const bindings = [
    binding("a", "ClusterRole", "reader", "ann", "shop"),
    binding("b", "ClusterRole", "all", "root"),
    binding("c", "Role", "reader", "bob", "shop"),
    binding("d", "Role", "reader", "eve", "other"),
    binding("e", "ClusterRole", "gone", "nobody"),
  ];
  const who = (resource: string) =>
    findGrants({ roles, bindings }, { verb: "get", group: "", resource }).map(({ subject, namespace }) => [
      subject.name,
      namespace,
    ]);
  expect(who("pods")).toEqual([
    ["root", null],
    ["ann", "shop"],
  ]);
  expect(who("secrets")).toEqual([
    ["root", null],
    ["bob", "shop"],
  ]);
});
