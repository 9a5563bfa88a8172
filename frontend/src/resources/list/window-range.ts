/** Rows by index, `end` excluded. */
export interface RowRange {
  start: number;
  end: number;
}

/** What of a list is asked for. */
export interface WindowRange {
  offset: number;
  count: number;
}

/** What a list begins with: enough for a screen, and small. */
export const firstWindow: WindowRange = { offset: 0, count: 50 };
/** Rows that are kept ready on either side of what is seen. */
const ahead = 60;
/** When fewer than these are ready on a side, others are asked for. */
const least = 20;
const most = 240;

/**
 * The window to ask for when `visible` rows are seen, given the one that is held; undefined while that still does. Rows of the old window
 * stay until the new ones are there, so two of them are at most 480 rows. Pure.
 */
export function nextWindow(visible: RowRange, held: WindowRange, total: number): WindowRange | undefined {
  const heldEnd = held.offset + held.count;
  const enoughBefore = held.offset === 0 || visible.start - held.offset >= least;
  const enoughAfter = heldEnd >= total || heldEnd - visible.end >= least;
  if (enoughBefore && enoughAfter) return undefined;
  const offset = Math.max(0, Math.min(visible.start, Math.max(0, total - 1)) - ahead);
  return { offset, count: Math.min(most, visible.end + ahead - offset) };
}
