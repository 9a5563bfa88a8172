import { expect, test } from "vitest";
import { questionOf } from "./can-i.ts";

const kind = (group: string, plural: string, name: string, namespaced = true, shortNames: string[] = []) => ({
  group,
  version: "v1",
  plural,
  kind: name,
  namespaced,
  verbs: ["get"],
  shortNames,
  categories: [],
});
const served = [
  kind("", "pods", "Pod", true, ["po"]),
  kind("apps", "deployments", "Deployment"),
  kind("", "nodes", "Node", false),
];
const draft = (resource: string) => ({ verb: "get", resource, namespace: "shop", name: "" });

test("kinds may be written as in kubectl", () => {
  expect(questionOf(draft("po"), served)).toEqual({
    verb: "get",
    group: "",
    resource: "pods",
    namespace: "shop",
  });
  expect(questionOf(draft("pods/exec"), served)).toMatchObject({ resource: "pods", subresource: "exec" });
  expect(questionOf(draft("deployment"), served)).toMatchObject({ group: "apps", resource: "deployments" });
  expect(questionOf(draft("deployments.apps/scale"), served)).toMatchObject({
    group: "apps",
    subresource: "scale",
  });
  expect(questionOf(draft("widgets.example.com"), served)).toMatchObject({
    group: "example.com",
    resource: "widgets",
  });
  expect(questionOf(draft("nodes"), served)).toMatchObject({ namespace: undefined });
  expect(questionOf(draft(" "), served)).toBeUndefined();
});
