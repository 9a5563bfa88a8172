import { expect, it } from "vitest";
import { bulkActions, bulkNeeds, parseLabelChanges } from "./bulk-actions.ts";

const names = (plural: string, group: string, verbs: string[]) =>
  bulkActions({ group, version: "v1", plural }, { verbs }).map(({ label }) => label);

it("offers what makes sense for a kind", () => {
  const verbs = ["delete", "patch", "list"];
  expect(names("pods", "", verbs)).toEqual(["Label", "Delete"]);
  expect(names("deployments", "apps", verbs)).toEqual(["Restart", "Scale", "Label", "Delete"]);
  expect(names("daemonsets", "apps", verbs)).toEqual(["Restart", "Label", "Delete"]);
  expect(names("replicasets", "apps", verbs)).toEqual(["Scale", "Label", "Delete"]);
  expect(names("componentstatuses", "", ["list"])).toEqual([]);
});

it("asks for one right per namespace, and for none when they are many", () => {
  const type = { group: "", version: "v1", plural: "pods" };
  const remove = bulkActions(type, { verbs: ["delete"] })[0];
  if (!remove) throw new Error("pods can be deleted");
  const target = (namespace: string, name: string) => ({ key: name, namespace, name });
  expect(bulkNeeds(type, remove, [target("a", "1"), target("a", "2"), target("b", "3")])).toEqual([
    { verb: "delete", group: "", resource: "pods", namespace: "a" },
    { verb: "delete", group: "", resource: "pods", namespace: "b" },
  ]);
  expect(
    bulkNeeds(
      type,
      remove,
      Array.from({ length: 20 }, (_, index) => target(`ns-${index}`, "x")),
    ),
  ).toEqual([]);
});

it("reads labels as kubectl label does", () => {
  expect(parseLabelChanges("team=shop tier- a.b/c=")).toEqual({
    labels: { team: "shop", tier: null, "a.b/c": "" },
  });
  expect(parseLabelChanges("team")).toEqual({ problem: '"team" is neither key=value nor key-.' });
  expect(parseLabelChanges("  ")).toHaveProperty("problem");
});
