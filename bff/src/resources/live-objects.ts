import type { Selection } from "@kyma/kube/client.ts";
import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import type { Caller } from "../graphql/context.ts";
import type { Joined } from "./live-messages.ts";
import type { LiveSets } from "./live-sets.ts";
import { objectUpstream } from "./object-upstream.ts";

/** Joins the live set of whole objects of a selection: one upstream watch for all readers with the same credentials. */
export function joinObjects(
  liveSets: LiveSets,
  caller: Caller,
  type: ResourceType,
  selection: Selection,
): Joined<UnknownObject, undefined> {
  return liveSets.join(shareKey(caller, "objects", type, selection), () =>
    objectUpstream(caller.kube, type, selection),
  );
}

/** Names everything that decides what is in a live set, the identity first. */
export function shareKey(caller: Caller, view: string, type: ResourceType, selection: Selection): string {
  const { namespace, labelSelector, fieldSelector } = selection;
  const { group, version, plural } = type;
  return JSON.stringify([
    caller.identity,
    view,
    group,
    version,
    plural,
    namespace,
    labelSelector,
    fieldSelector,
  ]);
}
