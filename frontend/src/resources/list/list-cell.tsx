import type { WindowRow } from "#api/lists.ts";
import { exactTime } from "#ui/age-text.ts";
import { Age } from "#ui/age.tsx";
import { HealthText } from "#ui/health-text.tsx";
import { cellHealth } from "./cell-health.ts";
import type { ShownColumn } from "./list-columns.ts";
import { cellText } from "./list-columns.ts";
import { isTime, readOccurrences } from "./relative-cell.ts";

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
  if ((column.type === "date" || column.type === "duration") && isTime(text)) return <Age since={text} />;
  const occurrences = column.type === "occurrences" ? readOccurrences(text) : undefined;
  if (occurrences) return <Occurrences {...occurrences} />;
  const health = cellHealth(column.name, text);
  return health === undefined ? text : <HealthText health={health}>{text}</HealthText>;
}

/** How often, and how long ago the last time was. */
function Occurrences({ count, last }: { count: string; last: string }) {
  return (
    <>
      {count} (<Age since={last} /> ago)
    </>
  );
}

/** What a cell's tooltip says: all of its text when it may be cut, times in the person's own format. */
export function cellTitle(column: ShownColumn, row: WindowRow): string | undefined {
  if (column.id === "namespace") return row.namespace ?? undefined;
  if (column.cell < 0) return undefined;
  const text = cellText(row.cells[column.cell]);
  const occurrences = column.type === "occurrences" ? readOccurrences(text) : undefined;
  if (occurrences) return `${occurrences.count}, last at ${exactTime(occurrences.last)}`;
  if (column.type === "duration" && isTime(text)) return `since ${exactTime(text)}`;
  return text;
}
