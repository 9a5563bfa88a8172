const longest = 64 * 1024;

/** The fields of a line that is one JSON object. Pure. */
export function parseJson(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith("{") || text.length > longest) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const messageKeys = ["msg", "message", "log", "event"];
/** Shown in columns of their own, or not worth one. */
const known = new Set([
  ...messageKeys,
  "level",
  "severity",
  "lvl",
  "time",
  "ts",
  "timestamp",
  "@timestamp",
  "v",
  "pid",
  "hostname",
]);

/** What a JSON line says in words. Pure. */
export function messageOf(fields: Record<string, unknown>): string {
  return cellText(messageKeys.map((key) => fields[key]).find((value) => value !== undefined) ?? "");
}

/** Fields that most of the JSON lines have, the most frequent first. Pure. */
export function commonFields(lines: readonly string[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    for (const key of Object.keys(parseJson(line) ?? {})) {
      if (!known.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([key]) => key);
}

export function cellText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
