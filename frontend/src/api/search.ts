import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { graphql } from "./generated/gql.ts";
import type { SearchObjectsQuery } from "./generated/graphql.ts";
import { request } from "./request.ts";

const SearchObjectsDocument = graphql(`
  query SearchObjects($text: String!, $namespaces: [String!], $limit: Int!) {
    searchObjects(text: $text, namespaces: $namespaces, limit: $limit) {
      group
      version
      plural
      kind
      namespace
      name
      score
    }
  }
`);

export type SearchHit = SearchObjectsQuery["searchObjects"][number];

/** Objects by name, best first; what was found last stays until the next answer is there. */
export function searchQuery(text: string, limit = 20) {
  return queryOptions({
    queryKey: ["search", text, limit],
    queryFn: async ({ signal }) =>
      (await request(SearchObjectsDocument, { text, namespaces: null, limit }, signal)).searchObjects,
    enabled: text !== "",
    placeholderData: keepPreviousData,
    staleTime: 2000,
    gcTime: 10_000,
  });
}
