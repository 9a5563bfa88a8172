import type { ServerColumn } from "./row.ts";

/** A column definition as the API server sends it. */
export interface WireColumn {
  name: string;
  type: string;
  format?: string;
  description?: string;
  priority?: number;
}

// Of built-in kinds these are called strings, although they tell how long ago something was, or how long it took.
const relative = new Map([
  ["Age", "date"],
  ["Last Seen", "date"],
  ["First Seen", "date"],
  ["Last Schedule", "date"],
  ["TimeAdded", "date"],
  ["Restarts", "occurrences"],
  ["Duration", "duration"],
]);

export function serverColumns(wire: readonly WireColumn[]): ServerColumn[] {
  return wire.map((column) => ({
    id: columnId(column.name),
    name: column.name,
    type: typeOf(column),
    description: column.description ?? "",
    priority: column.priority ?? 0,
  }));
}

function typeOf({ name, type, format }: WireColumn): string {
  if (format === "date-time") return "date";
  return (type === "string" ? relative.get(name) : undefined) ?? type;
}

function columnId(name: string): string {
  if (name === "Name") return "name";
  return name === "Age" ? "age" : `cell:${name}`;
}
