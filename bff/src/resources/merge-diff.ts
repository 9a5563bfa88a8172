import { isDeepStrictEqual } from "node:util";

type Fields = Record<string, unknown>;

/** The JSON merge patch (RFC 7386) that turns `before` into `after`; undefined when they are equal. Lists are replaced as a whole. */
export function mergeDiff(before: Fields, after: Fields): Fields | undefined {
  const changes: [string, unknown][] = [];
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) changes.push([key, null]);
  for (const [key, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    if (isFields(old) && isFields(value)) {
      const change = mergeDiff(old, value);
      if (change) changes.push([key, change]);
    } else if (!isDeepStrictEqual(old, value)) {
      changes.push([key, value]);
    }
  }
  // fromEntries defines properties: a key named __proto__ stays a plain key.
  return changes.length ? Object.fromEntries(changes) : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
