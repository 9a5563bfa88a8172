import type { TableView } from "#api/lists.ts";

/** How a list is shown, as it stands in the address. Everything absent is as it comes. */
export interface ListSearch {
  /** Words that a row must contain. */
  q?: string;
  /** Label selector. */
  labels?: string;
  /** Field selector. */
  fields?: string;
  /** CEL over `object`. */
  where?: string;
  /** Id of a column, after a "-" when descending. */
  sort?: string;
  /** Ids of the shown columns in their order. */
  cols?: string[];
  /** Name of the saved view that was opened. */
  view?: string;
}

const longest = 2000;
/** What the server takes of text to search for. */
const longestText = 300;
const mostColumns = 20;

function text(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string" || value.trim() === "") return undefined;
  return value.slice(0, longest);
}

function columnIds(value: unknown): string[] | undefined {
  const list = Array.isArray(value) ? value : [value];
  const ids = list.flatMap((id) => text(id) ?? []).slice(0, mostColumns);
  return ids.length === 0 ? undefined : [...new Set(ids)];
}

/** What an address says about a list. Nonsense is left out, never an error: people edit addresses. Pure. */
export function validateListSearch(raw: Record<string, unknown>): ListSearch {
  const search: ListSearch = {};
  for (const key of ["q", "labels", "fields", "where", "sort", "view"] as const) {
    const value = text(raw[key]);
    if (value !== undefined) search[key] = key === "q" ? value.slice(0, longestText) : value;
  }
  const cols = columnIds(raw["cols"]);
  if (cols !== undefined) search.cols = cols;
  return search;
}

/** A column and a direction; undefined for the server's own order (namespace, name). */
export interface ListSort {
  column: string;
  descending: boolean;
}

/** The order that an address asks for. */
export function readSort(sort: string | undefined): ListSort | undefined {
  if (sort === undefined) return undefined;
  const descending = sort.startsWith("-");
  const column = descending ? sort.slice(1) : sort;
  return column === "" ? undefined : { column, descending };
}

/** The next order after a column's head was pressed: up, down, and back to the usual one. */
export function nextSort(current: string | undefined, column: string): string | undefined {
  if (current === column) return `-${column}`;
  return current === `-${column}` ? undefined : column;
}

const extraColumn = /^(?:label:|annotation:|jsonpath:)./;

/** Columns that the server makes from the object itself, apart from those of the kind. */
export function isExtraColumn(id: string): boolean {
  return extraColumn.test(id);
}

/** What to ask the server for; `data` are columns that cells need without being shown. Pure. */
export function toTableView(
  search: ListSearch,
  data: readonly string[] = [],
): Omit<TableView, "offset" | "count" | "anchor"> {
  const sort = readSort(search.sort);
  const extra = (search.cols ?? []).filter(isExtraColumn);
  const sorted = sort && isExtraColumn(sort.column) ? [sort.column] : [];
  return {
    text: search.q ?? null,
    where: search.where ?? null,
    columns: [...new Set([...extra, ...sorted, ...data])],
    sort: sort ? [sort] : [],
  };
}

/** One thing that a list is filtered by. */
export interface FilterChip {
  key: "q" | "labels" | "fields" | "where";
  label: string;
  text: string;
}

const chipLabels = { q: "Text", labels: "Labels", fields: "Fields", where: "Where" } as const;

/** What the list is filtered by, in the order of the toolbar. */
export function filterChips(search: ListSearch): FilterChip[] {
  return (Object.keys(chipLabels) as FilterChip["key"][]).flatMap((key) => {
    const value = search[key];
    return value === undefined ? [] : [{ key, label: chipLabels[key], text: value }];
  });
}

/** The search without its filters; order and columns stay. */
export function withoutFilters(search: ListSearch): ListSearch {
  const { q: _q, labels: _labels, fields: _fields, where: _where, view: _view, ...rest } = search;
  return rest;
}

/** The search after a change; an empty value takes the key out. A change leaves the saved view. */
export function changeSearch(
  search: ListSearch,
  change: { [Key in keyof ListSearch]?: ListSearch[Key] | undefined },
): ListSearch {
  return validateListSearch({ ...search, view: undefined, ...change });
}
