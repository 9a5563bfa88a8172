import type { UnknownObject } from "@kyma/kube/objects.ts";

/** Stands where a Secret's value is kept back. */
export const mask = "••••";
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** The object as it may leave the BFF: managedFields left out, Secret values masked. */
export function presentable<T extends UnknownObject>(object: T): T {
  const { managedFields: _, ...metadata } = object.metadata;
  const clean = { ...object, metadata };
  return isSecret(clean) ? maskSecret(clean) : clean;
}

export function isSecret(object: { apiVersion?: unknown; kind?: unknown }): boolean {
  return object.kind === "Secret" && object.apiVersion === "v1";
}

/** Is any value in `data` or `stringData` still the mask? Then writing it would destroy the real one. */
export function maskedKeys(object: UnknownObject): string[] {
  return [object["data"], object["stringData"]].flatMap((values) =>
    Object.entries(recordOf(values)).flatMap(([key, value]) => (value === mask ? key : [])),
  );
}

function maskSecret<T extends UnknownObject>(secret: T): T {
  const masked: UnknownObject = { ...secret };
  for (const field of ["data", "stringData"]) if (masked[field]) masked[field] = maskValues(masked[field]);
  const annotations = secret.metadata.annotations;
  const applied = annotations?.[lastApplied];
  if (applied !== undefined) {
    masked.metadata = {
      ...secret.metadata,
      annotations: { ...annotations, [lastApplied]: maskApplied(applied) },
    };
  }
  return masked as T;
}

function maskApplied(text: string): string {
  try {
    const applied = recordOf(JSON.parse(text));
    for (const field of ["data", "stringData"])
      if (applied[field]) applied[field] = maskValues(applied[field]);
    return JSON.stringify(applied);
  } catch {
    return mask;
  }
}

function maskValues(values: unknown): Record<string, string> {
  return Object.fromEntries(Object.keys(recordOf(values)).map((key) => [key, mask]));
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
