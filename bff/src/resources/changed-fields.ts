import type { KubeObject } from "@kyma/kube/objects.ts";
import { isDeepStrictEqual } from "node:util";
import { presentable } from "./secret-values.ts";

/** One field that a write changes. Values are short texts; null: it is not there. */
export interface ChangedField {
  /** e.g. spec.replicas, metadata.labels["a/b"], spec.template.spec.containers[0].image */
  field: string;
  before: string | null;
  after: string | null;
}

const most = 20;
const longest = 200;

/**
 * What a write changes that a person can ask for: all but the status and what the API server notes down in metadata. Secret values are masked.
 * At most 20 fields. Pure.
 */
export function changedFields(before: KubeObject, after: KubeObject): ChangedField[] {
  return differences(asked(before), asked(after), "").slice(0, most);
}

function asked(object: KubeObject): object {
  const { metadata, status: _, ...rest } = presentable(object as never) as KubeObject & { status?: unknown };
  const { labels, annotations, finalizers, ownerReferences } = metadata;
  return { ...rest, metadata: { labels, annotations, finalizers, ownerReferences } };
}

function differences(before: unknown, after: unknown, field: string): ChangedField[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isRecord(before) && isRecord(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => differences(own(before, name), own(after, name), step(field, name)));
  }
  // What is new or gone as a whole is told field by field, as far as it has fields.
  if (isFilled(after) && before === undefined) return differences({}, after, field);
  if (isFilled(before) && after === undefined) return differences(before, {}, field);
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((entry, index) => differences(entry, after[index], `${field}[${index}]`));
  return [{ field, before: textOf(before), after: textOf(after) }];
}

function step(field: string, name: string): string {
  if (/^[A-Za-z_][\w-]*$/.test(name)) return field === "" ? name : `${field}.${name}`;
  return `${field}[${JSON.stringify(name)}]`;
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFilled(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && Object.keys(value).length > 0;
}

function own(record: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
