import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { kindKey } from "@kyma/kube/resource-types.ts";
import { childKinds } from "./child-kinds.ts";
import { type LabelSelector, selectorText } from "../resources/label-selector.ts";
import type { ObjectPart, PageView, ReadSet } from "../resources/page-part.ts";
import { bounded, seen } from "./related-object.ts";

/** Deployment → ReplicaSet → Pod below a Function is the longest that there is. */
const deepest = 4;

interface Node {
  type: ResourceType;
  object: UnknownObject;
  /** uid of its owner. */
  parent: string;
}

export interface Family {
  nodes: Node[];
  /** False while a set is still loading. */
  complete: boolean;
  missing: (string | undefined)[];
}

export function hasChildren(type: ResourceType): boolean {
  return childKinds(type).length > 0;
}

/** What the object owns, and what that owns, parents before their children. */
export function descendants(page: PageView): Family {
  const family: Family = { nodes: [], complete: true, missing: [] };
  if (page.object)
    collect(page, { type: page.type, object: page.object }, { family, depth: 1, known: new Set() });
  return family;
}

interface Search {
  family: Family;
  depth: number;
  known: Set<string>;
}

function collect(page: PageView, owner: { type: ResourceType; object: UnknownObject }, search: Search): void {
  const uid = owner.object.metadata.uid ?? "";
  if (search.depth > deepest || search.known.has(uid)) return;
  search.known.add(uid);
  for (const type of childKinds(owner.type)) {
    const set = readChildren(page, type, owner);
    search.family.missing.push(set.missing);
    if (!set.loaded) search.family.complete = false;
    const owned = set.objects.filter(({ metadata }) =>
      metadata.ownerReferences?.some((one) => one.uid === uid),
    );
    for (const object of owned.sort(newestFirst)) {
      search.family.nodes.push({ type, object, parent: uid });
      collect(page, { type, object }, { ...search, depth: search.depth + 1 });
    }
  }
}

/** By the owner's own selector where it has one; the same for all ReplicaSets of a Deployment, so that their pods are one watch. */
function readChildren(
  page: PageView,
  type: ResourceType,
  owner: { type: ResourceType; object: UnknownObject },
): ReadSet {
  const { namespace } = page;
  const isWorkload = kindKey(owner.type).endsWith(".apps");
  const labelSelector = isWorkload ? selectorText(selectorOf(page, owner)) : "";
  return page.read({ type, namespace, ...(labelSelector ? { labelSelector } : {}) });
}

function selectorOf(page: PageView, owner: { object: UnknownObject }): LabelSelector | undefined {
  const { object } = page.type.plural === "deployments" && page.object ? { object: page.object } : owner;
  return (object["spec"] as { selector?: LabelSelector } | undefined)?.selector;
}

function newestFirst(a: UnknownObject, b: UnknownObject): number {
  const [atA, atB] = [a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? ""];
  return atB.localeCompare(atA) || a.metadata.name.localeCompare(b.metadata.name);
}

export const childrenPart: ObjectPart = {
  field: "children",
  value(page) {
    if (!page.object) return null;
    const { nodes, complete, missing } = descendants(page);
    if (!complete) return undefined;
    return bounded(
      nodes.map(({ type, object, parent }) => seen(type, object, { parent })),
      missing,
    );
  },
};
