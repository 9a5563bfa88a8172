import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import type { Selection } from "@kyma/kube/client.ts";
import type { Caller, GraphqlContext } from "../graphql/context.ts";
import { live, type SubscriptionResolvers } from "../graphql/schema.ts";
import type { Kinds, TypeInput } from "./kinds.ts";
import { objectMessages, objectsMessages, tableMessages, type Joined } from "./live-messages.ts";
import type { LiveSets } from "./live-sets.ts";
import { objectUpstream } from "./object-upstream.ts";
import { toKey, toSelection, type RefInput, type SelectionInput } from "./references.ts";
import { tableUpstream } from "./table-upstream.ts";

type LiveSelection = { type: TypeInput } & SelectionInput;

/** Live views; those of the same credentials on the same selection share one upstream watch. */
export function liveResolvers(kinds: Kinds, liveSets: LiveSets): SubscriptionResolvers {
  const joinObjects = (
    caller: Caller,
    type: ResourceType,
    selection: Selection,
  ): Joined<UnknownObject, undefined> =>
    liveSets.join(shareKey(caller, "objects", type, selection), () =>
      objectUpstream(caller.kube, type, selection),
    );
  return {
    table: live(async (_, args: LiveSelection, { caller }: GraphqlContext) => {
      const type = await kinds.resolve(caller, args.type);
      const selection = toSelection(type, args);
      const key = shareKey(caller, "table", type, selection);
      return tableMessages(() => liveSets.join(key, () => tableUpstream(caller.kube, type, selection)));
    }),
    objectEvents: live(async (_, { ref }: { ref: RefInput }, { caller }: GraphqlContext) => {
      const type = await kinds.resolve(caller, ref.type);
      const { namespace, name } = toKey(type, ref);
      const selection = { namespace, fieldSelector: `metadata.name=${name}` };
      return objectMessages(() => joinObjects(caller, type, selection));
    }),
    objectsEvents: live(async (_, args: LiveSelection, { caller }: GraphqlContext) => {
      const type = await kinds.resolve(caller, args.type);
      const selection = toSelection(type, args);
      return objectsMessages(() => joinObjects(caller, type, selection));
    }),
  };
}

function shareKey(caller: Caller, view: string, type: ResourceType, selection: Selection): string {
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
