import type { UnknownObject } from "@kyma/kube/objects.ts";
import { LineCounter, parseAllDocuments, stringify } from "yaml";
import { z } from "zod";
import { badInput } from "../graphql/errors.ts";

const longestYaml = 3 * 1024 * 1024;

/**
 * The object for the editor; long texts such as a Function's source become block scalars, and words that YAML 1.1 (kubectl) would take for
 * booleans stand in quotes.
 */
export function toYaml(object: UnknownObject): string {
  const { apiVersion, kind, metadata, ...rest } = object;
  return stringify(
    { apiVersion, kind, metadata, ...rest },
    { lineWidth: 0, aliasDuplicateObjects: false, compat: "yaml-1.1" },
  );
}

/** Reads one object; every fault is BAD_INPUT and names its line. */
export function fromYaml(text: string): UnknownObject {
  if (text.length > longestYaml) throw badInput(`the YAML is longer than ${longestYaml} characters`);
  const counter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: counter, prettyErrors: true });
  const documents = (Array.isArray(parsed) ? parsed : []).filter((document) => document.contents !== null);
  const fault = documents.flatMap((document) => document.errors)[0];
  if (fault)
    throw badInput(`line ${counter.linePos(fault.pos[0]).line}: ${fault.message.split("\n")[0] ?? ""}`);
  const [document] = documents;
  if (!document || documents.length > 1)
    throw badInput(`the YAML holds ${documents.length} objects; one is expected`);
  return toObject(safely(() => document.toJS({ maxAliasCount: 100 })));
}

const objectShape = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({ name: z.string().optional(), namespace: z.string().optional() }),
});

/** Checks that a JSON value from outside has the shape of an object; the rest is for the API server to judge. */
export function toObject(value: unknown): UnknownObject {
  const checked = objectShape.safeParse(value);
  if (!checked.success) {
    const fields = checked.error.issues.map((issue) => issue.path.join(".") || "the object");
    throw badInput(`no Kubernetes object: ${fields.join(", ")} missing or of the wrong type`);
  }
  return value as UnknownObject;
}

function safely(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    throw badInput(error instanceof Error ? error.message : "the YAML cannot be read");
  }
}
