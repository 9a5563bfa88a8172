import { expect, test } from "vitest";
import { ruleRows } from "./rules.ts";

test("rules become one readable row per resource", () => {
  const rows = ruleRows([
    { verbs: ["get", "list"], apiGroups: [""], resources: ["pods", "pods/log"] },
    { verbs: ["*"], apiGroups: ["apps"], resources: ["*"], resourceNames: ["web"] },
    { verbs: ["get"], nonResourceURLs: ["/healthz"] },
  ]);
  expect(rows).toEqual([
    { what: "pods", group: "core", names: "all", verbs: "get, list", risk: undefined },
    { what: "pods/log", group: "core", names: "all", verbs: "get, list", risk: undefined },
    { what: "everything", group: "apps", names: "web", verbs: "everything", risk: undefined },
    { what: "/healthz", group: "address of the API server", names: "", verbs: "get", risk: undefined },
  ]);
});

test("what gives away the cluster is said", () => {
  const risk = (rule: object) => ruleRows([rule])[0]?.risk;
  expect(risk({ verbs: ["*"], apiGroups: ["*"], resources: ["*"] })).toBe("May do everything.");
  expect(risk({ verbs: ["list"], apiGroups: [""], resources: ["secrets"] })).toBe("May read Secrets.");
  expect(risk({ verbs: ["create"], apiGroups: [""], resources: ["pods/exec"] })).toContain("run commands");
  expect(risk({ verbs: ["impersonate"], apiGroups: [""], resources: ["users"] })).toContain("impersonate");
});
