import type { ManagedFieldsEntry } from "@kyma/kube/objects.ts";
import {
  fieldsAt,
  isMoreThanItself,
  withFields,
  withoutPath,
  type FieldPath,
  type FieldSet,
} from "./field-sets.ts";

/** Managers of a status or a scale subresource are others than those of the object, also under the same name. */
interface Owner {
  manager: string;
  /** e.g. "kubectl (scale)" */
  text: string;
}

/**
 * Writes of a person at a command line or in this console that were no server-side apply. They claim every field they sent, for ever; the
 * person who edits now takes their place, as kubectl itself does when it turns to server-side apply.
 */
function isPersonal(entry: ManagedFieldsEntry, manager: string): boolean {
  const { manager: name = "", operation, subresource } = entry;
  return operation === "Update" && !subresource && (name.startsWith("kubectl-") || name === manager);
}

function isOwn(entry: ManagedFieldsEntry, manager: string): boolean {
  return entry.manager === manager && entry.operation === "Apply" && !entry.subresource;
}

/** Who owns a field and would not give it up to `manager` without being forced. */
export function otherOwners(
  entries: readonly ManagedFieldsEntry[],
  path: FieldPath,
  manager: string,
): Owner[] {
  return entries
    .filter((entry) => !isOwn(entry, manager) && !isPersonal(entry, manager))
    .filter((entry) => {
      const held = fieldsAt(fieldsOf(entry), path);
      return held !== undefined && isMoreThanItself(held);
    })
    .map(({ manager: name = "unknown", subresource }) => ({
      manager: name,
      text: subresource ? `${name} (${subresource})` : name,
    }));
}

/** Who wrote a field last, whoever that is. */
export function lastWriter(entries: readonly ManagedFieldsEntry[], path: FieldPath): string | undefined {
  return entries
    .filter((entry) => fieldsAt(fieldsOf(entry), path) !== undefined)
    .toSorted((a, b) => (b.time ?? "").localeCompare(a.time ?? ""))[0]?.manager;
}

export interface Takeover {
  entries: ManagedFieldsEntry[];
  /** False: everything was as it should be already. */
  changed: boolean;
}

/** managedFields in which `manager` alone owns the paths; with `force` all others lose them too, else only personal managers. */
export function takeOver(
  entries: readonly ManagedFieldsEntry[],
  paths: readonly FieldPath[],
  options: { manager: string; force: boolean; apiVersion: string },
): Takeover {
  const { manager, force, apiVersion } = options;
  let own = entries.find((entry) => isOwn(entry, manager)) ?? newEntry(manager, apiVersion);
  let changed = false;
  const others = entries
    .filter((entry) => !isOwn(entry, manager))
    .map((entry) => {
      if (!force && !isPersonal(entry, manager)) return entry;
      let fields = fieldsOf(entry);
      for (const path of paths) {
        const taken = fieldsAt(fields, path);
        if (!taken) continue;
        changed = true;
        own = { ...own, fieldsV1: withFields(fieldsOf(own), path, taken) };
        fields = withoutPath(fields, path);
      }
      return { ...entry, fieldsV1: fields };
    });
  const kept = others.filter((entry) => Object.keys(entry.fieldsV1 ?? {}).length > 0);
  return { entries: changed ? [own, ...kept] : [...entries], changed };
}

/** What `manager` has applied before. */
export function ownFields(entries: readonly ManagedFieldsEntry[], manager: string): FieldSet {
  const own = entries.find((entry) => isOwn(entry, manager));
  return own ? fieldsOf(own) : {};
}

function fieldsOf(entry: ManagedFieldsEntry): FieldSet {
  return (entry.fieldsV1 ?? {}) as FieldSet;
}

function newEntry(manager: string, apiVersion: string): ManagedFieldsEntry {
  const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  return { manager, operation: "Apply", apiVersion, time, fieldsType: "FieldsV1", fieldsV1: {} };
}
