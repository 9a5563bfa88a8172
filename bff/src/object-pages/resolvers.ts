import type { GraphQLResolveInfo } from "graphql";
import type { GraphqlContext } from "../graphql/context.ts";
import type { Area } from "../graphql/schema.ts";
import { Kinds } from "../resources/kinds.ts";
import { joinObjects } from "../resources/live-objects.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import { toKey, type RefInput } from "../resources/references.ts";
import { childrenPart } from "./children.ts";
import { eventsPart, warningsPart } from "./events.ts";
import { contentsPart, quotasPart } from "./namespace-parts.ts";
import { objectPart, statePart } from "./object-part.ts";
import { ownersPart } from "./owners.ts";
import { pageMessages } from "./page-stream.ts";
import type { GrowingPart, ObjectPart } from "../resources/page-part.ts";
import { relatedPart } from "./related.ts";
import { selectedParts } from "./selected-parts.ts";
import { typeFinder } from "./type-finder.ts";

const ownParts: ObjectPart[] = [
  objectPart,
  statePart,
  ownersPart,
  childrenPart,
  relatedPart,
  warningsPart,
  eventsPart,
  quotasPart,
];

/** The page of any object in one live stream. `moreParts` are the fields by which other areas extend ObjectPageMessage. */
export function objectPagesArea(
  liveSets: LiveSets,
  moreParts: readonly (ObjectPart | GrowingPart)[] = [],
): Area {
  const kinds = new Kinds();
  const all = [...ownParts, contentsPart(kinds), ...moreParts];
  const parts = new Map(all.map((part) => [part.field, part]));
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
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
            joinSource: (source) =>
              liveSets.join(JSON.stringify([caller.identity, source.key]), () => source.open(caller)),
          });
        },
        resolve: (message) => message,
      },
    },
  };
}
