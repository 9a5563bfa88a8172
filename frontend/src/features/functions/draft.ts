import type { FunctionEdit } from "#api/generated/graphql.ts";
import type { EnvEntry, KymaFunction } from "./kyma-function.ts";

/** The fields that the Function page edits, with nothing absent. */
export interface Editable {
  source: string;
  /** Empty: no dependencies. */
  dependencies: string;
  runtime: string;
  env: EnvEntry[];
  replicas: number;
  /** Empty: the platform's default. */
  profile: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

export type EditableField = keyof Editable;

/** Unsaved changes, and the Function as it was when the first of them was made. */
export interface Draft {
  base: KymaFunction;
  fields: Partial<Editable>;
}

/** Each field in words, for "Unsaved changes: …". */
export const fieldLabels: Record<EditableField, string> = {
  source: "source",
  dependencies: "dependencies",
  runtime: "runtime",
  env: "environment",
  replicas: "replicas",
  profile: "profile",
  labels: "labels",
  annotations: "annotations",
};

/** What a Function says about the fields. */
export function editableOf({ spec }: KymaFunction): Editable {
  return {
    source: spec.source.inline?.source ?? "",
    dependencies: spec.source.inline?.dependencies ?? "",
    runtime: spec.runtime,
    env: spec.env ?? [],
    replicas: spec.replicas ?? 1,
    profile: spec.resourceConfiguration?.function?.profile ?? "",
    labels: spec.labels ?? {},
    annotations: spec.annotations ?? {},
  };
}

function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b)));
}

/** The fields in which the draft differs from its base. */
export function changedFields({ base, fields }: Draft): EditableField[] {
  const before = editableOf(base);
  return (Object.keys(fields) as EditableField[]).filter(
    (field) => canonical(fields[field]) !== canonical(before[field]),
  );
}

/** The draft after one field was edited; undefined when nothing differs any more. `fn` is the Function as it is now. */
export function withField<Field extends EditableField>(
  draft: Draft | undefined,
  fn: KymaFunction,
  field: Field,
  value: Editable[Field],
): Draft | undefined {
  const next: Draft = {
    base: draft?.base ?? withoutStatus(fn),
    fields: { ...draft?.fields, [field]: value },
  };
  return changedFields(next).length > 0 ? next : undefined;
}

function withoutStatus({ status: _status, ...rest }: KymaFunction): KymaFunction {
  return rest;
}

/** What is sent: the changed fields only; null for one that goes. */
export function editOf(draft: Draft): FunctionEdit {
  const edit: Record<string, unknown> = {};
  for (const field of changedFields(draft)) edit[field] = valueOrNull(draft.fields[field]);
  return edit;
}

function valueOrNull(value: unknown): unknown {
  if (typeof value === "string") return value.trim() === "" ? null : value;
  if (Array.isArray(value)) return value.length === 0 ? null : value;
  return value;
}

/** What is left of a draft after `sent` was written as `saved`: what the person typed meanwhile. */
export function afterSave(draft: Draft | undefined, sent: Draft, saved: KymaFunction): Draft | undefined {
  const fields: Partial<Editable> = {};
  for (const field of Object.keys(draft?.fields ?? {}) as EditableField[]) {
    if (canonical(draft?.fields[field]) === canonical(sent.fields[field])) continue;
    Object.assign(fields, { [field]: draft?.fields[field] });
  }
  const rest = { base: withoutStatus(saved), fields };
  return changedFields(rest).length > 0 ? rest : undefined;
}

const fieldPaths: Record<EditableField, string> = {
  source: ".spec.source.inline.source",
  dependencies: ".spec.source.inline.dependencies",
  runtime: ".spec.runtime",
  env: ".spec.env",
  replicas: ".spec.replicas",
  profile: ".spec.resourceConfiguration",
  labels: ".spec.labels",
  annotations: ".spec.annotations",
};

/** The draft without the fields in conflict, upon the Function as it is now: the others' values are taken. */
export function takeTheirs(
  draft: Draft,
  conflicts: readonly { field: string }[],
  fn: KymaFunction,
): Draft | undefined {
  const fields = Object.fromEntries(
    Object.entries(draft.fields).filter(
      ([field]) =>
        !conflicts.some((conflict) => conflict.field.startsWith(fieldPaths[field as EditableField])),
    ),
  );
  const rest = { base: withoutStatus(fn), fields };
  return changedFields(rest).length > 0 ? rest : undefined;
}

/** What is wrong with a dependencies text, or undefined; blank means none. */
export function dependenciesProblem(text: string): string | undefined {
  if (text.trim() === "") return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return undefined;
    return "The dependencies have to be a JSON object, as in package.json.";
  } catch (error) {
    return `The dependencies are no valid JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}
