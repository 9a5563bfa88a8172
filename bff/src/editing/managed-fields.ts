import type { ManagedFieldsEntry, UnknownObject } from "@kyma/kube/objects.ts";
import {
  indexOfSegment,
  isFields,
  own,
  put,
  segmentId,
  type Fields,
  type Path,
  type Segment,
} from "./field-paths.ts";
import type { FieldSchema } from "./field-schema.ts";

/** One manager's fields as the API server keeps them. */
type Tree = Record<string, unknown>;

function treeAt(entry: ManagedFieldsEntry, path: Path): Tree | undefined {
  let tree: unknown = entry.fieldsV1;
  for (const segment of path) {
    // Key fields may stand in any order; the id has them sorted, as the API server does.
    tree = own(tree, segmentId(segment));
    if (!isFields(tree)) return undefined;
  }
  return isFields(tree) ? tree : undefined;
}

const isOurs = (entry: ManagedFieldsEntry, manager: string): boolean => entry.manager === manager;

/** Who owns the field, or something in it, besides `manager`. */
export function otherOwners(object: UnknownObject, path: Path, manager: string): string[] {
  const entries = object.metadata.managedFields ?? [];
  const owners = entries.filter((entry) => !isOurs(entry, manager) && treeAt(entry, path) !== undefined);
  return [...new Set(owners.map((entry) => entry.manager ?? "unknown"))];
}

/** What `manager` has applied. */
export function appliedEntry(object: UnknownObject, manager: string): ManagedFieldsEntry | undefined {
  return object.metadata.managedFields?.find(
    (entry) => isOurs(entry, manager) && entry.operation === "Apply" && !entry.subresource,
  );
}

/** Is everything at the path owned by what `manager` applied, and nothing by anybody else? Then leaving it out removes it. */
export function isSoleOwner(object: UnknownObject, path: Path, manager: string): boolean {
  const applied = appliedEntry(object, manager);
  if (!applied || !treeAt(applied, path)) return false;
  const entries = object.metadata.managedFields ?? [];
  return entries.every((entry) => entry === applied || treeAt(entry, path) === undefined);
}

/** Does anybody but what `manager` applied own the field? Then an apply of another value needs force. */
export function needsForce(object: UnknownObject, path: Path, manager: string): boolean {
  const applied = appliedEntry(object, manager);
  const entries = object.metadata.managedFields ?? [];
  return entries.some((entry) => entry !== applied && treeAt(entry, path) !== undefined);
}

/** The values in the object of what an entry owns: what has to be applied again so that it stays. */
export function ownedValues(
  schema: FieldSchema,
  object: UnknownObject,
  entry: ManagedFieldsEntry | undefined,
): Fields {
  const values = entry?.fieldsV1 ? extract(schema, object, entry.fieldsV1) : {};
  return isFields(values) ? values : {};
}

function extract(schema: FieldSchema, value: unknown, tree: Tree): unknown {
  const steps = Object.keys(tree).filter((id) => id !== ".");
  if (Array.isArray(value)) {
    if (schema.listType === "atomic") return value;
    return steps.flatMap((id): unknown[] => extractEntry(schema, value, id, tree[id]));
  }
  if (!isFields(value) || (steps.length === 0 && schema.isAtomicMap)) return value;
  const result: Fields = {};
  for (const id of steps) {
    const name = id.slice(2);
    const inner = own(value, name);
    if (!id.startsWith("f:") || inner === undefined) continue;
    put(result, name, extract(schema.field(name), inner, isFields(tree[id]) ? tree[id] : {}));
  }
  return result;
}

function extractEntry(schema: FieldSchema, list: unknown[], id: string, tree: unknown): unknown[] {
  const segment = parseSegment(id);
  if (!segment) return [];
  const entry = list[indexOfSegment(list, segment, schema)];
  if (entry === undefined) return [];
  if ("value" in segment) return [entry];
  const inner = extract(schema.items, entry, isFields(tree) ? tree : {});
  const keys = "key" in segment ? segment.key : {};
  return [isFields(inner) ? { ...keys, ...inner } : inner];
}

function parseSegment(id: string): Segment | undefined {
  try {
    const value: unknown = JSON.parse(id.slice(2));
    if (id.startsWith("v:")) return { value };
    return id.startsWith("k:") && isFields(value) ? { key: value } : undefined;
  } catch {
    return undefined;
  }
}
