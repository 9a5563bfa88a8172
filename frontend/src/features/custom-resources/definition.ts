import type { KubeObject } from "#resources/kube-objects.ts";

/** The parts of an OpenAPI v3 schema that CRDs use. */
export interface Schema {
  type?: string;
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | boolean;
  required?: string[];
  default?: unknown;
  enum?: unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  nullable?: boolean;
  "x-kubernetes-int-or-string"?: boolean;
  "x-kubernetes-preserve-unknown-fields"?: boolean;
  "x-kubernetes-validations"?: { rule: string; message?: string }[];
}

export interface PrinterColumn {
  name: string;
  type: string;
  jsonPath: string;
  description?: string;
  priority?: number;
}

interface Version {
  name: string;
  served: boolean;
  storage: boolean;
  deprecated?: boolean;
  deprecationWarning?: string;
  schema?: { openAPIV3Schema?: Schema };
  additionalPrinterColumns?: PrinterColumn[];
  subresources?: { status?: object; scale?: object };
}

export interface Definition extends KubeObject {
  spec: {
    group: string;
    scope: "Namespaced" | "Cluster";
    names: { kind: string; plural: string; singular?: string; shortNames?: string[]; categories?: string[] };
    versions: Version[];
    conversion?: { strategy?: string };
  };
  status?: { storedVersions?: string[] };
}

/** A field of a schema as a row of the browser. */
export interface FieldRow {
  /** e.g. spec.rules[].path */
  path: string;
  name: string;
  depth: number;
  type: string;
  isRequired: boolean;
  hasChildren: boolean;
  schema: Schema;
}

const deepest = 30;

/** The fields of a schema, parents before their children, depth first. Pure. */
export function fieldRows(schema: Schema, depth = 0, path = ""): FieldRow[] {
  if (depth > deepest) return [];
  const { owner, prefix } = inside(schema, path);
  return Object.entries(owner.properties ?? {}).flatMap(([name, field]) => {
    const own = prefix === "" ? name : `${prefix}.${name}`;
    const below = fieldRows(field, depth + 1, own);
    const isRequired = owner.required?.includes(name) ?? false;
    return [
      {
        path: own,
        name,
        depth,
        type: typeText(field),
        isRequired,
        hasChildren: below.length > 0,
        schema: field,
      },
      ...below,
    ];
  });
}

/** The schema whose properties stand below a field: that of its elements for lists and maps. */
function inside(schema: Schema, path: string): { owner: Schema; prefix: string } {
  if (schema.items) return inside(schema.items, `${path}[]`);
  if (typeof schema.additionalProperties === "object")
    return inside(schema.additionalProperties, `${path}.*`);
  return { owner: schema, prefix: path };
}

/** "string", "[]object", "map of string", "integer or string". Pure. */
export function typeText(schema: Schema): string {
  if (schema["x-kubernetes-int-or-string"]) return "integer or string";
  if (schema.type === "array") return `[]${schema.items ? typeText(schema.items) : "any"}`;
  if (typeof schema.additionalProperties === "object")
    return `map of ${typeText(schema.additionalProperties)}`;
  if (schema["x-kubernetes-preserve-unknown-fields"] && !schema.properties) return "any";
  return `${schema.type ?? "any"}${schema.format ? ` (${schema.format})` : ""}`;
}

/** What a value has to fulfil, in short sentences. Pure. */
export function constraints(schema: Schema): string[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern, nullable } = schema;
  const between = (what: string, least: number | undefined, most: number | undefined) =>
    least === undefined && most === undefined
      ? []
      : [
          `${what} ${least === undefined ? `at most ${most}` : most === undefined ? `at least ${least}` : `${least} to ${most}`}`,
        ];
  return [
    ...(schema.enum ? [`one of ${schema.enum.map((value) => JSON.stringify(value)).join(", ")}`] : []),
    ...between("value", minimum, maximum),
    ...between("length", minLength, maxLength),
    ...between("elements", minItems, maxItems),
    ...(pattern ? [`matches ${pattern}`] : []),
    ...(nullable ? ["may be null"] : []),
    ...(schema["x-kubernetes-validations"] ?? []).map(({ rule, message }) => message ?? rule),
  ];
}

/** The rows to show: those that match the words with what leads to them, or, without words, those whose parents are open. Pure. */
export function shownRows(rows: readonly FieldRow[], words: string, open: ReadonlySet<string>): FieldRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const parents = new Map<string, string | undefined>();
  const trail: string[] = [];
  for (const { path, depth } of rows) {
    trail.length = depth;
    parents.set(path, trail.at(-1));
    trail[depth] = path;
  }
  if (wanted.length === 0) return rows.filter(({ path }) => isOpen(parents.get(path), parents, open));
  const kept = new Set<string>();
  for (const { path, schema } of rows) {
    const text = `${path} ${schema.description ?? ""}`.toLowerCase();
    if (!wanted.every((word) => text.includes(word))) continue;
    for (let one: string | undefined = path; one !== undefined; one = parents.get(one)) kept.add(one);
  }
  return rows.filter(({ path }) => kept.has(path));
}

function isOpen(
  path: string | undefined,
  parents: ReadonlyMap<string, string | undefined>,
  open: ReadonlySet<string>,
): boolean {
  for (let one = path; one !== undefined; one = parents.get(one)) if (!open.has(one)) return false;
  return true;
}
