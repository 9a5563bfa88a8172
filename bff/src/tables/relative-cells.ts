import type { ServerColumn } from "./row.ts";

/*
 * The API server writes how long ago something was as text ("3h", "2 (3h ago)") and never corrects it, so it would stand still until the
 * object changes. Here such texts become the times that they count from, from where the browser counts on. A text tells its time only to
 * its unit; nearly the latest possible time is taken, so that the browser shows the same text at first and what it shows later is hardly
 * ever ahead of what the API server would write.
 */

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
const unitMs = [365 * day, day, hour, minute, second];
/** Between writing a text and its arrival here. */
const lateMs = 2000;
/** By how much a browser's clock may be behind without showing less than a text that is rounded. */
const spareMs = 2000;

/** Milliseconds of a duration as kubectl writes it ("3h12m", "2y30d", "45s"); undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = /^(?:(\d+)y)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  if (!match || text === "") return undefined;
  return unitMs.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0);
}

/** Unix ms of an RFC 3339 time; undefined for anything else. */
export function parseTime(text: string): number | undefined {
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : undefined;
}

/** "3h" → the time three hours before `now` (Unix ms), exact to the text's last unit; anything else stays. */
export function ageToTime(cell: unknown, now: number): unknown {
  const milliseconds = typeof cell === "string" ? parseDuration(cell) : undefined;
  if (milliseconds === undefined) return cell;
  const spare = roundedTo(milliseconds) > second ? spareMs : 0;
  return new Date(Math.floor((now - milliseconds - spare) / 1000) * 1000).toISOString().replace(".000Z", "Z");
}

/** "2 (3h ago)" → "2 (2026-01-01T09:00:00Z)"; anything else stays. */
export function occurrencesToTime(cell: unknown, now: number): unknown {
  if (typeof cell !== "string") return cell;
  return cell.replace(/^(\d+) \((\w+) ago\)$/, (all, count: string, ago: string) => {
    const time = ageToTime(ago, now);
    return time === ago ? all : `${count} (${String(time)})`;
  });
}

/** The count and the time of "2 (2026-01-01T09:00:00Z)". */
export function splitOccurrences(cell: unknown): { count: string; last: string } | undefined {
  const [, count, last] = (typeof cell === "string" && /^(\d+) \((\d{4}-[^)]*Z)\)$/.exec(cell)) || [];
  return count !== undefined && last !== undefined ? { count, last } : undefined;
}

/** What a person would look for in a cell: no times, which are shown as ages. */
export function searchable(cell: unknown, type: string): unknown {
  if (type === "date") return undefined;
  if (type === "occurrences") return splitOccurrences(cell)?.count ?? cell;
  return type === "duration" && typeof cell === "string" && parseTime(cell) !== undefined ? undefined : cell;
}

/**
 * The cells of an object that was listed before: a time that was known then and can still be meant stays. Else each change of an object
 * would shift its times by as much as the API server rounds, and rows that look the same would count as changed.
 */
export function keepTimes(
  cells: readonly unknown[],
  before: readonly unknown[],
  columns: readonly ServerColumn[],
  now: number,
): readonly unknown[] {
  let kept: unknown[] | undefined;
  for (const [index, { type }] of columns.entries()) {
    const [cell, known] = [cells[index], before[index]];
    if (cell === known || !canStay(known, cell, type, now)) continue;
    kept ??= [...cells];
    kept[index] = known;
  }
  return kept ?? cells;
}

function canStay(known: unknown, cell: unknown, type: string, now: number): boolean {
  if (type === "occurrences") {
    const [then, later] = [splitOccurrences(known), splitOccurrences(cell)];
    return then?.count === later?.count && isSameTime(then?.last, later?.last, now);
  }
  return (type === "date" || type === "duration") && isSameTime(known, cell, now);
}

/** Whether a time that is known may be what an estimated one stands for. */
export function isSameTime(known: unknown, cell: unknown, now: number): boolean {
  if (typeof known !== "string" || typeof cell !== "string") return false;
  const [then, estimate] = [parseTime(known), parseTime(cell)];
  if (then === undefined || estimate === undefined) return false;
  return then <= estimate + spareMs + lateMs && then > estimate - roundedTo(now - estimate);
}

/** The unit that kubectl's printer rounds a duration down to. */
function roundedTo(milliseconds: number): number {
  if (milliseconds < 10 * minute) return second;
  if (milliseconds < 8 * hour) return minute;
  if (milliseconds < 8 * day) return hour;
  return milliseconds < 8 * 365 * day ? day : 365 * day;
}
