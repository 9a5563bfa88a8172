import type { Change } from "./changes.ts";
import {
  entrySegment,
  indexOfSegment,
  isFields,
  own,
  put,
  segmentId,
  type Fields,
  type Path,
} from "./field-paths.ts";
import type { FieldSchema } from "./field-schema.ts";

/** The object with the changes made; what lies on their way is made where it is missing. The input is left as it is. */
export function applyChanges<T>(schema: FieldSchema, object: T, changes: readonly Change[]): T {
  return changes.reduce((result, change) => changed(schema, result, change, change.path) as T, object);
}

function changed(schema: FieldSchema, value: unknown, change: Change, rest: Path): unknown {
  const [segment, ...below] = rest;
  if (!segment) return atTarget(schema, value, change);
  if ("field" in segment) {
    const fields: Fields = isFields(value) ? { ...value } : {};
    const old = own(fields, segment.field);
    const now = changed(schema.field(segment.field), old, change, below);
    if (now === undefined) delete fields[segment.field];
    else put(fields, segment.field, now);
    // Removing from what is not there makes nothing.
    return now === undefined && value === undefined ? undefined : fields;
  }
  const list = Array.isArray(value) ? [...(value as unknown[])] : [];
  const index = indexOfSegment(list, segment, schema);
  const seed = index < 0 && "key" in segment && below.length > 0 ? { ...segment.key } : list[index];
  const now = changed(schema.items, seed, change, below);
  if (now === undefined) {
    if (index >= 0) list.splice(index, 1);
  } else if (index >= 0) list[index] = now;
  else list.splice(insertAt(schema, list, change), 0, now);
  return value === undefined && list.length === 0 ? undefined : list;
}

function atTarget(schema: FieldSchema, value: unknown, change: Change): unknown {
  if (change.kind === "remove") return undefined;
  if (change.kind === "set") return change.after;
  if (!Array.isArray(value)) return value;
  const rank = new Map(change.order?.map((id, at) => [id, at]));
  const rankOf = (entry: unknown): number => {
    const segment = entrySegment(schema, entry);
    return (segment && rank.get(segmentId(segment))) ?? Number.MAX_SAFE_INTEGER;
  };
  return value.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** After the entry that it followed, or at the end when that one is gone. */
function insertAt(schema: FieldSchema, list: unknown[], { place }: Change): number {
  if (place === undefined) return list.length;
  if (place === "") return 0;
  const before = list.findIndex((entry) => {
    const segment = entrySegment(schema, entry);
    return segment !== undefined && segmentId(segment) === place;
  });
  return before < 0 ? list.length : before + 1;
}
