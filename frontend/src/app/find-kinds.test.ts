import { expect, it } from "vitest";
import type { ApiResource } from "#api/objects.ts";
import { findKinds } from "./find-kinds.ts";

const kind = (name: string, over: Partial<ApiResource> = {}): ApiResource => ({
  group: "",
  version: "v1",
  plural: `${name.toLowerCase()}s`,
  kind: name,
  namespaced: true,
  verbs: ["list", "watch"],
  shortNames: [],
  categories: [],
  ...over,
});
const all = [
  kind("Pod", { shortNames: ["po"], categories: ["all"] }),
  kind("PodDisruptionBudget", { group: "policy", shortNames: ["pdb"] }),
  kind("Deployment", { group: "apps", shortNames: ["deploy"], categories: ["all"] }),
  kind("Binding", { verbs: ["create"] }),
];
const found = (filter: string) => findKinds(all, filter).map((one) => one.kind);

it.each([
  ["", ["Deployment", "Pod", "PodDisruptionBudget"]],
  ["po", ["Pod", "PodDisruptionBudget"]],
  ["pdb", ["PodDisruptionBudget"]],
  ["all", ["Deployment", "Pod"]],
  ["apps depl", ["Deployment"]],
  ["bind", []],
])("%s finds %j", (filter, kinds) => expect(found(filter)).toEqual(kinds));
