import { useQuery } from "@tanstack/react-query";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { useRested } from "#ui/use-rested.ts";
import { suggestionsQuery } from "./eventing-api.ts";

/** Not every letter is worth a question. */
const restMs = 400;

/** Sources and types to choose from. Where there are more than one answer holds, it is asked again with what is typed. */
export function useSuggestions(typed: { source: string; type: string }) {
  const { namespaces } = useNamespaceScope();
  const source = useRested(typed.source, restMs);
  const type = useRested(typed.type, restMs);
  const all = useQuery(suggestionsQuery(namespaces, { source: "", type: "" })).data;
  const isCut = all?.complete === false;
  const fitting = useQuery({ ...suggestionsQuery(namespaces, { source, type }), enabled: isCut }).data;
  return isCut ? (fitting ?? all) : all;
}
