import { useCallback, useEffect, useRef, useState } from "react";
import { errorMessage } from "#api/errors.ts";
import type { WindowRow } from "#api/lists.ts";
import { readWindow } from "#api/lists.ts";
import { toast } from "#ui/toasts.tsx";
import type { ListTarget, Selection } from "./selection.ts";
import { noSelection, rangeTo, targetOf, toggled, withTargets } from "./selection.ts";
import type { List } from "./use-list.ts";
import type { ListQuery } from "./window-store.ts";

const pageSize = 500;
const mostSelected = 50_000;

/** Which rows are chosen, and how that changes. */
export interface ListSelection {
  selection: Selection;
  /** How many keys were read so far while all that match are being chosen. */
  reading: number | undefined;
  select: (row: WindowRow, shift: boolean) => void;
  /** All rows in memory, or none of them when they are chosen already. */
  selectShown: () => void;
  selectAll: () => void;
  clear: () => void;
}

/** Keys of all rows that match, page by page; `onPage` hears how many there are so far. */
async function readTargets(
  query: ListQuery,
  signal: AbortSignal,
  onPage: (count: number) => void,
): Promise<Map<string, ListTarget>> {
  const targets = new Map<string, ListTarget>();
  for (let offset = 0; offset < mostSelected; offset += pageSize) {
    const page = await readWindow(
      { scope: query.scope, view: { ...query.view, columns: [], offset, count: pageSize } },
      signal,
    );
    for (const row of page.rows) targets.set(row.key, targetOf(row));
    onPage(targets.size);
    if (offset + pageSize >= page.total) break;
  }
  return targets;
}

/** The selection of a list; another kind, namespace or filter begins with none. */
export function useSelection(list: List): ListSelection {
  const { store, query } = list;
  const scope = JSON.stringify([query.scope, query.view.text, query.view.where]);
  const [held, setHeld] = useState({ scope, selection: noSelection });
  const selection = held.scope === scope ? held.selection : noSelection;
  const change = useCallback(
    (next: (now: Selection) => Selection) =>
      setHeld((now) => ({ scope, selection: next(now.scope === scope ? now.selection : noSelection) })),
    [scope],
  );
  const { reading, selectAll, stop } = useSelectAll(query, change);
  const select = useCallback(
    (row: WindowRow, shift: boolean) => {
      const { window } = store.snapshot();
      change((now) => (shift && window ? rangeTo(now, row, window) : toggled(now, row)));
    },
    [store, change],
  );
  const selectShown = () => {
    const rows = [...(store.snapshot().window?.rows.values() ?? [])].map(({ row }) => row);
    const isAll = rows.every(({ key }) => selection.chosen.has(key));
    change((now) => (isAll ? noSelection : withTargets(now, rows.map(targetOf))));
  };
  const clear = () => {
    stop();
    change(() => noSelection);
  };
  return { selection, reading, select, selectShown, selectAll, clear };
}

/** Chooses all rows that match, wherever they are; how many were read so far is shown meanwhile. */
function useSelectAll(query: ListQuery, change: (next: (now: Selection) => Selection) => void) {
  const [reading, setReading] = useState<number>();
  const abort = useRef<AbortController>(undefined);
  const stop = useCallback(() => abort.current?.abort(), []);
  useEffect(() => stop, [stop]);
  const read = async () => {
    const reader = new AbortController();
    stop();
    abort.current = reader;
    setReading(0);
    try {
      const targets = await readTargets(query, reader.signal, setReading);
      change((now) => withTargets(now, targets.values()));
    } catch (error) {
      if (!reader.signal.aborted) toast("danger", "Not all rows could be selected", errorMessage(error));
    } finally {
      setReading(undefined);
    }
  };
  return { reading, selectAll: () => void read(), stop };
}
