import type { GraphqlContext } from "../graphql/context.ts";
import { live, type SubscriptionResolvers } from "../graphql/schema.ts";
import type { Kinds, TypeInput } from "./kinds.ts";
import { objectMessages, objectsMessages, tableMessages } from "./live-messages.ts";
import { joinObjects, shareKey } from "./live-objects.ts";
import type { LiveSets } from "./live-sets.ts";
import { toKey, toSelection, type RefInput, type SelectionInput } from "./references.ts";
import { tableUpstream } from "./table-upstream.ts";

type LiveSelection = { type: TypeInput } & SelectionInput;

/** Live views; those of the same credentials on the same selection share one upstream watch. */
export function liveResolvers(kinds: Kinds, liveSets: LiveSets): SubscriptionResolvers {
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
      return objectMessages(() => joinObjects(liveSets, caller, type, selection));
    }),
    objectsEvents: live(async (_, args: LiveSelection, { caller }: GraphqlContext) => {
      const type = await kinds.resolve(caller, args.type);
      const selection = toSelection(type, args);
      return objectsMessages(() => joinObjects(liveSets, caller, type, selection));
    }),
  };
}
