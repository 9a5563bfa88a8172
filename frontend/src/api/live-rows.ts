import type { Liveness, ObjectsEventsSubscription, TableSubscription } from "./generated/graphql.ts";

type TableMessage = TableSubscription["table"];
type ObjectsMessage = ObjectsEventsSubscription["objectsEvents"];
export type TableRow = TableMessage["rows"][number];
export type TableColumn = NonNullable<TableMessage["columns"]>[number];

/** A live table: its columns and its rows by key, in the order of the server's snapshot. */
export interface TableState {
  liveness: Liveness;
  columns: TableColumn[];
  rows: ReadonlyMap<string, TableRow>;
}

/** The table after a message: a snapshot replaces all, changes are put over the rows. Pure. */
export function applyTableMessage(state: TableState | undefined, message: TableMessage): TableState {
  const columns = message.columns ?? state?.columns ?? [];
  const rows = new Map(message.snapshot ? [] : state?.rows);
  for (const row of message.rows) rows.set(row.key, row);
  for (const key of message.deleted) rows.delete(key);
  return { liveness: message.liveness, columns, rows };
}

/** A live set of whole objects by uid. */
export interface ObjectsState {
  liveness: Liveness;
  objects: ReadonlyMap<string, unknown>;
}

function uidOf(object: unknown): string {
  return (object as { metadata?: { uid?: string } }).metadata?.uid ?? "";
}

/** The set after a message: a snapshot replaces all. Pure. */
export function applyObjectsMessage(state: ObjectsState | undefined, message: ObjectsMessage): ObjectsState {
  const objects = new Map(message.snapshot ? [] : state?.objects);
  for (const object of message.objects) objects.set(uidOf(object), object);
  for (const uid of message.deleted) objects.delete(uid);
  return { liveness: message.liveness, objects };
}
