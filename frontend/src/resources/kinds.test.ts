import { describe, expect, it } from "vitest";
import type { ApiResource } from "#api/objects.ts";
import { groupKinds, listPath, objectPath, pluralLabel } from "./kinds.ts";

function kind(plural: string, group = "", verbs = ["list", "watch"]): ApiResource {
  return {
    group,
    version: "v1",
    plural,
    kind: plural,
    namespaced: true,
    verbs,
    shortNames: [],
    categories: [],
  };
}

describe("groupKinds", () => {
  const { known, custom } = groupKinds([
    kind("secrets"),
    kind("configmaps"),
    kind("pods"),
    kind("bindings", "", ["create"]),
    kind("pods", "metrics.k8s.io", ["get", "list"]),
    kind("flowschemas", "flowcontrol.apiserver.k8s.io"),
    kind("gateways", "networking.istio.io"),
    kind("functions", "serverless.kyma-project.io"),
    kind("events", "delivery.eventing.kyma-project.io"),
  ]);
  it("puts well-known kinds under their heading, in a fixed order, and leaves out what is not served", () => {
    expect(known.map(({ title, kinds }) => [title, kinds.map(({ plural }) => plural)])).toEqual([
      ["Workloads", ["pods"]],
      ["Config", ["configmaps", "secrets"]],
    ]);
  });
  it("groups custom kinds by API group, without those that have pages of their own or only pass by", () => {
    expect(custom.map(({ title }) => title)).toEqual(["networking.istio.io"]);
  });
});

describe("addresses", () => {
  it("names the core group, and leads to a feature's own pages", () => {
    expect(listPath({ group: "", version: "v1", plural: "pods" }, "a")).toBe(
      "/namespaces/a/resources/core/v1/pods",
    );
    const fn = { group: "serverless.kyma-project.io", version: "v1alpha2", plural: "functions" };
    expect(objectPath(fn, "a", "hello")).toBe("/namespaces/a/functions/hello");
  });
  it("has no namespace for cluster-scoped kinds, and escapes names", () => {
    const type = { group: "rbac.authorization.k8s.io", version: "v1", plural: "clusterroles" };
    expect(objectPath(type, null, "system:node/x")).toBe(
      "/cluster/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode%2Fx",
    );
  });
});

it("writes plurals", () => {
  expect(["Pod", "NetworkPolicy", "Ingress", "Endpoints", "Gateway"].map(pluralLabel)).toEqual([
    "Pods",
    "NetworkPolicies",
    "Ingresses",
    "Endpoints",
    "Gateways",
  ]);
});
