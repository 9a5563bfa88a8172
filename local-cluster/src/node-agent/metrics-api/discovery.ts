import { historyVersion, metricsVersion } from "./objects.ts";

interface Resource {
  name: string;
  kind: string;
  namespaced: boolean;
}

const resources: Record<string, Resource[]> = {
  [metricsVersion]: [
    { name: "nodes", kind: "NodeMetrics", namespaced: false },
    { name: "pods", kind: "PodMetrics", namespaced: true },
  ],
  [historyVersion]: [
    { name: "nodes", kind: "NodeMetricsHistory", namespaced: false },
    { name: "pods", kind: "PodMetricsHistory", namespaced: true },
  ],
};

/** What is answered to "what is there" (discovery and OpenAPI) below /apis and /openapi; undefined for any other path. */
export function discoveryDocument(path: string): object | undefined {
  if (path === "/apis")
    return { kind: "APIGroupList", apiVersion: "v1", groups: Object.keys(resources).map(group) };
  if (path === "/openapi/v2") return { swagger: "2.0", info, paths: {}, definitions: {} };
  if (path === "/openapi/v3") return openApiIndex();
  for (const [version, list] of Object.entries(resources)) {
    if (path === `/apis/${version}`) return resourceList(version, list);
    if (path === `/apis/${version.split("/")[0]}`)
      return { kind: "APIGroup", apiVersion: "v1", ...group(version) };
    if (path === `/openapi/v3/apis/${version}`) return openApi(version, list);
  }
  return undefined;
}

const info = { title: "Kyma local node metrics", version: "v1" };

function group(groupVersion: string): object {
  const [name = "", version = ""] = groupVersion.split("/");
  const only = { groupVersion, version };
  return { name, versions: [only], preferredVersion: only };
}

function resourceList(groupVersion: string, list: Resource[]): object {
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion,
    resources: list.map((resource) => ({ ...resource, singularName: "", verbs: ["get", "list"] })),
  };
}

function openApiIndex(): object {
  const paths = Object.keys(resources).map((version) => [
    `apis/${version}`,
    { serverRelativeURL: `/openapi/v3/apis/${version}?hash=1` },
  ]);
  return { paths: Object.fromEntries(paths) as object };
}

function openApi(groupVersion: string, list: Resource[]): object {
  const [group = "", version = ""] = groupVersion.split("/");
  const prefix = group.split(".").toReversed().join(".");
  const schemas = list.map(({ kind }) => [
    `${prefix}.${version}.${kind}`,
    {
      type: "object",
      description: `What was measured on the node of this local cluster, as ${kind}.`,
      "x-kubernetes-group-version-kind": [{ group, version, kind }],
    },
  ]);
  return {
    openapi: "3.0.0",
    info,
    paths: {},
    components: { schemas: Object.fromEntries(schemas) as object },
  };
}
