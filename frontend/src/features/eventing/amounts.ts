/** "3.2/s", "0/s", "<0.1/s", or a dash while it is not known. Pure. */
export function rateText(rate: number | null | undefined): string {
  if (rate === null || rate === undefined) return "–";
  if (rate === 0) return "0/s";
  if (rate < 0.1) return "<0.1/s";
  return `${rate < 10 ? Number(rate.toFixed(1)) : Math.round(rate).toLocaleString("en")}/s`;
}

/** A count, or a dash while it is not known. Pure. */
export function countText(count: number | null | undefined): string {
  return count === null || count === undefined ? "–" : count.toLocaleString("en");
}

/** The sum of what is known; null when nothing is. Pure. */
export function sumOf(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => value !== null && value !== undefined);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** An answer's status in a word: "200", or "no answer". Pure. */
export function statusText(status: number): string {
  return status === 0 ? "no answer" : String(status);
}
