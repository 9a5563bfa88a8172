import { expect, test } from "vitest";
import { matrixOf, ruleText } from "./access-matrix.ts";

const served = (
  group: string,
  plural: string,
  verbs = ["get", "list", "watch", "create", "update", "patch", "delete"],
) => ({
  group,
  version: "v1",
  plural,
  kind: plural,
  namespaced: true,
  verbs,
  shortNames: [],
  categories: [],
});
const rule = (verbs: string[], apiGroups: string[], resources: string[], resourceNames: string[] = []) => ({
  verbs,
  apiGroups,
  resources,
  resourceNames,
});

test("cells say what the rules allow: all, some by name, none, or that the verb means nothing", () => {
  const rows = matrixOf(
    [
      served("", "pods"),
      served("", "secrets"),
      served("apps", "deployments"),
      served("", "bindings", ["create"]),
    ],
    [
      rule(["get", "list"], [""], ["pods", "pods/log"]),
      rule(["get"], [""], ["secrets"], ["one"]),
      rule(["*"], ["apps"], ["*"]),
    ],
  );
  const row = (key: string) => rows.find((one) => one.key === key);
  expect(row("pods")?.cells).toMatchObject({ get: "yes", list: "yes", watch: "no", delete: "no" });
  expect(row("pods/log")?.cells).toMatchObject({ get: "yes", create: "n/a" });
  expect(row("pods/exec")?.cells).toMatchObject({ create: "no" });
  expect(row("secrets")?.cells).toMatchObject({ get: "some", list: "no" });
  expect(row("deployments.apps")?.cells).toMatchObject({ delete: "yes" });
  expect(row("deployments/scale.apps")?.cells).toMatchObject({ patch: "yes" });
  expect(row("bindings")?.cells).toMatchObject({ get: "n/a", create: "no" });
});

test("a rule reads as a sentence", () => {
  expect(ruleText(rule(["get"], [""], ["secrets"], ["one"]))).toBe("get on secrets in core, only one");
  expect(ruleText(rule(["*"], ["*"], ["*"]))).toBe("every verb on everything in every group");
});
