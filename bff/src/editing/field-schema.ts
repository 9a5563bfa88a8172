import type { ResourceType } from "@kyma/kube/objects.ts";
import { rootSchema, type Definitions, type OpenApiSchema } from "./openapi-documents.ts";

const prefix = "#/components/schemas/";

/**
 * How server-side apply sees one field: which lists are merged by key, which are sets, what is written as a whole. Where nothing is known
 * (no schema, preserved unknown fields) maps are merged and lists are written as a whole, as the API server does it.
 */
export class FieldSchema {
  readonly #definitions: Definitions;
  readonly #schema: OpenApiSchema | undefined;

  constructor(definitions: Definitions, schema: OpenApiSchema | undefined) {
    this.#definitions = definitions;
    this.#schema = schema && resolve(definitions, schema);
  }

  static of(definitions: Definitions | undefined, type: ResourceType): FieldSchema {
    const known = definitions ?? {};
    return new FieldSchema(known, rootSchema(known, type));
  }

  field(name: string): FieldSchema {
    const { properties, additionalProperties } = this.#schema ?? {};
    const own = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
    const any = typeof additionalProperties === "object" ? additionalProperties : undefined;
    return new FieldSchema(this.#definitions, own ?? any);
  }

  get items(): FieldSchema {
    return new FieldSchema(this.#definitions, this.#schema?.items);
  }

  get isAtomicMap(): boolean {
    return this.#schema?.["x-kubernetes-map-type"] === "atomic";
  }

  get listType(): "atomic" | "set" | "map" {
    const type = this.#schema?.["x-kubernetes-list-type"] ?? "atomic";
    return type === "map" && this.listKeys.length === 0 ? "atomic" : type;
  }

  get listKeys(): readonly string[] {
    return this.#schema?.["x-kubernetes-list-map-keys"] ?? [];
  }

  get default(): unknown {
    return this.#schema?.default;
  }
}

function resolve(definitions: Definitions, schema: OpenApiSchema): OpenApiSchema {
  const ref = schema.$ref ?? (schema.allOf?.length === 1 ? schema.allOf[0]?.$ref : undefined);
  const name = ref?.startsWith(prefix) ? ref.slice(prefix.length) : undefined;
  if (name === undefined || !Object.hasOwn(definitions, name)) return schema;
  return { ...definitions[name], ...schema };
}
