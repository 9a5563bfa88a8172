import type { KubeObject } from "@kyma/kube/objects.ts";

/** An Istio object as it came from the API server; its spec is read field by field, since nothing in it may be ignored. */
export interface ConfigObject extends KubeObject {
  spec?: unknown;
}

export type Fields = Record<string, unknown>;

/** Something in an object that this gateway does not do. The message names the field; whoever catches it fails closed. */
export class UnsupportedError extends Error {
  override name = "UnsupportedError";
}

/** The object's fields; absent gives an empty record. */
export function fieldsOf(value: unknown, where: string): Fields {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new UnsupportedError(`${where} is not an object`);
  return value as Fields;
}

export function listOf(value: unknown, where: string): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new UnsupportedError(`${where} is not a list`);
  return value;
}

export function textOf(value: unknown, where: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new UnsupportedError(`${where} is not a string`);
  return value;
}

/** A list of non-empty strings; Istio refuses empty ones, so they are refused here too. */
export function textsOf(value: unknown, where: string): string[] {
  return listOf(value, where).map((item) => {
    if (typeof item !== "string" || item === "") throw new UnsupportedError(`${where} holds an empty value`);
    return item;
  });
}

export function numberOf(value: unknown, where: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number") throw new UnsupportedError(`${where} is not a number`);
  return value;
}

export function booleanOf(value: unknown, where: string): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== "boolean") throw new UnsupportedError(`${where} is not true or false`);
  return value;
}

export function textMapOf(value: unknown, where: string): [string, string][] {
  return Object.entries(fieldsOf(value, where)).map(([key, item]) => [
    key,
    textOf(item, `${where}.${key}`) ?? "",
  ]);
}

/** Throws for the first field outside the allowed ones that is set. */
export function refuseOthers(fields: Fields, allowed: readonly string[], where: string): void {
  for (const [name, value] of Object.entries(fields)) {
    if (!allowed.includes(name) && value !== undefined && value !== null) {
      throw new UnsupportedError(`${where ? `${where}.` : ""}${name} is not supported`);
    }
  }
}

const durationPattern =
  /^(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/;

/** "1m30s" → 90000. */
export function durationMsOf(value: unknown, where: string): number | undefined {
  const text = textOf(value, where);
  if (text === undefined) return undefined;
  const parts = durationPattern.exec(text);
  if (!parts || text === "") throw new UnsupportedError(`${where} is not a duration`);
  const [h, m, s, ms] = parts.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number];
  return h * 3_600_000 + m * 60_000 + s * 1000 + ms;
}

/** "namespace/name" of an object. */
export function nameOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}

/** Runs the reader; what it could not read comes back as a sentence. */
export function problemOf(read: () => void): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof UnsupportedError) return error.message;
    throw error;
  }
}
