import type { FunctionEnv, FunctionSecretMount, KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { badInput } from "../graphql/errors.ts";
import type { FieldPath } from "./field-sets.ts";

const stringMap = z.record(z.string(), z.string());
const envEntry = z.looseObject({ name: z.string().min(1) });
const secretMount = z.looseObject({ secretName: z.string().min(1), mountPath: z.string() });

/** What the Function page edits. Absent: left as it is; null: removed. */
export const editShape = z.object({
  runtime: z.string().min(1).optional(),
  source: z.string().min(1).optional(),
  dependencies: z.string().nullish(),
  env: z.array(envEntry).nullish(),
  replicas: z.int().min(0).nullish(),
  profile: z.string().nullish(),
  labels: stringMap.nullish(),
  annotations: stringMap.nullish(),
  secretMounts: z.array(secretMount).nullish(),
});
export type FunctionEdit = z.infer<typeof editShape>;

/** One field that the person changed: what it was when editing began, what it is now at the API server, and what it is to be. */
export interface FieldChange {
  path: FieldPath;
  before: unknown;
  live: unknown;
  /** Undefined: the field is to go. */
  wanted: unknown;
}

export function parseEdit(input: unknown): FunctionEdit {
  const parsed = editShape.safeParse(input);
  if (parsed.success) return parsed.data;
  throw badInput(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
}

/** Fields that the edit really changes; one that says what `base` said already is not touched, whatever it is now. */
export function changesOf(edit: FunctionEdit, base: KymaFunction, live: KymaFunction): FieldChange[] {
  const changes: FieldChange[] = [];
  for (const { field, path, wanted } of fields) {
    if (edit[field] === undefined) continue;
    const change = { path, before: at(base, path), live: at(live, path), wanted: wanted(edit, base) };
    if (!same(change.before, change.wanted)) changes.push(change);
  }
  return changes.flatMap((change) => (isMapField(change.path) ? perKey(change) : [change]));
}

/** Somebody else changed what the person changed, to something else. */
export function isOverwrite({ before, live, wanted }: FieldChange): boolean {
  return !same(before, live) && !same(live, wanted);
}

export function at(object: unknown, path: FieldPath): unknown {
  let here: unknown = object;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return here;
}

interface EditedField {
  field: keyof FunctionEdit;
  path: FieldPath;
  wanted: (edit: FunctionEdit, base: KymaFunction) => unknown;
}

const inline = ["spec", "source", "inline"];

const fields: EditedField[] = [
  { field: "runtime", path: ["spec", "runtime"], wanted: (edit) => edit.runtime },
  { field: "source", path: [...inline, "source"], wanted: (edit) => edit.source },
  {
    field: "dependencies",
    path: [...inline, "dependencies"],
    wanted: (edit) => edit.dependencies || undefined,
  },
  { field: "env", path: ["spec", "env"], wanted: (edit) => listOrNothing(edit.env as FunctionEnv[] | null) },
  { field: "replicas", path: ["spec", "replicas"], wanted: (edit) => edit.replicas ?? undefined },
  { field: "profile", path: ["spec", "resourceConfiguration", "function"], wanted: wantedResources },
  { field: "labels", path: ["spec", "labels"], wanted: (edit) => edit.labels ?? {} },
  { field: "annotations", path: ["spec", "annotations"], wanted: (edit) => edit.annotations ?? {} },
  {
    field: "secretMounts",
    path: ["spec", "secretMounts"],
    wanted: (edit) => listOrNothing(edit.secretMounts as FunctionSecretMount[] | null),
  },
];

/** A profile replaces explicit resources, as only one of them may be set. */
function wantedResources(edit: FunctionEdit, base: KymaFunction): unknown {
  if (edit.profile) return { profile: edit.profile };
  const present = base.spec.resourceConfiguration?.function;
  return present?.profile === undefined ? present : undefined;
}

function listOrNothing<T>(list: T[] | null | undefined): T[] | undefined {
  return list?.length ? list : undefined;
}

function isMapField(path: FieldPath): boolean {
  return path[1] === "labels" || path[1] === "annotations";
}

/** Keys of labels and annotations have owners of their own. */
function perKey({ path, before, live, wanted }: FieldChange): FieldChange[] {
  const maps = { before: mapOf(before), live: mapOf(live), wanted: mapOf(wanted) };
  const keys = new Set([...maps.before.keys(), ...maps.wanted.keys()]);
  return [...keys]
    .map((key) => ({
      path: [...path, key],
      before: maps.before.get(key),
      live: maps.live.get(key),
      wanted: maps.wanted.get(key),
    }))
    .filter((change) => change.before !== change.wanted);
}

function mapOf(value: unknown): Map<string, unknown> {
  return new Map(Object.entries((value ?? {}) as Record<string, unknown>));
}

/** An empty list or map and an absent one mean the same. */
function same(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(orNothing(one), orNothing(other));
}

function orNothing(value: unknown): unknown {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0 ? undefined : value;
}
