/** A time as `metadata` has it: RFC 3339 without fractions of a second. Pure. */
export function secondsOnly(time: string): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

const steps = [
  [2 * 60, 1, "s"],
  [2 * 3600, 60, "m"],
  [48 * 3600, 3600, "h"],
  [Infinity, 86_400, "d"],
] as const;

/** A time as its age, such as 5m; empty for what is no time. Pure. */
export function ageText(time: string | null | undefined, now: number): string {
  const at = Date.parse(time ?? "");
  if (Number.isNaN(at)) return "";
  const seconds = Math.max(0, (now - at) / 1000);
  const [, divisor, unit] = steps.find(([below]) => seconds < below) ?? steps[3];
  return `${Math.floor(seconds / divisor)}${unit}`;
}
