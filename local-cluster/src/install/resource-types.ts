import { gateways } from "@kyma/crds/resource-types.ts";
import { apiVersionOf, type KubeObject, type ResourceType } from "@kyma/kube/objects.ts";
import {
  clusterRoleBindings,
  clusterRoles,
  configMaps,
  customResourceDefinitions,
  deployments,
  namespaces,
  roleBindings,
  roles,
  serviceAccounts,
  services,
} from "@kyma/kube/resource-types.ts";

const installable: readonly ResourceType[] = [
  customResourceDefinitions,
  namespaces,
  clusterRoles,
  clusterRoleBindings,
  roles,
  roleBindings,
  serviceAccounts,
  configMaps,
  services,
  deployments,
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
