import type { KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { functions } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { ConflictError } from "@kyma/kube/errors.ts";
import {
  apiVersionOf,
  keyOf,
  type ManagedFieldsEntry,
  type ObjectKey,
  type UnknownObject,
} from "@kyma/kube/objects.ts";
import { consoleManager, type ApplyResult, type FieldConflict } from "../resources/apply.ts";
import { presentable } from "../resources/secret-values.ts";
import { pick, type FieldPath } from "./field-sets.ts";
import { at, changesOf, isOverwrite, type FieldChange, type FunctionEdit } from "./function-edit.ts";
import { lastWriter, otherOwners, ownFields, takeOver } from "./ownership.ts";

/** Controllers write the status all the time: so often a save starts over from the present object before it gives up. */
const mostAttempts = 8;

export interface SaveRequest {
  edit: FunctionEdit;
  /** The Function as the person saw it when editing began. */
  base: KymaFunction;
  force: boolean;
}

/**
 * Applies the fields that the person changed, together with those that the console applied before. Fields that somebody else changed
 * meanwhile, or that another manager owns, come back as conflicts and nothing is written, unless forced.
 */
export async function saveFunction(
  kube: KubeClient,
  key: ObjectKey,
  request: SaveRequest,
): Promise<ApplyResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await saveOnce(kube, key, request);
    } catch (error) {
      const stale = error instanceof ConflictError && error.causes.length === 0;
      if (!stale || attempt >= mostAttempts) throw error;
    }
  }
}

async function saveOnce(
  kube: KubeClient,
  key: ObjectKey,
  { edit, base, force }: SaveRequest,
): Promise<ApplyResult> {
  const live = await kube.get<KymaFunction>(functions, key);
  const changes = changesOf(edit, base, live);
  const conflicts = force ? [] : conflictsOf(live, changes);
  if (conflicts.length) return { object: null, conflicts };
  if (changes.length === 0) return { object: presentable(live as unknown as UnknownObject), conflicts: [] };
  const owned = await ownPaths(kube, live, changes, force);
  const saved = await kube.apply<UnknownObject>(functions, applySet(owned, changes), {
    manager: consoleManager,
    force: true,
  });
  return { object: presentable(saved), conflicts: [] };
}

export function conflictsOf(live: KymaFunction, changes: FieldChange[]): FieldConflict[] {
  const entries = managedFields(live);
  return changes.flatMap((change) => {
    const field = `.${change.path.join(".")}`;
    const owners = otherOwners(entries, change.path, consoleManager);
    if (isOverwrite(change)) {
      const manager = lastWriter(entries, change.path) ?? "somebody else";
      return [
        {
          manager,
          field,
          message: `${field} was changed since you opened the Function; last written by ${manager}`,
        },
      ];
    }
    return owners.map(({ manager, text }) => ({ manager, field, message: `${field} belongs to ${text}` }));
  });
}

/** Moves the changed fields to the console, so that what the next apply leaves out really goes. The object itself stays as it is. */
async function ownPaths(
  kube: KubeClient,
  live: KymaFunction,
  changes: FieldChange[],
  force: boolean,
): Promise<KymaFunction> {
  let wanted: Record<string, unknown> = { spec: live.spec };
  for (const change of changes) wanted = setAt(wanted, change.path, change.wanted) ?? {};
  const paths = changes.map(({ path }) => pathToMove(wanted, path));
  const options = { manager: consoleManager, force, apiVersion: apiVersionOf(functions) };
  const { entries, changed } = takeOver(managedFields(live), paths, options);
  if (!changed) return live;
  return kube.patch<KymaFunction>(
    functions,
    keyOf(live),
    [
      { op: "test", path: "/metadata/resourceVersion", value: live.metadata.resourceVersion },
      { op: "replace", path: "/metadata/managedFields", value: entries },
    ],
    { type: "json", manager: consoleManager },
  );
}

/** With the last field of a parent the parent goes too: an empty one means something else, or is not valid. */
function pathToMove(wanted: Record<string, unknown>, path: FieldPath): FieldPath {
  const length = path.findIndex(
    (_, index) => index > 0 && at(wanted, path.slice(0, index + 1)) === undefined,
  );
  return length < 0 ? path : path.slice(0, length + 1);
}

/** What the console owned before, as it is now, with the changes on top; tied to the version that was looked at. */
export function applySet(live: KymaFunction, changes: FieldChange[]): UnknownObject {
  const { metadata } = live;
  const { spec } = (pick(live, ownFields(managedFields(live), consoleManager)) ?? {}) as { spec?: unknown };
  let applied: Record<string, unknown> = spec === undefined ? {} : { spec };
  for (const { path, wanted } of changes) applied = setAt(applied, path, wanted) ?? {};
  return {
    apiVersion: apiVersionOf(functions),
    kind: functions.kind,
    metadata: {
      name: metadata.name,
      ...(metadata.namespace ? { namespace: metadata.namespace } : {}),
      ...(metadata.resourceVersion ? { resourceVersion: metadata.resourceVersion } : {}),
    },
    ...applied,
  };
}

/** Sets or removes one field; a parent that becomes empty is removed. */
function setAt(
  object: Record<string, unknown>,
  path: FieldPath,
  value: unknown,
): Record<string, unknown> | undefined {
  const [step = "", ...rest] = path;
  const child = rest.length ? setAt((object[step] ?? {}) as Record<string, unknown>, rest, value) : value;
  const others = Object.entries(object).filter(([name]) => name !== step);
  const entries = child === undefined ? others : [...others, [step, child] as const];
  return entries.length ? Object.fromEntries(entries) : undefined;
}

function managedFields(live: KymaFunction): ManagedFieldsEntry[] {
  return (live.metadata as { managedFields?: ManagedFieldsEntry[] }).managedFields ?? [];
}
