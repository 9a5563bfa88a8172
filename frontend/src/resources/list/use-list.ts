import { useQuery } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { use, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useConnection } from "#api/connection.ts";
import type { ApiResource } from "#api/objects.ts";
import { apiResourcesQuery } from "#api/objects.ts";
import type { Freshness } from "#ui/freshness-badge.tsx";
import type { KindType } from "../kinds.ts";
import { kindKey } from "../kinds.ts";
import { useNamespaceScope } from "../namespace-scope.ts";
import { ObjectExtensionsContext } from "../object-extensions.ts";
import type { KindLook, ShownColumn } from "./list-columns.ts";
import { columnWidths, kindLook, placedColumns, shownColumns, usualColumns } from "./list-columns.ts";
import { listFreshness } from "./list-freshness.ts";
import type { ListSearch } from "./list-search.ts";
import { changeSearch, toTableView, validateListSearch } from "./list-search.ts";
import type { ListMemory } from "./use-list-memory.ts";
import { useListMemory } from "./use-list-memory.ts";
import type { WindowState } from "./window-state.ts";
import type { ListQuery, ListState } from "./window-store.ts";
import { WindowStore } from "./window-store.ts";

type SearchChange = { [Key in keyof ListSearch]?: ListSearch[Key] | undefined };

/** Everything that a list's parts show and change. */
export interface List {
  type: KindType;
  /** Undefined while it is not known what the cluster serves. */
  kind: ApiResource | undefined;
  /** As in the address; undefined for cluster-scoped kinds. */
  ns: string | undefined;
  /** Undefined: all, or a cluster-scoped kind. */
  namespaces: string[] | undefined;
  search: ListSearch;
  /** The order that is shown, as in the address: the one asked for, else the kind's usual one. */
  sort: string | undefined;
  /** Changes some of the search; the address follows. */
  change: (change: SearchChange, replace?: boolean) => void;
  /** Replaces all of the search. */
  show: (search: ListSearch, replace?: boolean) => void;
  query: ListQuery;
  store: WindowStore;
  state: ListState;
  freshness: Freshness;
  /** All columns that there are, the ones that are usual, and the ones shown. */
  columns: ListColumns;
  /** What a feature says above the rows. */
  Note: ComponentType | undefined;
  memory: ListMemory;
}

interface ListColumns {
  all: readonly ShownColumn[];
  usual: readonly string[];
  shown: readonly ShownColumn[];
  widths: ReadonlyMap<string, number>;
}

/** The live list of a kind, in the namespaces and with the search of the address. */
export function useList(type: KindType, isNamespaced: boolean): List {
  const scope = useNamespaceScope();
  const ns = isNamespaced ? scope.ns : undefined;
  const search = useListSearch();
  const { change, show } = useSearchChanges(search);
  const kind = useQuery(apiResourcesQuery).data?.find((served) => kindKey(served) === kindKey(type));
  const namespaces = ns === undefined ? undefined : scope.namespaces;
  const look = useLook(type);
  const sort = search.sort ?? look.sort;
  const query = useListQuery(type, namespaces, { ...search, ...(sort === undefined ? {} : { sort }) }, look);
  const { store, state } = useWindowStore(query);
  const memory = useListMemory(type, search, show);
  const columns = useColumns(state.window, look, search.cols, ns !== undefined && namespaces?.length !== 1);
  const freshness = listFreshness(state, useConnection());
  return {
    type,
    kind,
    ns,
    namespaces,
    search,
    sort,
    change,
    show,
    query,
    store,
    state,
    freshness,
    columns,
    Note: look.Note,
    memory,
  };
}

function useLook(type: KindType): KindLook {
  const { lists } = use(ObjectExtensionsContext);
  const key = kindKey(type);
  return useMemo(() => kindLook(key, lists), [key, lists]);
}

/** The search of the address, the same object for as long as it says the same. */
function useListSearch(): ListSearch {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const text = JSON.stringify(validateListSearch(raw));
  return useMemo(() => JSON.parse(text) as ListSearch, [text]);
}

function useSearchChanges(search: ListSearch): Pick<List, "change" | "show"> {
  const navigate = useNavigate();
  const now = useRef(search);
  useEffect(() => {
    now.current = search;
  }, [search]);
  const show = useCallback(
    (next: ListSearch, replace = false) => {
      now.current = next;
      void navigate({ to: ".", search: next as never, replace, resetScroll: false });
    },
    [navigate],
  );
  const change = useCallback(
    (part: SearchChange, replace = false) => show(changeSearch(now.current, part), replace),
    [show],
  );
  return { change, show };
}

function useListQuery(
  { group, version, plural }: KindType,
  namespaces: string[] | undefined,
  search: ListSearch,
  look: KindLook,
): ListQuery {
  const made = look.columns.flatMap(({ needs }) => needs);
  // A column that a feature makes is sorted by one of the server's.
  const sort = search.sort?.replace(/^-?/, "");
  const sorted = look.columns.find(({ id }) => id === sort)?.sort;
  const view = toTableView(
    sorted && sort ? { ...search, sort: search.sort?.replace(sort, sorted) ?? "" } : search,
    made,
  );
  const query: ListQuery = {
    scope: {
      type: { group, version, plural },
      namespaces: namespaces ?? null,
      labelSelector: search.labels ?? null,
      fieldSelector: search.fields ?? null,
    },
    view,
  };
  const text = JSON.stringify(query);
  return useMemo(() => JSON.parse(text) as ListQuery, [text]);
}

function useWindowStore(query: ListQuery): { store: WindowStore; state: ListState } {
  const [store] = useState(() => new WindowStore());
  useEffect(() => () => store.close(), [store]);
  useEffect(() => store.show(query), [store, query]);
  return { store, state: useSyncExternalStore(store.subscribe, store.snapshot) };
}

function useColumns(
  window: WindowState | undefined,
  look: KindLook,
  chosen: readonly string[] | undefined,
  showNamespace: boolean,
): ListColumns {
  const columns = window?.columns;
  const sets = useMemo(() => {
    const all = placedColumns(columns ?? [], look);
    const usual = usualColumns(all, look.hidden);
    return { all, usual, shown: shownColumns(all, chosen ?? usual, showNamespace) };
  }, [columns, look, chosen, showNamespace]);
  const [widths, setWidths] = useState<ReadonlyMap<string, number>>(new Map());
  const grown = useMemo(
    () => (window ? columnWidths(sets.shown, window, widths) : widths),
    [sets, window, widths],
  );
  if (grown !== widths) setWidths(grown);
  return { ...sets, widths: grown };
}
