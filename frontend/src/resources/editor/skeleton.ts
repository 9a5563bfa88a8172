type Schema = Record<string, unknown>;

interface Place {
  apiVersion: string;
  kind: string;
  /** Undefined for cluster-scoped kinds. */
  namespace: string | undefined;
}

const deepest = 8;

/** A first text for any kind: name, place, and every field that the schema requires, with a word about each. Pure. */
export function skeleton(schema: Schema | null, { apiVersion, kind, namespace }: Place): string {
  const head = [
    `apiVersion: ${apiVersion}`,
    `kind: ${kind}`,
    "metadata:",
    `  name: my-${kind.toLowerCase()}`,
  ];
  if (namespace !== undefined) head.push(`  namespace: ${namespace}`);
  const definitions = (schema?.["definitions"] ?? {}) as Record<string, Schema>;
  const properties = fieldsOf(schema ?? {}, definitions);
  const body = Object.entries(properties)
    .filter(([name]) => wanted.has(name) || requiredOf(schema ?? {}).includes(name))
    .filter(([name]) => !given.has(name))
    .flatMap(([name, field]) => fieldLines(name, field, definitions, 0));
  return `${[...head, ...body].join("\n")}\n`;
}

const given = new Set(["apiVersion", "kind", "metadata", "status"]);
const wanted = new Set(["spec", "data"]);

function resolved(schema: Schema, definitions: Record<string, Schema>): Schema {
  const name = /^#\/definitions\/(.*)$/.exec(typeof schema["$ref"] === "string" ? schema["$ref"] : "")?.[1];
  const target = name !== undefined && Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  return target ? { ...target, ...schema } : schema;
}

function fieldsOf(schema: Schema, definitions: Record<string, Schema>): Record<string, Schema> {
  return (resolved(schema, definitions)["properties"] ?? {}) as Record<string, Schema>;
}

function requiredOf(schema: Schema): string[] {
  return (schema["required"] ?? []) as string[];
}

function fieldLines(
  name: string,
  field: Schema,
  definitions: Record<string, Schema>,
  depth: number,
): string[] {
  const schema = resolved(field, definitions);
  const pad = "  ".repeat(depth);
  const note = noteOf(schema);
  const comment = note ? [`${pad}# ${note}`] : [];
  const below = depth < deepest ? requiredLines(schema, definitions, depth + 1) : [];
  if (typeOf(schema) === "array") {
    const items = resolved((schema["items"] ?? {}) as Schema, definitions);
    const lines = depth < deepest ? requiredLines(items, definitions, depth + 2) : [];
    const [first, ...rest] = lines.filter((line) => !line.trimStart().startsWith("#"));
    const entry = first === undefined ? ` ${exampleOf(items)}` : ` ${first.trimStart()}`;
    return [...comment, `${pad}${name}:`, `${pad}  -${entry}`, ...rest];
  }
  if (below.length > 0) return [...comment, `${pad}${name}:`, ...below];
  return [...comment, `${pad}${name}: ${exampleOf(schema)}`];
}

function requiredLines(schema: Schema, definitions: Record<string, Schema>, depth: number): string[] {
  const fields = fieldsOf(schema, definitions);
  return requiredOf(schema).flatMap((name) =>
    Object.hasOwn(fields, name) ? fieldLines(name, fields[name] ?? {}, definitions, depth) : [],
  );
}

function typeOf(schema: Schema): string {
  const { type } = schema;
  if (Array.isArray(type)) return String(type[0]);
  return typeof type === "string" ? type : schema["properties"] ? "object" : "";
}

function exampleOf(schema: Schema): string {
  const options = schema["enum"];
  if (schema["default"] !== undefined) return JSON.stringify(schema["default"]);
  if (Array.isArray(options) && options.length > 0) return JSON.stringify(options[0]);
  const type = typeOf(schema);
  if (type === "integer" || type === "number") return String((schema["minimum"] as number | undefined) ?? 0);
  if (type === "boolean") return "false";
  if (type === "object") return "{}";
  return '""';
}

/** The first sentence of what the schema says about the field. */
function noteOf(schema: Schema): string {
  const text = typeof schema["description"] === "string" ? schema["description"] : "";
  const sentence = /^[^.\n]*/.exec(text)?.[0].trim() ?? "";
  return sentence.length > 110 ? `${sentence.slice(0, 107)}…` : sentence;
}
