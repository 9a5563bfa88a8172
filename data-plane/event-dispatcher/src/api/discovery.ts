import { deliveryGroup, deliveryVersion } from "@kyma/eventing/delivery-objects.ts";
import { type Resource, verbsOf } from "./resource.ts";

const version = deliveryVersion.slice(deliveryGroup.length + 1);
const info = { title: "Kyma eventing: delivery", version };
const only = { groupVersion: deliveryVersion, version };
const group = { name: deliveryGroup, versions: [only], preferredVersion: only };

/** What is answered to "what is there" (discovery and OpenAPI); undefined for any other path. Pure. */
export function discoveryDocument(path: string, resources: readonly Resource[]): object | undefined {
  switch (path) {
    case "/apis":
      return { kind: "APIGroupList", apiVersion: "v1", groups: [group] };
    case `/apis/${deliveryGroup}`:
      return { kind: "APIGroup", apiVersion: "v1", ...group };
    case `/apis/${deliveryVersion}`:
      return resourceList(resources);
    case "/openapi/v2":
      return { swagger: "2.0", info, paths: {}, definitions: {} };
    case "/openapi/v3":
      return {
        paths: {
          [`apis/${deliveryVersion}`]: {
            serverRelativeURL: `/openapi/v3/apis/${deliveryVersion}?hash=1`,
          },
        },
      };
    case `/openapi/v3/apis/${deliveryVersion}`:
      return openApi(resources);
    default:
      return undefined;
  }
}

function resourceList(resources: readonly Resource[]): object {
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion: deliveryVersion,
    resources: resources.flatMap((resource) => {
      const { plural: name, singular: singularName, kind, namespaced, subresources = {} } = resource;
      return [
        { name, singularName, namespaced, kind, verbs: verbsOf(resource) },
        ...Object.entries(subresources).map(([part, { kind }]) => ({
          name: `${name}/${part}`,
          singularName: "",
          namespaced,
          kind,
          verbs: ["create"],
        })),
      ];
    }),
  };
}

/** Enough for `kubectl explain` to say what a kind is. */
function openApi(resources: readonly Resource[]): object {
  const prefix = deliveryGroup.split(".").toReversed().join(".");
  const kindOf = ({ kind }: Resource): object => ({ group: deliveryGroup, version, kind });
  const paths = resources.map((resource) => {
    const place = resource.namespaced ? "namespaces/{namespace}/" : "";
    const get = { "x-kubernetes-action": "list", "x-kubernetes-group-version-kind": kindOf(resource) };
    return [`/apis/${deliveryVersion}/${place}${resource.plural}`, { get }];
  });
  const schemas = resources.map((resource) => [
    `${prefix}.${version}.${resource.kind}`,
    {
      type: "object",
      description: resource.description,
      "x-kubernetes-group-version-kind": [kindOf(resource)],
    },
  ]);
  return {
    openapi: "3.0.0",
    info,
    paths: Object.fromEntries(paths) as object,
    components: { schemas: Object.fromEntries(schemas) as object },
  };
}
