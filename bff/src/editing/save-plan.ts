import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { apiVersionOf } from "@kyma/kube/objects.ts";
import { isDeepStrictEqual } from "node:util";
import { consoleManager } from "../resources/apply.ts";
import { isSecret } from "../resources/secret-values.ts";
import { applyChanges } from "./apply-changes.ts";
import { diff, type Change } from "./changes.ts";
import { withoutStatus } from "./editable.ts";
import { overlap, pathText, valueAt, type Fields } from "./field-paths.ts";
import type { FieldSchema } from "./field-schema.ts";
import { appliedEntry, isSoleOwner, needsForce, otherOwners, ownedValues } from "./managed-fields.ts";

export type Side = "MINE" | "THEIRS";
/** What the person decided, by the text of the field. */
export type Choices = ReadonlyMap<string, Side>;

export interface Conflict {
  reason: "CHANGED" | "OWNED" | "REMOVED";
  field: string;
  managers: string[];
  base: unknown;
  theirs: unknown;
  mine: unknown;
}

/** How a save is written, or the conflicts that have to be decided first. */
export type Plan =
  | { method: "NOTHING"; changes: Change[] }
  | { method: "CONFLICT"; changes: Change[]; conflicts: Conflict[] }
  | { method: "APPLY"; changes: Change[]; manifest: UnknownObject; force: boolean }
  | { method: "JSON_PATCH"; changes: Change[]; desired: UnknownObject };

export interface Edit {
  type: ResourceType;
  schema: FieldSchema;
  /** As the person got it, masked. */
  base: UnknownObject;
  /** What the person changed. */
  mine: Change[];
  /** As it is stored now, with managedFields and real Secret values. */
  live: UnknownObject;
  /** The same as the person would see it, masked. */
  shown: UnknownObject;
  choices: Choices;
}

/** Decides how the person's changes are written onto what is stored now. Pure. */
export function planSave(edit: Edit): Plan {
  const theirs = diff(edit.schema, withoutStatus(edit.base), withoutStatus(edit.shown));
  const conflicts = edit.mine.flatMap((change) => conflictOf(edit, change, theirs) ?? []);
  const open = conflicts.filter(({ field }) => !edit.choices.has(field));
  const changes = edit.mine.filter(({ path }) => edit.choices.get(pathText(path)) !== "THEIRS");
  if (open.length > 0) return { method: "CONFLICT", changes, conflicts };
  const effective = changes.filter((change) => hasEffect(edit, change));
  if (effective.length === 0) return { method: "NOTHING", changes };
  if (effective.some((change) => !canApply(edit, change)) || !appliedHere(edit)) {
    return { method: "JSON_PATCH", changes, desired: applyChanges(edit.schema, edit.live, effective) };
  }
  return {
    method: "APPLY",
    changes,
    manifest: manifestOf(edit, effective),
    force: effective.some(({ path }) => needsForce(edit.live, path, consoleManager)),
  };
}

/** Undefined when nobody minds. */
export function conflictOf(edit: Edit, change: Change, theirs: readonly Change[]): Conflict | undefined {
  if (change.kind === "order") return undefined;
  const { path } = change;
  const now = valueAt(edit.schema, edit.shown, path);
  if (isDeepStrictEqual(now, change.after) && !isMaskedValue(edit, change)) return undefined;
  const managers = otherOwners(edit.live, path, consoleManager);
  const changed =
    theirs.some((one) => one.kind !== "order" && overlap(one.path, path)) || mayHaveChanged(edit, change);
  if (!changed && managers.length === 0) return undefined;
  const reason = changed ? "CHANGED" : change.kind === "remove" ? "REMOVED" : "OWNED";
  return { reason, field: pathText(path), managers, base: change.before, theirs: now, mine: change.after };
}

function isMaskedValue({ live }: Edit, { path }: Change): boolean {
  return isSecret(live) && pathText(path.slice(0, 1)) === ".data" && path.length > 1;
}

/** Both sides of a Secret's value are masked: whether it changed shows only in the object's version. */
function mayHaveChanged(edit: Edit, change: Change): boolean {
  const same = edit.base.metadata.resourceVersion === edit.live.metadata.resourceVersion;
  return !same && isMaskedValue(edit, change);
}

function hasEffect({ schema, live }: Edit, change: Change): boolean {
  if (change.kind === "order") return true;
  return !isDeepStrictEqual(valueAt(schema, live, change.path), change.after);
}

/** Can server-side apply do it? It removes only what we alone own, and puts new entries of a list at the end. */
function canApply({ schema, live }: Edit, change: Change): boolean {
  if (change.kind === "order") return false;
  if (change.kind === "remove") return isSoleOwner(live, change.path, consoleManager);
  if (change.place === undefined) return true;
  const list = valueAt(schema, live, change.path.slice(0, -1));
  if (!Array.isArray(list)) return true;
  const after = applyChanges(schema, live, [change]);
  const last = (valueAt(schema, after, change.path.slice(0, -1)) as unknown[]).at(-1);
  return isDeepStrictEqual(last, change.after) || "value" in (change.path.at(-1) ?? {});
}

/** Fields that we applied in another version of the kind cannot be named in this one. */
function appliedHere({ live, type }: Edit): boolean {
  const entry = appliedEntry(live, consoleManager);
  return entry === undefined || entry.apiVersion === apiVersionOf(type);
}

/** What we own already and what the person changes: nothing else is sent, so nothing else can conflict. */
function manifestOf({ schema, live, type }: Edit, changes: Change[]): UnknownObject {
  const owned = ownedValues(schema, live, appliedEntry(live, consoleManager));
  const wanted = applyChanges(schema, owned, changes) as Fields & { metadata?: Fields };
  const { name, namespace, resourceVersion } = live.metadata;
  return {
    ...wanted,
    apiVersion: apiVersionOf(type),
    kind: type.kind,
    metadata: {
      ...wanted.metadata,
      name,
      ...(namespace ? { namespace } : {}),
      ...(resourceVersion ? { resourceVersion } : {}),
    },
  };
}
