import type { ApiResource } from "@kyma/kube/discovery.ts";
import { expect, test } from "vitest";
import { searchedKinds } from "./name-index.ts";

const kind = (group: string, plural: string, verbs = ["list", "watch"]): ApiResource => ({
  group,
  version: "v1",
  plural,
  kind: plural,
  namespaced: true,
  verbs,
  shortNames: [],
  categories: [],
});

test("kinds are searched whose objects can be watched and have names that people look for", () => {
  const served = [
    kind("", "pods"),
    kind("", "events"),
    kind("metrics.k8s.io", "pods", ["get", "list"]),
    kind("eventing.kyma-project.io", "subscriptions"),
    kind("delivery.eventing.kyma-project.io", "events"),
  ];
  expect(searchedKinds(served).map(({ plural }) => plural)).toEqual(["pods", "subscriptions"]);
});
