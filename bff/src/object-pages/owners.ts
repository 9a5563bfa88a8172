import type { OwnerReference, UnknownObject } from "@kyma/kube/objects.ts";
import type { ObjectPart, PageView } from "../resources/page-part.ts";
import { bounded, named, seen, type RelatedObject } from "./related-object.ts";

/** A chain of owners can be a circle, by mistake or on purpose. */
const longest = 8;

/** Who owns the object, and who owns that. */
export const ownersPart: ObjectPart = {
  field: "owners",
  value(page) {
    if (!page.object) return null;
    const owners: RelatedObject[] = [];
    const missing: (string | undefined)[] = [];
    const known = new Set([page.object.metadata.uid]);
    let next = references(page.object);
    for (let round = 0; round < longest && next.length > 0; round += 1) {
      const found: OwnerReference[] = [];
      for (const reference of next) {
        if (known.has(reference.uid)) continue;
        known.add(reference.uid);
        const owner = readOwner(page, reference);
        if (owner === undefined) return undefined;
        owners.push(owner.shown);
        missing.push(owner.missing);
        if (owner.object) found.push(...references(owner.object));
      }
      next = found;
    }
    return bounded(owners, missing);
  },
};

function references({ metadata }: UnknownObject): OwnerReference[] {
  return (metadata.ownerReferences ?? []).slice(0, 20);
}

function readOwner(
  page: PageView,
  reference: OwnerReference,
): { shown: RelatedObject; object?: UnknownObject; missing?: string | undefined } | undefined {
  const { apiVersion, kind, name, uid } = reference;
  const type = page.typeOf(apiVersion, kind);
  const slash = apiVersion.indexOf("/");
  if (!type) {
    const unknown = {
      group: slash < 0 ? "" : apiVersion.slice(0, slash),
      version: apiVersion.slice(slash + 1),
      plural: "",
      kind,
      namespaced: true,
    };
    return {
      shown: { ...named(unknown, { namespace: page.namespace, name }, { exists: false }), uid },
      missing: `The cluster does not serve ${kind} of ${apiVersion}.`,
    };
  }
  const namespace = type.namespaced ? page.namespace : undefined;
  const set = page.read({ type, namespace, fieldSelector: `metadata.name=${name}` });
  if (!set.loaded) return undefined;
  const object = set.objects.find(({ metadata }) => metadata.uid === uid);
  if (object) return { shown: seen(type, object), object };
  const exists = set.missing !== undefined;
  return { shown: { ...named(type, { namespace, name }, { exists }), uid }, missing: set.missing };
}
