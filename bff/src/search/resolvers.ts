import type { GraphqlContext } from "../graphql/context.ts";
import { badInput } from "../graphql/errors.ts";
import type { Area } from "../graphql/schema.ts";
import { Kinds } from "../resources/kinds.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import { checkNamespace } from "../resources/references.ts";
import { searchWords } from "./match-name.ts";
import { NameIndex, searchedKinds } from "./name-index.ts";

const longestText = 200;
const mostHits = 100;
const mostNamespaces = 20;

interface SearchArgs {
  text: string;
  namespaces?: string[] | null;
  limit: number;
}

/** Finding objects of any kind by name. */
export function searchArea(liveSets: LiveSets): Area {
  const kinds = new Kinds();
  const names = new NameIndex(liveSets);
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    query: {
      searchObjects: async (_, { text, namespaces, limit }: SearchArgs, { caller }: GraphqlContext) => {
        if (text.length > longestText) throw badInput(`the text is longer than ${longestText} letters`);
        if (limit < 1 || limit > mostHits) throw badInput(`the limit must be from 1 to ${mostHits}`);
        if (namespaces && namespaces.length > mostNamespaces)
          throw badInput(`a search covers at most ${mostNamespaces} namespaces, or all of them`);
        const words = searchWords(text);
        if (words.length === 0) return [];
        const searched = searchedKinds(await kinds.all(caller, 60_000));
        return names.search(caller, searched, { words, namespaces: namespaces?.map(checkNamespace), limit });
      },
    },
  };
}
