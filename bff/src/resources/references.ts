import type { Selection } from "@kyma/kube/client.ts";
import type { ObjectKey, ResourceType } from "@kyma/kube/objects.ts";
import { badInput } from "../graphql/errors.ts";
import type { TypeInput } from "./kinds.ts";

export interface RefInput {
  type: TypeInput;
  namespace?: string | null;
  name: string;
}

export interface SelectionInput {
  namespace?: string | null;
  labelSelector?: string | null;
  fieldSelector?: string | null;
}

/** The key of an object; a name that could change the request's path, or a namespace too many or too few, is BAD_INPUT. */
export function toKey(type: ResourceType, ref: { namespace?: string | null; name: string }): ObjectKey {
  checkName(ref.name);
  if (!type.namespaced) {
    if (ref.namespace) throw badInput(`${type.kind} has no namespace`);
    return { name: ref.name };
  }
  if (!ref.namespace) throw badInput(`${type.kind} "${ref.name}" needs a namespace`);
  return { namespace: checkNamespace(ref.namespace), name: ref.name };
}

export function toSelection(type: ResourceType, input: SelectionInput): Selection {
  if (input.namespace && !type.namespaced) throw badInput(`${type.kind} has no namespace`);
  return {
    namespace: input.namespace ? checkNamespace(input.namespace) : undefined,
    labelSelector: input.labelSelector ?? undefined,
    fieldSelector: input.fieldSelector ?? undefined,
  };
}

/** Object names are mostly DNS names, some kinds (RBAC) take more; none takes what would change a path. */
export function checkName(name: string): string {
  if (name === "" || name === "." || name === ".." || name.length > 253 || /[/\\%?#\s\p{Cc}]/u.test(name)) {
    throw badInput(`"${name.slice(0, 100)}" is not an object name`);
  }
  return name;
}

export function checkNamespace(namespace: string): string {
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace)) {
    throw badInput(`"${namespace.slice(0, 100)}" is not a namespace name`);
  }
  return namespace;
}
