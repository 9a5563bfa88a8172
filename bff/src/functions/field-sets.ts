import { isDeepStrictEqual } from "node:util";

/**
 * A set of fields as managedFields writes it (FieldsV1): keys `f:name`, `k:{…}` (list entry by key), `v:…` (list entry by value), and "."
 * for the item itself. An empty object is a leaf: the field with all that is in it.
 */
export type FieldSet = { [key: string]: FieldSet };

/** Steps from the object's root, e.g. ["spec", "labels", "app"]. */
export type FieldPath = readonly string[];

/** What a set holds at a path and below; a leaf above the path holds it too. Undefined when it holds nothing of it. */
export function fieldsAt(set: FieldSet, path: FieldPath): FieldSet | undefined {
  let here: FieldSet | undefined = set;
  for (const step of path) {
    here = here[`f:${step}`];
    if (!here) return undefined;
    if (isLeaf(here)) return here;
  }
  return here;
}

/** Holds it more than the bare existence of a map or list, which nobody fights over? */
export function isMoreThanItself(set: FieldSet): boolean {
  return isLeaf(set) || Object.keys(set).some((key) => key !== ".");
}

/** The set without a path and all below it; parents that become empty go too. */
export function withoutPath(set: FieldSet, path: FieldPath): FieldSet {
  const [step, ...rest] = path;
  if (step === undefined) return {};
  const key = `f:${step}`;
  const child = set[key];
  if (!child) return set;
  const { [key]: _, ...others } = set;
  if (rest.length === 0 || isLeaf(child)) return others;
  const remaining = withoutPath(child, rest);
  return isLeaf(remaining) ? others : { ...others, [key]: remaining };
}

/** The set with `fields` added at a path. */
export function withFields(set: FieldSet, path: FieldPath, fields: FieldSet): FieldSet {
  const [step, ...rest] = path;
  if (step === undefined) return union(set, fields);
  const key = `f:${step}`;
  return { ...set, [key]: withFields(set[key] ?? {}, rest, fields) };
}

function union(one: FieldSet, other: FieldSet): FieldSet {
  const merged: FieldSet = { ...one };
  for (const [key, fields] of Object.entries(other)) merged[key] = union(merged[key] ?? {}, fields);
  return merged;
}

/** The part of a value that a set holds; undefined when the value has nothing of it. */
export function pick(value: unknown, set: FieldSet): unknown {
  if (isLeaf(set)) return value;
  if (Array.isArray(value)) return pickEntries(value, set);
  if (!isRecord(value)) return value;
  const picked: [string, unknown][] = [];
  for (const [key, fields] of Object.entries(set)) {
    const name = key.slice(2);
    if (!key.startsWith("f:") || !Object.hasOwn(value, name)) continue;
    const part = pick(value[name], fields);
    if (part !== undefined) picked.push([name, part]);
  }
  return picked.length === 0 && !set["."] ? undefined : Object.fromEntries(picked);
}

/** Entries of a list that the set names, in the list's order; the fields that identify an entry always come along. */
function pickEntries(entries: unknown[], set: FieldSet): unknown[] | undefined {
  const picked = entries.flatMap((entry) => {
    for (const [key, fields] of Object.entries(set)) {
      if (key.startsWith("v:") && isDeepStrictEqual(JSON.parse(key.slice(2)), entry)) return [entry];
      if (!key.startsWith("k:") || !isRecord(entry)) continue;
      const identity = JSON.parse(key.slice(2)) as Record<string, unknown>;
      const same = Object.entries(identity).every(([name, value]) => isDeepStrictEqual(entry[name], value));
      if (same) return [{ ...identity, ...(pick(entry, fields) as object | undefined) }];
    }
    return [];
  });
  return picked.length ? picked : undefined;
}

export function isLeaf(set: FieldSet): boolean {
  return Object.keys(set).length === 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
