import type { Schema } from "./open-api.ts";

/** Writes TypeScript interfaces for one CRD schema; objects with properties get names of their own. */
export class TypeWriter {
  readonly #prefix: string;
  readonly #bodies = new Map<string, string>();

  /** prefix: begins the name of every nested type, such as "Function" in "FunctionSpec". */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The interfaces gathered so far, as source text in the order of their names. */
  interfaces(): string {
    return [...this.#bodies]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, body]) => `export interface ${name} ${body}`)
      .join("\n\n");
  }

  /** TypeScript type of a schema; path: names of the enclosing properties, outermost first. */
  typeOf(schema: Schema, path: string[]): string {
    if (schema["x-kubernetes-int-or-string"]) return "number | string";
    if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
    switch (schema.type) {
      case "string":
      case "boolean":
      case "number":
        return schema.type;
      case "integer":
        return "number";
      case "array":
        return arrayOf(this.typeOf(schema.items ?? {}, [...path.slice(0, -1), singular(path.at(-1) ?? "")]));
      case "object":
        return this.#objectType(schema, path);
      default:
        return "unknown";
    }
  }

  #objectType(schema: Schema, path: string[]): string {
    if (schema.properties) return this.#namedType(schema, path);
    if (typeof schema.additionalProperties === "object")
      return `Record<string, ${this.typeOf(schema.additionalProperties, [...path, "value"])}>`;
    return "Record<string, unknown>";
  }

  /** Shortest name from the end of the path that is free or stands for the same body. */
  #namedType(schema: Schema, path: string[]): string {
    const body = this.bodyOf(schema, path);
    for (let length = 1; length <= path.length; length++) {
      const name = this.#prefix + path.slice(-length).map(capitalised).join("");
      const known = this.#bodies.get(name);
      if (known === undefined) this.#bodies.set(name, body);
      if (known === undefined || known === body) return name;
    }
    throw new Error(`no free type name for ${this.#prefix}.${path.join(".")}`);
  }

  /** The braces and fields of an object schema, each field with its description. */
  bodyOf(schema: Schema, path: string[]): string {
    const fields = Object.entries(schema.properties ?? {}).map(([name, property]) => {
      const comment = property.description ? `  /** ${property.description} */\n` : "";
      const mark = schema.required?.includes(name) ? "" : "?";
      return `${comment}  ${propertyName(name)}${mark}: ${this.typeOf(property, [...path, name])};`;
    });
    if (schema["x-kubernetes-preserve-unknown-fields"]) fields.push("  [field: string]: unknown;");
    return `{\n${fields.join("\n")}\n}`;
  }
}

function arrayOf(item: string): string {
  return item.includes("|") ? `(${item})[]` : `${item}[]`;
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function singular(name: string): string {
  if (name.endsWith("ies")) return `${name.slice(0, -3)}y`;
  return name.endsWith("s") && !name.endsWith("ss") ? name.slice(0, -1) : name;
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
