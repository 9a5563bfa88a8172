import type { WindowColumn } from "#api/lists.ts";
import type { WindowState } from "./window-state.ts";
import { isExtraColumn } from "./list-search.ts";

/** A column as it is shown, with the place of its cell in a row (-1: it is made from the row itself). */
export interface ShownColumn extends WindowColumn {
  cell: number;
}

/** Columns that every row has without a cell. */
const ofTheRow = new Set(["name", "namespace", "age"]);

/** What an extra column is called: the label's key, the annotation's key, or the path. */
export function extraColumnName(id: string): string {
  const text = id.slice(id.indexOf(":") + 1);
  return id.startsWith("jsonpath:") ? text.replace(/^\{\.?|\}$/g, "") : text;
}

/** All columns that a list has, with the places of their cells. */
export function placedColumns(columns: readonly WindowColumn[]): ShownColumn[] {
  return columns.map((column, cell) => ({
    ...column,
    name: isExtraColumn(column.id) ? extraColumnName(column.id) : column.name,
    cell: ofTheRow.has(column.id) ? -1 : cell,
  }));
}

/** Which columns of a list are shown when nobody chose any: those that kubectl shows, minus some that a kind's cells replace. */
export function usualColumns(
  columns: readonly WindowColumn[],
  { hidden = [], extra = [] }: { hidden?: readonly string[]; extra?: readonly string[] } = {},
): string[] {
  const ids = columns
    .filter(({ id, priority }) => priority === 0 && !isExtraColumn(id) && !hidden.includes(id))
    .map(({ id }) => id);
  const ageAt = ids.indexOf("age");
  return ageAt < 0 ? [...ids, ...extra] : [...ids.slice(0, ageAt), ...extra, ...ids.slice(ageAt)];
}

/**
 * The columns to show, in order: name first, then namespace when there may be several, then as chosen. Ids that the list does not have
 * (an old address, another version of the kind) are left out. Pure.
 */
export function shownColumns(
  columns: readonly WindowColumn[],
  chosen: readonly string[],
  showNamespace: boolean,
): ShownColumn[] {
  const all = new Map(placedColumns(columns).map((column) => [column.id, column]));
  const first = showNamespace ? ["name", "namespace"] : ["name"];
  const ids = new Set([...first, ...chosen.filter((id) => id !== "namespace" || showNamespace)]);
  return [...ids].flatMap((id) => all.get(id) ?? []);
}

/** A cell as text; what is no text as JSON. */
export function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  return typeof cell === "string" ? cell : JSON.stringify(cell);
}

const narrowest = 6;
const widest = 44;
const sampled = 60;

/** How many characters wide a column has to be for the rows at hand. */
function widthOf(column: ShownColumn, window: WindowState): number {
  if (column.id === "age") return 8;
  let width = column.name.length + 3;
  for (const key of window.order.slice(0, sampled)) {
    const row = window.rows.get(key)?.row;
    if (!row) continue;
    const text =
      column.id === "name"
        ? row.name
        : column.id === "namespace"
          ? (row.namespace ?? "")
          : cellText(row.cells[column.cell]);
    width = Math.max(width, text.length + (column.id === "name" ? 0 : 1));
  }
  return Math.min(widest, Math.max(narrowest, width));
}

/** Widths only grow while a list is open, so that columns do not dance as rows come and go. Pure. */
export function columnWidths(
  columns: readonly ShownColumn[],
  window: WindowState,
  before: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const widths = new Map(before);
  for (const column of columns) {
    widths.set(column.id, Math.max(before.get(column.id) ?? 0, widthOf(column, window)));
  }
  const same = widths.size === before.size && [...widths].every(([id, width]) => before.get(id) === width);
  return same ? before : widths;
}

/** The tracks of the grid: a place to select, the columns (each as wide as it needs, growing with the window), a menu. */
export function gridTracks(
  columns: readonly ShownColumn[],
  widths: ReadonlyMap<string, number>,
): { tracks: string; minWidth: string } {
  const sizes = columns.map(({ id }) => widths.get(id) ?? 10);
  const tracks = sizes.map((ch) => `minmax(calc(${ch}ch + 1.25rem), ${ch}fr)`).join(" ");
  const total = sizes.reduce((sum, ch) => sum + ch, 0);
  return {
    tracks: `2.5rem ${tracks} 3rem`,
    minWidth: `calc(${total}ch + ${(columns.length * 1.25 + 5.5).toFixed(2)}rem)`,
  };
}
