import type { GraphqlContext } from "../graphql/context.ts";
import { badInput } from "../graphql/errors.ts";
import { live, type Area } from "../graphql/schema.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import { checkNamespace } from "../resources/references.ts";
import { overviewMessages } from "./overview-stream.ts";

const mostNamespaces = 50;

/** How the cluster does, at a glance. */
export function overviewArea(liveSets: LiveSets): Area {
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    subscription: {
      clusterOverview: live(
        (_, { namespaces }: { namespaces?: string[] | null }, { caller }: GraphqlContext) => {
          if (namespaces && (namespaces.length === 0 || namespaces.length > mostNamespaces))
            throw badInput(`an overview covers 1 to ${mostNamespaces} namespaces, or all of them`);
          const places = namespaces ? [...new Set(namespaces.map(checkNamespace))] : undefined;
          return overviewMessages(liveSets, caller, places);
        },
      ),
    },
  };
}
