import type { GraphQLResolveInfo } from "graphql";
import type { GraphqlContext } from "../graphql/context.ts";
import type { Area } from "../graphql/schema.ts";
import { Kinds } from "../resources/kinds.ts";
import { joinObjects } from "../resources/live-objects.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import { checkNamespace, toKey, type RefInput } from "../resources/references.ts";
import { childrenPart } from "./children.ts";
import { eventsPart } from "./events.ts";
import { namespaceContents } from "./namespace-contents.ts";
import { objectPart, statePart } from "./object-part.ts";
import { ownersPart } from "./owners.ts";
import { pageMessages } from "./page-stream.ts";
import type { ObjectPart } from "../resources/page-part.ts";
import { relatedPart } from "./related.ts";
import { selectedParts } from "./selected-parts.ts";
import { typeFinder } from "./type-finder.ts";

const ownParts: ObjectPart[] = [objectPart, statePart, ownersPart, childrenPart, relatedPart, eventsPart];

/** The page of any object in one live stream. `moreParts` are the fields by which other areas extend ObjectPageMessage. */
export function objectPagesArea(liveSets: LiveSets, moreParts: readonly ObjectPart[] = []): Area {
  const kinds = new Kinds();
  const parts = new Map([...ownParts, ...moreParts].map((part) => [part.field, part]));
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    query: {
      namespaceContents: async (_, { namespace }: { namespace: string }, context) =>
        namespaceContents(await kinds.all(context.caller), checkNamespace(namespace), context),
    },
    subscription: {
      objectPage: {
        async subscribe(
          _: unknown,
          { ref }: { ref: RefInput },
          context: GraphqlContext,
          info: GraphQLResolveInfo,
        ) {
          const { caller } = context;
          const type = await kinds.resolve(caller, ref.type);
          const { namespace, name } = toKey(type, ref);
          const selected = selectedParts(info).flatMap((one) => {
            const part = parts.get(one.field);
            return part ? { part, selected: one } : [];
          });
          return pageMessages({
            type,
            namespace,
            name,
            parts: selected,
            typeOf: typeFinder(await kinds.all(caller, Infinity)),
            join: (of, selection) => joinObjects(liveSets, caller, of, selection),
          });
        },
        resolve: (message) => message,
      },
    },
  };
}
