import type { GraphqlContext } from "../graphql/context.ts";
import { live, type SubscriptionResolvers } from "../graphql/schema.ts";
import type { Kinds, TypeInput } from "./kinds.ts";
import { objectMessages, objectsMessages } from "./live-messages.ts";
import { joinObjects } from "./live-objects.ts";
import type { LiveSets } from "./live-sets.ts";
import { toKey, toSelection, type RefInput, type SelectionInput } from "./references.ts";

type LiveSelection = { type: TypeInput } & SelectionInput;

/** Live views; those of the same credentials on the same selection share one upstream watch. */
export function liveResolvers(kinds: Kinds, liveSets: LiveSets): SubscriptionResolvers {
  return {
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
