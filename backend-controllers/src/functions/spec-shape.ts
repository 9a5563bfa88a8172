/**
 * Guards against objects that passed an older or laxer schema: says what does not have the shape that the rest of the
 * controller takes for granted.
 */
export function shapeProblems(spec: unknown): string[] {
  const problems: string[] = [];
  checkObject(spec, "spec", specShape, problems);
  return problems;
}

type Shape = "string" | "number" | "object" | "stringMap" | Fields | [Fields];
interface Fields {
  [field: string]: Shape;
}

const specShape: Fields = {
  "runtime!": "string",
  runtimeImageOverride: "string",
  "source!": { inline: { "source!": "string", dependencies: "string" }, gitRepository: "object" },
  env: [{ "name!": "string", value: "string", valueFrom: "object" }],
  resourceConfiguration: {
    function: { profile: "string", resources: { requests: "object", limits: "object" } },
    build: "object",
  },
  scaleConfig: "object",
  replicas: "number",
  template: "object",
  secretMounts: [{ "secretName!": "string", "mountPath!": "string" }],
  labels: "stringMap",
  annotations: "stringMap",
  podSecurityContext: "object",
  containerSecurityContext: "object",
};

function check(value: unknown, path: string, shape: Shape, problems: string[]): void {
  if (shape === "string" || shape === "number") {
    if (typeof value !== shape) problems.push(`${path} must be a ${shape}`);
  } else if (Array.isArray(shape)) {
    if (!Array.isArray(value)) problems.push(`${path} must be a list`);
    else
      for (const [index, item] of value.entries()) checkObject(item, `${path}[${index}]`, shape[0], problems);
  } else if (shape === "stringMap") {
    checkObject(value, path, {}, problems);
    if (isObject(value) && Object.values(value).some((item) => typeof item !== "string")) {
      problems.push(`${path} must hold texts only`);
    }
  } else checkObject(value, path, shape === "object" ? {} : shape, problems);
}

/** A field whose name ends with "!" must be there. */
function checkObject(value: unknown, path: string, fields: Fields, problems: string[]): void {
  if (!isObject(value)) {
    problems.push(value === undefined ? `${path} is missing` : `${path} must be an object`);
    return;
  }
  for (const [name, shape] of Object.entries(fields)) {
    const field = name.replace("!", "");
    const inner = value[field];
    if (inner === undefined || inner === null) {
      if (name.endsWith("!")) problems.push(`${path}.${field} is missing`);
    } else check(inner, `${path}.${field}`, shape, problems);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
