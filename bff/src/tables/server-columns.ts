import type { ServerColumn } from "./row.ts";

/** A column definition as the API server sends it. */
export interface WireColumn {
  name: string;
  type: string;
  format?: string;
  description?: string;
  priority?: number;
}

// Of built-in kinds these are called strings, although they tell how long ago something was.
const ages = new Set(["Age", "Last Seen", "First Seen", "Last Schedule"]);

export function serverColumns(wire: readonly WireColumn[]): ServerColumn[] {
  return wire.map(({ name, type, format, description, priority }) => ({
    id: columnId(name),
    name,
    type: ages.has(name) || type === "date" || format === "date-time" ? "date" : type,
    description: description ?? "",
    priority: priority ?? 0,
  }));
}

function columnId(name: string): string {
  if (name === "Name") return "name";
  return name === "Age" ? "age" : `cell:${name}`;
}

const unitMs = [365 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000];

/** Milliseconds of a duration as kubectl writes it ("3h12m", "2y30d", "45s"); undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = /^(?:(\d+)y)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  if (!match || text === "") return undefined;
  return unitMs.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0);
}

/**
 * The API server writes an age as text and never corrects it, so it would stand still until the object changes. It is turned into the
 * time that it counts from, exact to the text's last unit; the browser counts on from there.
 */
export function ageToTime(cell: unknown, now: number): unknown {
  const milliseconds = typeof cell === "string" ? parseDuration(cell) : undefined;
  if (milliseconds === undefined) return cell;
  return new Date(Math.floor((now - milliseconds) / 1000) * 1000).toISOString().replace(".000Z", "Z");
}
