import type { Row } from "./row.ts";
import { reasonOf, type Where } from "./where.ts";

/** Does a row belong to a view? `failed`: it could not be told, and why. */
export type RowFilter = (row: Row) => boolean | { failed: string };

/** All words must stand in the row's name, namespace or cells, the expression must be true. */
export function rowFilter(
  text: string,
  where: Where | undefined,
  shown: (row: Row) => readonly unknown[],
): RowFilter {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (row) => {
    if (words.length > 0 && !hasWords(words, row, shown(row))) return false;
    if (!where) return true;
    if (!row.object) return { failed: "the object is not known" };
    try {
      return where(row.object);
    } catch (error) {
      return { failed: `${row.namespace ? `${row.namespace}/` : ""}${row.name}: ${reasonOf(error)}` };
    }
  };
}

function hasWords(words: readonly string[], row: Row, cells: readonly unknown[]): boolean {
  let all = `${row.name}\n${row.namespace}`;
  for (const cell of cells) {
    if (typeof cell === "string") all += `\n${cell}`;
    else if (cell !== undefined && cell !== null) all += `\n${JSON.stringify(cell)}`;
  }
  const searched = all.toLowerCase();
  return words.every((word) => searched.includes(word));
}
