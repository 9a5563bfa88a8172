import { isDeepStrictEqual } from "node:util";
import type { FieldSchema } from "./field-schema.ts";

export type Fields = Record<string, unknown>;

/** One step: into a field, to the list entry with these keys, or to this member of a set. */
export type Segment = { field: string } | { key: Fields } | { value: unknown };
export type Path = readonly Segment[];

/** As the API server writes it in a conflict: .spec.containers[name="app"].image */
export function pathText(path: Path): string {
  return path.map(segmentText).join("");
}

function segmentText(segment: Segment): string {
  if ("field" in segment) return `.${segment.field}`;
  if ("value" in segment) return `[=${JSON.stringify(segment.value)}]`;
  return `[${Object.entries(segment.key)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(",")}]`;
}

/** Equal exactly for equal steps; the form that managedFields use. */
export function segmentId(segment: Segment): string {
  if ("field" in segment) return `f:${segment.field}`;
  if ("value" in segment) return `v:${JSON.stringify(segment.value)}`;
  const sorted = Object.entries(segment.key).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `k:${JSON.stringify(Object.fromEntries(sorted))}`;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Sets an own field, also one that is called __proto__. */
export function put(target: Fields, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}

export function own(target: unknown, name: string): unknown {
  return isFields(target) && Object.hasOwn(target, name) ? target[name] : undefined;
}

/** The step to a list entry: its keys with the schema's defaults filled in; undefined when one has no value. */
export function entrySegment(schema: FieldSchema, entry: unknown): Segment | undefined {
  if (schema.listType === "set") return { value: entry };
  const key: Fields = {};
  for (const name of schema.listKeys) {
    const value = own(entry, name) ?? schema.items.field(name).default;
    if (value === undefined || value === null || typeof value === "object") return undefined;
    put(key, name, value);
  }
  return { key };
}

/** The entries of a list by their step's id; undefined when two have the same or one has none: then the list is one value. */
export function entriesById(
  schema: FieldSchema,
  list: readonly unknown[],
): Map<string, { segment: Segment; entry: unknown }> | undefined {
  if (schema.listType === "atomic") return undefined;
  const byId = new Map<string, { segment: Segment; entry: unknown }>();
  for (const entry of list) {
    const segment = entrySegment(schema, entry);
    const id = segment && segmentId(segment);
    if (!segment || id === undefined || byId.has(id)) return undefined;
    byId.set(id, { segment, entry });
  }
  return byId;
}

/** Where in the list the step leads; -1 when nowhere. */
export function indexOfSegment(list: readonly unknown[], segment: Segment, schema: FieldSchema): number {
  const id = segmentId(segment);
  return list.findIndex((entry) => {
    const found = entrySegment(schema, entry);
    return found !== undefined && segmentId(found) === id;
  });
}

/** The value at a path; undefined when it is absent. */
export function valueAt(schema: FieldSchema, root: unknown, path: Path): unknown {
  let value = root;
  let at = schema;
  for (const segment of path) {
    if ("field" in segment) {
      value = own(value, segment.field);
      at = at.field(segment.field);
    } else {
      if (!Array.isArray(value)) return undefined;
      value = value[indexOfSegment(value, segment, at)];
      at = at.items;
    }
    if (value === undefined) return undefined;
  }
  return value;
}

/** Does one path lead to or through the other? */
export function overlap(a: Path, b: Path): boolean {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (!isDeepStrictEqual(a[i], b[i])) return false;
  }
  return true;
}
