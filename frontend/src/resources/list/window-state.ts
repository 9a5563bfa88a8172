import type { WindowColumn, WindowMessage, WindowRow } from "#api/lists.ts";

/** A row and when (ms) it last changed before the reader's eyes; 0 when it came with a snapshot. */
export interface ShownRow {
  row: WindowRow;
  touchedAt: number;
}

/** The window of a live list: the rows that are in memory and where they stand among all that match. */
export interface WindowState {
  liveness: WindowMessage["liveness"];
  /** RFC 3339; null while live. */
  staleSince: string | null;
  total: number;
  unfiltered: number;
  /** Rows that are counted but still on their way to the server; 0 when the list is complete. */
  arriving: number;
  /** Index of the first row in memory. */
  offset: number;
  /** Keys of the rows in memory, in order. */
  order: readonly string[];
  rows: ReadonlyMap<string, ShownRow>;
  columns: readonly WindowColumn[];
  forbidden: readonly string[];
  warnings: readonly string[];
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Whether two rows look the same. */
function sameRow(a: WindowRow, b: WindowRow): boolean {
  return (
    a.name === b.name &&
    a.namespace === b.namespace &&
    a.creationTimestamp === b.creationTimestamp &&
    sameValue(a.cells, b.cells) &&
    sameValue(a.labels, b.labels)
  );
}

/** Equal values stay the same object, so that what shows them need not render again. */
function kept<Value>(previous: Value | undefined, next: Value): Value {
  return previous !== undefined && sameValue(previous, next) ? previous : next;
}

/** A row that looks as before stays the same object; a changed one is marked, unless it is merely new to the window. */
function placed(previous: ShownRow | undefined, row: WindowRow, snapshot: boolean, now: number): ShownRow {
  if (previous === undefined) return { row, touchedAt: snapshot ? 0 : now };
  return sameRow(previous.row, row) ? previous : { row, touchedAt: now };
}

/** The window after a message: a snapshot replaces all, a change names the rows that are new or changed. Pure. */
export function applyWindowMessage(
  state: WindowState | undefined,
  message: WindowMessage,
  now: number,
): WindowState {
  const rows = new Map<string, ShownRow>(message.snapshot ? [] : state?.rows);
  for (const row of message.rows) {
    rows.set(row.key, placed(state?.rows.get(row.key), row, message.snapshot, now));
  }
  const order = message.order ?? (message.snapshot ? message.rows.map(({ key }) => key) : state?.order) ?? [];
  if (message.order !== null) {
    const wanted = new Set(order);
    for (const key of rows.keys()) if (!wanted.has(key)) rows.delete(key);
  }
  return {
    liveness: message.liveness,
    staleSince: message.staleSince ?? null,
    total: message.total,
    unfiltered: message.unfiltered,
    arriving: message.arriving,
    offset: message.offset,
    order: kept(state?.order, order),
    rows,
    columns: kept(state?.columns, message.columns ?? state?.columns ?? []),
    forbidden: kept(state?.forbidden, message.forbidden),
    warnings: kept(state?.warnings, message.warnings),
  };
}

/** The row at an index of the whole list; undefined when it is not in memory. */
export function rowAt(state: WindowState, index: number): ShownRow | undefined {
  const key = state.order[index - state.offset];
  return key === undefined ? undefined : state.rows.get(key);
}

/** Where a row stands in the whole list; -1 when it is not in memory. */
export function indexOfKey(state: WindowState, key: string): number {
  const place = state.order.indexOf(key);
  return place < 0 ? -1 : state.offset + place;
}
