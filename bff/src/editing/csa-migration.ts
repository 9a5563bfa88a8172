import type { ManagedFieldsEntry, UnknownObject } from "@kyma/kube/objects.ts";
import { isFields, put, type Fields } from "./field-paths.ts";

/** Where kubectl keeps the manifest that it applied last. */
export const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
/** What kubectl calls itself when it applies on the client's side, and what the API server calls the time before any apply. */
const clientSide = new Set(["kubectl-client-side-apply", "before-first-apply"]);

/** Was the object written by `kubectl apply` on the client's side? */
export function isClientSideApplied(object: UnknownObject): boolean {
  return (
    object.metadata.annotations?.[lastApplied] !== undefined &&
    (object.metadata.managedFields ?? []).some((entry) => isClientSide(entry))
  );
}

export function isClientSideManager(manager: string): boolean {
  return clientSide.has(manager);
}

function isClientSide(entry: ManagedFieldsEntry): boolean {
  return entry.operation === "Update" && !entry.subresource && clientSide.has(entry.manager ?? "");
}

/**
 * managedFields after the change to server-side apply, as kubectl makes it: what kubectl applied on the client's side belongs to `manager`'s
 * apply, so that a field which its next manifest leaves out goes. The annotation stays kubectl's. Pure.
 */
export function migrated(object: UnknownObject, manager: string): ManagedFieldsEntry[] {
  const entries = object.metadata.managedFields ?? [];
  const moved = entries.filter((entry) => isClientSide(entry));
  const present = entries.find(
    (entry) => entry.manager === manager && entry.operation === "Apply" && !entry.subresource,
  );
  const seed = present ?? moved[0];
  if (!seed || moved.length === 0) return entries;
  // Fields of another version of the kind have other names: they stay where they are.
  const fitting = moved.filter(({ apiVersion }) => apiVersion === seed.apiVersion);
  const fields = fitting.map(({ fieldsV1 = {} }) => withoutAnnotation(fieldsV1));
  const union = fields.reduce((all, one) => merged(all, one), present?.fieldsV1 ?? {});
  const applied: ManagedFieldsEntry = { ...seed, manager, operation: "Apply", fieldsV1: union };
  return [applied, ...entries.filter((entry) => entry !== present && !fitting.includes(entry))];
}

function merged(a: Fields, b: Fields): Fields {
  const result: Fields = { ...a };
  for (const [id, tree] of Object.entries(b)) {
    const known = Object.hasOwn(result, id) ? result[id] : undefined;
    put(result, id, isFields(known) && isFields(tree) ? merged(known, tree) : tree);
  }
  return result;
}

function withoutAnnotation(fields: Fields): Fields {
  const metadata = fields["f:metadata"];
  const annotations = isFields(metadata) ? metadata["f:annotations"] : undefined;
  if (!isFields(metadata) || !isFields(annotations)) return fields;
  const { [`f:${lastApplied}`]: _, ...rest } = annotations;
  const { "f:annotations": __, ...others } = metadata;
  const kept = Object.keys(rest).some((id) => id !== ".") ? { ...others, "f:annotations": rest } : others;
  return { ...fields, "f:metadata": kept };
}
