import { isDeepStrictEqual } from "node:util";
import { entriesById, isFields, own, type Fields, type Path } from "./field-paths.ts";
import type { FieldSchema } from "./field-schema.ts";

/** One thing that differs. Absent values are undefined; `order` means that only the order of a list's entries differs. */
export interface Change {
  path: Path;
  kind: "set" | "remove" | "order";
  before?: unknown;
  after?: unknown;
  /** For a new list entry: the id of the entry before it, "" for the first. For `order`: all ids. */
  place?: string;
  order?: string[];
}

/** What turns `before` into `after`, as small as the schema allows. A null is the same as an absent field. Pure. */
export function diff(schema: FieldSchema, before: unknown, after: unknown, path: Path = []): Change[] {
  if (isFields(before) && isFields(after) && !schema.isAtomicMap)
    return diffFields(schema, before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) {
    const changes = diffLists(schema, before, after, path);
    if (changes) return changes;
  }
  return isDeepStrictEqual(before, after) ? [] : [{ path, kind: "set", before, after }];
}

function diffFields(schema: FieldSchema, before: Fields, after: Fields, path: Path): Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name): Change[] => {
    const old = own(before, name) ?? undefined;
    const now = own(after, name) ?? undefined;
    const below = [...path, { field: name }];
    if (old === undefined && now === undefined) return [];
    if (now === undefined) return [{ path: below, kind: "remove", before: old }];
    const field = schema.field(name);
    const opens = old === undefined && isFields(now) && !field.isAtomicMap && Object.keys(now).length > 0;
    return opens ? diffFields(field, {}, now, below) : diff(field, old, now, below);
  });
}

function diffLists(
  schema: FieldSchema,
  before: unknown[],
  after: unknown[],
  path: Path,
): Change[] | undefined {
  const old = entriesById(schema, before);
  const now = entriesById(schema, after);
  if (!old || !now) return undefined;
  const changes: Change[] = [];
  for (const [id, { segment, entry }] of old) {
    if (!now.has(id)) changes.push({ path: [...path, segment], kind: "remove", before: entry });
  }
  let place = "";
  for (const [id, { segment, entry }] of now) {
    const known = old.get(id);
    const below = [...path, segment];
    if (known) changes.push(...diff(schema.items, known.entry, entry, below));
    else changes.push({ path: below, kind: "set", after: entry, place });
    place = id;
  }
  const kept = [...old.keys()].filter((id) => now.has(id));
  const wanted = [...now.keys()].filter((id) => old.has(id));
  const moved = schema.listType === "map" && !isDeepStrictEqual(kept, wanted);
  if (moved) changes.push({ path, kind: "order", before, after, order: [...now.keys()] });
  return changes;
}
