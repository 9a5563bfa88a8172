import type { WindowRow } from "#api/lists.ts";
import { Age } from "#ui/age.tsx";
import { HealthText } from "#ui/health-text.tsx";
import { cellHealth } from "./cell-health.ts";
import type { ShownColumn } from "./list-columns.ts";
import { cellText } from "./list-columns.ts";

/** What stands in a cell that is not the name: a ticking age, a coloured state, what a feature makes, or text. */
export function CellContent({ column, row }: { column: ShownColumn; row: WindowRow }) {
  if (column.made) {
    const { Cell } = column.made.column;
    return <Cell row={row} values={column.made.cells.map((cell) => row.cells[cell])} />;
  }
  if (column.id === "namespace") return row.namespace;
  if (column.id === "age") return <Age since={row.creationTimestamp} />;
  const value = row.cells[column.cell];
  const text = cellText(value);
  if (column.type === "date" && isTime(text)) return <Age since={text} />;
  const health = cellHealth(column.name, text);
  return health === undefined ? text : <HealthText health={health}>{text}</HealthText>;
}

/** What a cell's tooltip says: all of its text when it may be cut. */
export function cellTitle(column: ShownColumn, row: WindowRow): string | undefined {
  if (column.id === "namespace") return row.namespace ?? undefined;
  return column.cell < 0 ? undefined : cellText(row.cells[column.cell]);
}

function isTime(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T/.test(text);
}
