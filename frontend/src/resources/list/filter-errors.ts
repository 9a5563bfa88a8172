import { InvalidError } from "#api/errors.ts";
import type { ListSearch } from "./list-search.ts";

/** A filter that the server may refuse. */
export type FilterField = "labels" | "fields" | "where";

/** Which filter an error is about: the one that its sentence names, else the only one that is set; undefined when it is about none. Pure. */
export function filterError(
  error: Error | undefined,
  search: ListSearch,
): { field: FilterField; message: string } | undefined {
  if (!(error instanceof InvalidError)) return undefined;
  const { message } = error;
  const set = (["where", "fields", "labels"] as const).filter((field) => search[field] !== undefined);
  const named = set.find((field) => words[field].test(message));
  const field = named ?? (set.length === 1 ? set[0] : undefined);
  return field && { field, message: message.charAt(0).toUpperCase() + message.slice(1) };
}

const words: Record<FilterField, RegExp> = {
  where: /expression|\bCEL\b/i,
  fields: /field ?selector|field label|\bfields?\b/i,
  labels: /label ?selector|\blabels?\b|requirement/i,
};
