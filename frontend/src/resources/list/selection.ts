import type { WindowRow } from "#api/lists.ts";
import type { WindowState } from "./window-state.ts";

/** An object that was chosen; `key` is its uid. */
export interface ListTarget {
  key: string;
  namespace: string | null;
  name: string;
}

/** What is chosen in a list, by key; it outlives scrolling. `anchor` is where a range with Shift begins. */
export interface Selection {
  chosen: ReadonlyMap<string, ListTarget>;
  anchor: string | undefined;
}

export const noSelection: Selection = { chosen: new Map(), anchor: undefined };

/** What of a row has to be kept to act on its object. */
export function targetOf({ key, namespace, name }: WindowRow): ListTarget {
  return { key, namespace: namespace ?? null, name };
}

/** One row chosen or not any more. Pure. */
export function toggled(selection: Selection, row: WindowRow): Selection {
  const chosen = new Map(selection.chosen);
  if (!chosen.delete(row.key)) chosen.set(row.key, targetOf(row));
  return { chosen, anchor: row.key };
}

/** These too. Pure. */
export function withTargets(selection: Selection, targets: Iterable<ListTarget>): Selection {
  const chosen = new Map(selection.chosen);
  for (const target of targets) chosen.set(target.key, target);
  return { ...selection, chosen };
}

/** Everything from the anchor to a row, as far as it is in memory; just the row when the anchor is not. Pure. */
export function rangeTo(selection: Selection, row: WindowRow, window: WindowState): Selection {
  const from = window.order.indexOf(selection.anchor ?? "");
  const to = window.order.indexOf(row.key);
  if (from < 0 || to < 0) return toggled(selection, row);
  const keys = window.order.slice(Math.min(from, to), Math.max(from, to) + 1);
  const targets = keys.flatMap((key) => {
    const shown = window.rows.get(key);
    return shown ? [targetOf(shown.row)] : [];
  });
  return withTargets(selection, targets);
}
