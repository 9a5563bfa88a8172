import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { ownState, type ObjectState } from "../resources/object-state.ts";

/** As RelatedObject in the SDL. */
export interface RelatedObject {
  group: string;
  version: string;
  plural: string;
  kind: string;
  namespace: string | null;
  name: string;
  uid: string | null;
  parent: string | null;
  createdAt: string | null;
  state: ObjectState | null;
  relation: string | null;
  exists: boolean;
}

/** As RelatedObjects in the SDL. */
export interface RelatedObjects {
  objects: RelatedObject[];
  total: number;
  missing: string[];
}

const most = 300;

/** An object that was read. */
export function seen(
  type: ResourceType,
  object: UnknownObject,
  more: { parent?: string; relation?: string } = {},
): RelatedObject {
  const { group, version, plural, kind } = type;
  const { namespace, name, uid, creationTimestamp } = object.metadata;
  return {
    group,
    version,
    plural,
    kind,
    name,
    namespace: namespace ?? null,
    uid: uid ?? null,
    parent: more.parent ?? null,
    createdAt: creationTimestamp ?? null,
    state: ownState(object),
    relation: more.relation ?? null,
    exists: true,
  };
}

/** An object that is only known by its name. */
export function named(
  type: ResourceType,
  key: { namespace?: string | undefined; name: string },
  more: { relation?: string; exists?: boolean } = {},
): RelatedObject {
  const { group, version, plural, kind } = type;
  return {
    group,
    version,
    plural,
    kind,
    namespace: (type.namespaced ? key.namespace : undefined) ?? null,
    name: key.name,
    uid: null,
    parent: null,
    createdAt: null,
    state: null,
    relation: more.relation ?? null,
    exists: more.exists ?? true,
  };
}

/** At most 300 of them, with how many there are. */
export function bounded(objects: RelatedObject[], missing: readonly (string | undefined)[]): RelatedObjects {
  return {
    objects: objects.slice(0, most),
    total: objects.length,
    missing: [...new Set(missing.filter((one) => one !== undefined))],
  };
}
