import type { TableColumn, TableRow } from "#api/live-rows.ts";

/** How the rows of a live table are shown: what is searched for, and by which column they are ordered. */
export interface TableView {
  filter: string;
  /** Index into the shown columns; -1 is the namespace column. */
  sortBy: number;
  descending: boolean;
}

/** A column and where its cell stands in a row. */
export interface ShownColumn extends TableColumn {
  cell: number;
}

/** The columns that kubectl shows without `-o wide`. */
export function shownColumns(columns: readonly TableColumn[]): ShownColumn[] {
  return columns.map((column, cell) => ({ ...column, cell })).filter(({ priority }) => priority === 0);
}

/** The age is counted in the browser: the server's text would stand still. */
export function isAge(column: TableColumn): boolean {
  return column.name === "Age";
}

/** A cell as text; what is no text as JSON. */
export function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  return typeof cell === "string" ? cell : JSON.stringify(cell);
}

function matches(row: TableRow, words: readonly string[]): boolean {
  const labels = Object.entries((row.labels ?? {}) as Record<string, string>).map(
    ([key, value]) => `${key}=${value}`,
  );
  const text = [row.namespace ?? "", ...row.cells.map(cellText), ...labels].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}

const collator = new Intl.Collator("en", { numeric: true });

function compare(a: TableRow, b: TableRow, column: ShownColumn | undefined): number {
  if (column === undefined) return collator.compare(a.namespace ?? "", b.namespace ?? "");
  if (isAge(column)) return b.creationTimestamp.localeCompare(a.creationTimestamp);
  return collator.compare(cellText(a.cells[column.cell]), cellText(b.cells[column.cell]));
}

/** The rows to show, in order; equal ones by namespace and name. Every word of the filter has to occur. Pure. */
export function viewRows(
  rows: Iterable<TableRow>,
  columns: readonly ShownColumn[],
  { filter, sortBy, descending }: TableView,
): TableRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const column = sortBy < 0 ? undefined : columns[sortBy];
  const direction = descending ? -1 : 1;
  return [...rows]
    .filter((row) => matches(row, words))
    .sort(
      (a, b) =>
        direction * compare(a, b, column) ||
        collator.compare(a.namespace ?? "", b.namespace ?? "") ||
        collator.compare(a.name, b.name),
    );
}
