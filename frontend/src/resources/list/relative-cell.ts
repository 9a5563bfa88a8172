/** Whether a cell holds an RFC 3339 time, which is shown as what has passed since. */
export function isTime(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T/.test(text);
}

/** The parts of `2 (2026-01-01T09:00:00Z)`: how often, and the time of the last one; undefined for anything else. Pure. */
export function readOccurrences(text: string): { count: string; last: string } | undefined {
  const [, count, last] = /^(\d+) \((\d{4}-[^)]*Z)\)$/.exec(text) ?? [];
  return count !== undefined && last !== undefined ? { count, last } : undefined;
}

/** How many characters a cell takes when its times are shown as ages. */
export function shownLength(text: string, type: string): number {
  if (type === "duration" && isTime(text)) return 5;
  const occurrences = type === "occurrences" ? readOccurrences(text) : undefined;
  return occurrences ? `${occurrences.count} (7h59m ago)`.length : text.length;
}
