import { ForbiddenError } from "@kyma/kube/errors.ts";
import type { KubeObject, ResourceType } from "@kyma/kube/objects.ts";
import { clusterRoleBindings, clusterRoles, roleBindings, roles } from "@kyma/kube/resource-types.ts";
import type { GraphqlContext } from "../../graphql/context.ts";
import { badInput } from "../../graphql/errors.ts";
import type { Area } from "../../graphql/schema.ts";
import { checkNamespace } from "../../resources/references.ts";
import type { AccessCheck } from "../access-checks.ts";
import type { Binding, Role } from "../rbac.ts";
import { findGrants, type Grant } from "./who-can.ts";

const most = 500;

/** Who may do what, from the roles and bindings that the user can read. */
export function whoCanArea(): Area {
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    query: { whoCan: (_, { check }: { check: AccessCheck }, context) => whoCan(check, context) },
  };
}

interface WhoCan {
  grants: Grant[];
  total: number;
  missing: string[];
}

async function whoCan(check: AccessCheck, { caller, signal }: GraphqlContext): Promise<WhoCan> {
  for (const part of [check.verb, check.group, check.resource, check.subresource ?? ""])
    if (!/^[a-zA-Z0-9*./-]{0,253}$/.test(part))
      throw badInput(`"${part.slice(0, 100)}" cannot be part of a right`);
  if (check.verb === "" || check.resource === "") throw badInput("a right names a verb and a resource");
  const namespace = check.namespace ? checkNamespace(check.namespace) : undefined;
  const missing: string[] = [];
  const read = async <T extends KubeObject>(type: ResourceType): Promise<T[]> => {
    try {
      return (await caller.kube.list<T>(type, { ...(type.namespaced ? { namespace } : {}), signal })).items;
    } catch (error) {
      if (!(error instanceof ForbiddenError)) throw error;
      const place = type.namespaced && namespace ? `in namespace ${namespace}` : "in the whole cluster";
      missing.push(`You may not list ${type.plural}.${type.group} ${place}.`);
      return [];
    }
  };
  const [clusterWide, own] = await Promise.all([read<Role>(clusterRoles), read<Role>(roles)]);
  const [clusterBindings, bindings] = await Promise.all([
    read<Binding>(clusterRoleBindings),
    read<Binding>(roleBindings),
  ]);
  const rbac = { roles: [...clusterWide, ...own], bindings: [...clusterBindings, ...bindings] };
  const { subresource, name } = check;
  // null from GraphQL means the same as absent.
  const asked = { ...check, subresource: subresource || undefined, name: name || undefined } as AccessCheck;
  const grants = findGrants(rbac, asked);
  return { grants: grants.slice(0, most), total: grants.length, missing };
}
