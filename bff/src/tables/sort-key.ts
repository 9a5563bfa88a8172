import { parseQuantity } from "@kyma/kube/quantity.ts";
import { parseDuration, parseTime } from "./relative-cells.ts";

/** What a value sorts by: numbers come before texts, what has no value comes last in either direction. */
export type SortKey = number | string | undefined;

const empty = new Set(["", "<none>", "<unknown>", "<unset>", "<nil>", "-"]);

/** By what is meant, not by how it is written: 2Gi after 100Mi, 10/10 after 2/3, "11 (…)" after 2, web-10 after web-2. */
export function sortKeyOf(value: unknown, type: string): SortKey {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value === undefined || value === null) return undefined;
  const text = typeof value === "string" ? value.trim() : JSON.stringify(value);
  if (empty.has(text)) return undefined;
  if (type === "date") return ageKey(text);
  if (type === "duration") return parseDuration(text) ?? growing(text) ?? natural(text);
  return numberOf(text) ?? natural(text);
}

/** An age sorts from the youngest, as it reads. */
export function ageKey(time: string): SortKey {
  const milliseconds = Date.parse(time);
  return Number.isNaN(milliseconds) ? undefined : -milliseconds;
}

/** What still goes on comes after all that has ended, the longest last: its place holds while it grows. */
function growing(startedAt: string): number | undefined {
  const started = parseTime(startedAt);
  return started === undefined ? undefined : 1e15 - started;
}

/** Digits are filled up so that numbers inside texts sort by their value. */
export function natural(text: string): string {
  return /\d/.test(text) ? text.replace(/\d+/g, (digits) => digits.padStart(10, "0")) : text;
}

function numberOf(text: string): number | undefined {
  // Most texts are words.
  if (!/^[-+.\d]/.test(text)) return undefined;
  return ratio(text) ?? leading(text) ?? address(text) ?? parseQuantity(text) ?? duration(text);
}

/** "1/3": by the share that is there, so that what is not ready stands together; then by how many. */
function ratio(text: string): number | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  if (!match) return undefined;
  const [have, want] = [Number(match[1]), Number(match[2])];
  return (want === 0 ? 1 : have / want) + have * 1e-7;
}

/** "2 (2026-01-01T09:00:00Z)" */
function leading(text: string): number | undefined {
  const match = /^(\d+) \(.*\)$/.exec(text);
  return match ? Number(match[1]) : undefined;
}

function address(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  return match ? match.slice(1).reduce((sum, part) => sum * 256 + Number(part), 0) : undefined;
}

function duration(text: string): number | undefined {
  const milliseconds = parseDuration(text);
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}

/** Negative when `a` comes first. */
export function compareKeys(a: SortKey, b: SortKey, descending: boolean): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  const order = typeof a === typeof b ? (a < b ? -1 : 1) : typeof a === "number" ? -1 : 1;
  return descending ? -order : order;
}
