import type { ComponentType } from "react";
import type { WindowColumn } from "#api/lists.ts";
import type { ListColumn, ListLook } from "../feature.ts";
import { isStatusColumn } from "./cell-health.ts";
import { isExtraColumn } from "./list-search.ts";
import { shownLength } from "./relative-cell.ts";
import type { WindowState } from "./window-state.ts";

/** A column as it is shown. */
export interface ShownColumn extends WindowColumn {
  /** Place of its cell in a row; -1 when it is made from the row itself or by a feature. */
  cell: number;
  /** What the server sorts by for it; undefined when it cannot. */
  sort: string | undefined;
  /** Set for a column that a feature makes, with the places of the values it needs. */
  made?: { column: ListColumn; cells: readonly number[] };
}

/** Columns that every row has without a cell. */
const ofTheRow = new Set(["name", "namespace", "age"]);

/** What an extra column is called: the label's key, the annotation's key, or the path. */
export function extraColumnName(id: string): string {
  const text = id.slice(id.indexOf(":") + 1);
  return id.startsWith("jsonpath:") ? text.replace(/^\{\.?|\}$/g, "") : text;
}

/** How a kind's list differs from what kubectl prints; empty for most. */
export interface KindLook {
  hidden: readonly string[];
  sort: string | undefined;
  columns: readonly ListColumn[];
  /** As ListLook has it. */
  Note: ComponentType | undefined;
}

/** Newest Events first: that is what one looks at them for. */
const coreLooks: ListLook[] = [
  { kinds: ["events", "events.events.k8s.io"], sort: "cell:Last Seen", columns: [] },
];

/** What we and the features say about the list of a kind (`plural.group`), as one. */
export function kindLook(kind: string, fromFeatures: readonly ListLook[]): KindLook {
  const looks = [...coreLooks, ...fromFeatures].filter(({ kinds }) => kinds.includes(kind));
  return {
    sort: looks.find(({ sort }) => sort !== undefined)?.sort,
    hidden: looks.flatMap(({ hidden }) => hidden ?? []),
    columns: looks.flatMap(({ columns }) => columns),
    Note: looks.find(({ Note }) => Note !== undefined)?.Note,
  };
}

/** What every list has, whether its kind prints it or not. */
function always(columns: readonly WindowColumn[]): ShownColumn[] {
  const known = new Set(columns.map(({ id }) => id));
  const tellsTime = columns.some(({ type, priority }) => type === "date" && priority === 0);
  const column = (id: string, name: string, type: string, priority: number): ShownColumn[] =>
    known.has(id) || columns.length === 0
      ? []
      : [{ id, name, type, description: "", priority, cell: -1, sort: id }];
  return [
    ...column("name", "Name", "string", 0),
    ...column("namespace", "Namespace", "string", 0),
    ...column("age", "Age", "date", tellsTime ? 1 : 0),
  ];
}

/** All columns that a list has: the server's, then those that features make. Pure. */
export function placedColumns(columns: readonly WindowColumn[], look: KindLook): ShownColumn[] {
  const placeOf = new Map(columns.map(({ id }, cell) => [id, cell]));
  const own = columns.map((column, cell): ShownColumn => ({
    ...column,
    name: isExtraColumn(column.id) ? extraColumnName(column.id) : column.name,
    cell: ofTheRow.has(column.id) ? -1 : cell,
    sort: column.id,
  }));
  const made = look.columns.map((column): ShownColumn => ({
    id: column.id,
    name: column.name,
    type: "string",
    description: "",
    priority: 0,
    cell: -1,
    sort: column.sort,
    made: { column, cells: column.needs.map((id) => placeOf.get(id) ?? -1) },
  }));
  return [...own, ...always(columns), ...made];
}

/** Ids of the columns that are shown when nobody chose any: those that kubectl shows, and those of the feature, age last. Pure. */
export function usualColumns(columns: readonly ShownColumn[], hidden: readonly string[]): string[] {
  const usual = columns.filter(
    ({ id, priority }) => priority === 0 && !isExtraColumn(id) && !hidden.includes(id),
  );
  const rank = ({ id, made }: ShownColumn) => (id === "age" ? 2 : made ? 0 : 1);
  return usual.toSorted((a, b) => rank(a) - rank(b)).map(({ id }) => id);
}

/**
 * The columns to show, in order: name first, then namespace when there may be several, then as chosen. Ids that the list does not have
 * (an old address, another version of the kind) are left out. Pure.
 */
export function shownColumns(
  columns: readonly ShownColumn[],
  chosen: readonly string[],
  showNamespace: boolean,
): ShownColumn[] {
  const all = new Map(columns.map((column) => [column.id, column]));
  const first = showNamespace ? ["name", "namespace"] : ["name"];
  const ids = new Set([...first, ...chosen.filter((id) => id !== "namespace")]);
  return [...ids].flatMap((id) => all.get(id) ?? []);
}

/** A cell as text; what is no text as JSON. */
export function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  return typeof cell === "string" ? cell : JSON.stringify(cell);
}

const narrowest = 6;
const widest = 72;
/** Letters are narrower than the digit that CSS measures by. */
const chPerLetter = 0.9;
const sampled = 60;

/** How many characters wide a column has to be for the rows at hand. */
function widthOf(column: ShownColumn, window: WindowState): number {
  if (column.type === "date") return Math.max(7, column.name.length + 3);
  if (column.made) return Math.max(14, column.name.length + 3);
  let width = column.name.length + 3;
  // States have an icon before them.
  const icon = isStatusColumn(column.name) ? 4 : 1;
  for (const key of window.order.slice(0, sampled)) {
    const row = window.rows.get(key)?.row;
    if (!row) continue;
    const own = column.id === "name" ? row.name : column.id === "namespace" ? row.namespace : undefined;
    const length = own?.length ?? shownLength(cellText(row.cells[column.cell]), column.type);
    width = Math.max(width, length + icon);
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
  // Long texts may be cut when room is short, and get the most of it when there is plenty.
  const sizes = columns.map(({ id }) => (widths.get(id) ?? 10) * chPerLetter);
  const least = sizes.map((ch, index) => Math.min(ch, columns[index]?.id === "name" ? 24 : 16));
  const tracks = sizes.map((ch, index) => `minmax(calc(${least[index]}ch + 1rem), ${ch}fr)`).join(" ");
  const total = least.reduce((sum, ch) => sum + ch, 0);
  return {
    tracks: `2.75rem ${tracks} 3rem`,
    minWidth: `calc(${total}ch + ${columns.length + 5.75}rem)`,
  };
}
