import { apiVersionOf, type ResourceType } from "@kyma/kube/objects.ts";
import { rootSchema, type Definitions, type OpenApiSchema } from "./openapi-documents.ts";

/** JSON schema, draft 7, as far as the editor reads it. */
export type JsonSchema = Record<string, unknown>;

const prefix = "#/components/schemas/";
/** Taken over as they are: draft 7 means the same by them. */
const plain = [
  "description",
  "enum",
  "required",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "title",
] as const;
const time = "io.k8s.apimachinery.pkg.apis.meta.v1.Time";
const objectMeta = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
/** May hold anything, although the cluster's documents only say that they are objects. */
const open = new Set([
  "io.k8s.apimachinery.pkg.runtime.RawExtension",
  "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1",
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON",
]);

/** The schema of one kind, with the definitions that it reaches and no others. Undefined when the documents do not hold it. */
export function kindJsonSchema(definitions: Definitions, type: ResourceType): JsonSchema | undefined {
  const root = rootSchema(definitions, type);
  if (!root) return undefined;
  const converter = new Converter(definitions);
  const schema = converter.convert(root);
  const properties = schema["properties"] as Record<string, JsonSchema> | undefined;
  const named = {
    ...properties,
    apiVersion: { ...properties?.["apiVersion"], type: "string", enum: [apiVersionOf(type)] },
    kind: { ...properties?.["kind"], type: "string", enum: [type.kind] },
  };
  const required = [...new Set(["apiVersion", "kind", "metadata", ...(root.required ?? [])])];
  return { ...schema, title: type.kind, properties: named, required, definitions: converter.reached() };
}

class Converter {
  readonly #definitions: Definitions;
  readonly #reached = new Map<string, JsonSchema>();

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
  }

  reached(): Record<string, JsonSchema> {
    return Object.fromEntries(this.#reached);
  }

  convert(schema: OpenApiSchema): JsonSchema {
    const only = schema.allOf?.length === 1 && !schema.properties ? schema.allOf[0] : undefined;
    const ref = schema.$ref ?? only?.$ref;
    if (ref) return { ...this.#reference(ref), ...described(schema) };
    const result: JsonSchema = {};
    for (const keyword of plain) if (schema[keyword] !== undefined) result[keyword] = schema[keyword];
    if (schema.format === "date-time") result["format"] = schema.format;
    addDefault(schema, result);
    this.#addType(schema, result);
    this.#addFields(schema, result);
    for (const keyword of ["allOf", "anyOf", "oneOf"] as const) {
      const parts = schema[keyword]?.map((part) => this.#part(part));
      if (parts && !schema["x-kubernetes-int-or-string"]) result[keyword] = parts;
    }
    if (schema.not) result["not"] = this.#part(schema.not);
    return result;
  }

  /** A branch of anyOf and the like says only what it adds: it does not list all fields. */
  #part(schema: OpenApiSchema): JsonSchema {
    const converted = this.convert(schema);
    delete converted["additionalProperties"];
    return converted;
  }

  #reference(ref: string): JsonSchema {
    const name = ref.startsWith(prefix) ? ref.slice(prefix.length) : "";
    const target = Object.hasOwn(this.#definitions, name) ? this.#definitions[name] : undefined;
    if (!target) return {};
    if (!this.#reached.has(name)) {
      // Noted before it is converted: definitions may refer to themselves.
      this.#reached.set(name, {});
      const converted = open.has(name) ? { ...described(target) } : this.convert(target);
      // kubectl writes `creationTimestamp: null`.
      if (name === time) converted["type"] = ["string", "null"];
      this.#reached.set(name, converted);
    }
    return { $ref: `#/definitions/${name}` };
  }

  #addType(schema: OpenApiSchema, result: JsonSchema): void {
    if (schema["x-kubernetes-int-or-string"]) result["type"] = ["integer", "string"];
    else if (schema.type) result["type"] = schema.type;
    const type = result["type"];
    if (schema.nullable && typeof type === "string") result["type"] = [type, "null"];
    else if (schema.nullable && Array.isArray(type)) result["type"] = [...(type as string[]), "null"];
    if (schema.nullable && schema.enum && !schema.enum.includes(null))
      result["enum"] = [...schema.enum, null];
  }

  #addFields(schema: OpenApiSchema, result: JsonSchema): void {
    const { properties, additionalProperties, items } = schema;
    if (items) result["items"] = this.convert(items);
    if (properties) {
      const entries = Object.entries(properties);
      result["properties"] = Object.fromEntries(entries.map(([name, one]) => [name, this.convert(one)]));
    }
    if (schema["x-kubernetes-embedded-resource"]) this.#addEmbedded(result);
    const isOpen = schema["x-kubernetes-preserve-unknown-fields"] ?? false;
    if (typeof additionalProperties === "object")
      result["additionalProperties"] = this.convert(additionalProperties);
    else if (properties && !isOpen && additionalProperties === undefined)
      result["additionalProperties"] = false;
  }

  #addEmbedded(result: JsonSchema): void {
    const metadata = Object.hasOwn(this.#definitions, objectMeta)
      ? this.#reference(prefix + objectMeta)
      : { type: "object" };
    const properties = result["properties"] as Record<string, JsonSchema> | undefined;
    result["properties"] = {
      apiVersion: { type: "string" },
      kind: { type: "string" },
      metadata,
      ...properties,
    };
    const required = (result["required"] as string[] | undefined) ?? [];
    result["required"] = [...new Set(["apiVersion", "kind", ...required])];
  }
}

function described({ description, default: value }: OpenApiSchema): JsonSchema {
  const result: JsonSchema = description ? { description } : {};
  addDefault({ default: value }, result);
  return result;
}

/** Go's zero values stand as defaults in the documents ("", 0, {}); the editor would type them in. */
function addDefault({ default: value }: OpenApiSchema, result: JsonSchema): void {
  const isZero =
    value === undefined || value === "" || value === 0 || (typeof value === "object" && value !== null);
  if (!isZero) result["default"] = value;
}
