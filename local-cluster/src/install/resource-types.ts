import { gateways } from "@kyma/crds/resource-types.ts";
import { apiVersionOf, type KubeObject, type ResourceType } from "@kyma/kube/objects.ts";
import {
  clusterRoleBindings,
  clusterRoles,
  configMaps,
  customResourceDefinitions,
  deployments,
  endpointSlices,
  namespaces,
  roleBindings,
  roles,
  secrets,
  serviceAccounts,
  services,
} from "@kyma/kube/resource-types.ts";

/** How the API server learns of an API that somebody else serves. */
export const apiServices: ResourceType = {
  group: "apiregistration.k8s.io",
  version: "v1",
  plural: "apiservices",
  kind: "APIService",
  namespaced: false,
};

const installable: readonly ResourceType[] = [
  customResourceDefinitions,
  namespaces,
  clusterRoles,
  clusterRoleBindings,
  roles,
  roleBindings,
  serviceAccounts,
  configMaps,
  secrets,
  services,
  deployments,
  endpointSlices,
  apiServices,
  gateways,
];

/** The kind of a manifest. Throws when the installer does not know it: add it above. */
export function resourceTypeOf(object: KubeObject): ResourceType {
  const found = installable.find(
    (type) => type.kind === object.kind && apiVersionOf(type) === object.apiVersion,
  );
  if (!found) throw new Error(`The installer does not know ${object.kind} of ${object.apiVersion}.`);
  return found;
}
