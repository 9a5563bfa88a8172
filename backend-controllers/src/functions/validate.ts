import type { FunctionSpec, KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { parseQuantity } from "@kyma/kube/quantity.ts";
import { dependencyProblems } from "./dependencies.ts";
import { profiles, type Resources } from "./profiles.ts";
import { secretMountProblems } from "./secret-mounts.ts";
import { shapeProblems } from "./spec-shape.ts";

export interface Validation {
  /** Sentences without a full stop at the end, each naming the field; empty when the spec can be acted on. */
  problems: string[];
  /** Fields that work but should go. */
  warnings: string[];
}

/** More problems than this are only counted. */
const problemLimit = 20;
/** Linux hands a process no single variable above 128 KiB, name and end included. */
const longestVariable = 128 * 1024;

const reservedNames = new Set([
  "FUNC_RUNTIME",
  "FUNC_HANDLER",
  "FUNC_PORT",
  "FUNC_HANDLER_SOURCE",
  "FUNC_HANDLER_DEPENDENCIES",
  "MOD_NAME",
  "NODE_PATH",
  "PYTHONPATH",
]);
const supportedRuntimes = ["nodejs20", "nodejs22", "nodejs24"];
const variableName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** Judges a Function, whatever shape it has, without looking at the cluster. */
export function validate(fn: KymaFunction): Validation {
  const malformed = shapeProblems(fn.spec);
  if (malformed.length > 0) return { problems: cut(malformed), warnings: [] };
  const { spec } = fn;
  const problems = [
    ...nameProblems(fn.metadata.name),
    ...runtimeProblems(spec),
    ...sourceProblems(spec),
    ...envProblems(spec),
    ...resourceProblems(spec),
    ...secretMountProblems(spec),
    ...mapProblems(spec),
    ...unsupportedFields(spec),
  ];
  return { problems: cut(problems), warnings: warningsFor(spec) };
}

function cut(problems: string[]): string[] {
  if (problems.length <= problemLimit) return problems;
  return [...problems.slice(0, problemLimit), `${problems.length - problemLimit} more problems`];
}

function nameProblems(name: string): string[] {
  if (name.length <= 63 && !name.includes(".")) return [];
  return [
    `metadata.name "${name}" must be at most 63 characters without dots, for the Service is called the same`,
  ];
}

function runtimeProblems(spec: FunctionSpec): string[] {
  const problems = [];
  if (!supportedRuntimes.includes(spec.runtime)) {
    problems.push(
      `spec.runtime "${spec.runtime}" is not supported; choose one of ${supportedRuntimes.join(", ")}`,
    );
  }
  const image = spec.runtimeImageOverride;
  if (image !== undefined && (image.trim() === "" || /\s/.test(image.trim()))) {
    problems.push("spec.runtimeImageOverride must be the name of an image");
  }
  return problems;
}

function sourceProblems(spec: FunctionSpec): string[] {
  const { inline, gitRepository } = spec.source;
  if (gitRepository !== undefined) {
    return ["spec.source.gitRepository is not supported yet; give the code in spec.source.inline"];
  }
  if (inline === undefined) return ["spec.source.inline is missing"];
  const problems = [];
  if (inline.source.trim() === "") problems.push("spec.source.inline.source is empty");
  for (const field of ["source", "dependencies"] as const) {
    const text = inline[field] ?? "";
    if (text.includes("\0")) problems.push(`spec.source.inline.${field} must not contain a null character`);
    const size = Buffer.byteLength(text) + `FUNC_HANDLER_${field.toUpperCase()}=`.length;
    if (size >= longestVariable) {
      problems.push(
        `spec.source.inline.${field} is ${size} bytes long; at most 128 KiB can be handed to the runtime`,
      );
    }
  }
  return problems.length > 0 ? problems : dependencyProblems(inline.dependencies ?? "");
}

function envProblems(spec: FunctionSpec): string[] {
  return (spec.env ?? []).flatMap(({ name, value = "", valueFrom }) => {
    if (reservedNames.has(name)) return [`spec.env: the name ${name} is reserved for the runtime`];
    if (!variableName.test(name))
      return [`spec.env: ${JSON.stringify(name)} is not a legal name of a variable`];
    if (value !== "" && valueFrom !== undefined) return [`spec.env: ${name} has both value and valueFrom`];
    if (value.includes("\0")) return [`spec.env: the value of ${name} must not contain a null character`];
    return emptyReference(name, valueFrom);
  });
}

/** The schema gives a reference without a name an empty one. */
function emptyReference(name: string, from: NonNullable<FunctionSpec["env"]>[number]["valueFrom"]): string[] {
  if (from === undefined) return [];
  const sources = Object.entries(from);
  if (sources.length !== 1) return [`spec.env: ${name} must have exactly one source in valueFrom`];
  const named = from.secretKeyRef ?? from.configMapKeyRef;
  if (named === undefined || named.name) return [];
  return [`spec.env: ${name} refers to a ${from.secretKeyRef ? "Secret" : "ConfigMap"} without a name`];
}

function resourceProblems(spec: FunctionSpec): string[] {
  const wanted = spec.resourceConfiguration?.function;
  if (wanted === undefined) return [];
  const field = "spec.resourceConfiguration.function";
  if (wanted.profile !== undefined && wanted.resources !== undefined) {
    return [`${field} has both profile and resources; give one of them`];
  }
  if (wanted.profile !== undefined && profiles[wanted.profile] === undefined) {
    return [
      `${field}.profile "${wanted.profile}" is unknown; choose one of ${Object.keys(profiles).join(", ")}`,
    ];
  }
  if (wanted.resources === undefined) return [];
  const unused = wanted.resources.claims?.length ? [`${field}.resources.claims is not supported`] : [];
  return [...unused, ...quantityProblems(wanted.resources, `${field}.resources`)];
}

const minimum: Record<string, string> = { cpu: "10m", memory: "16Mi" };

function quantityProblems(resources: Resources, field: string): string[] {
  const problems: string[] = [];
  for (const kind of ["requests", "limits"] as const) {
    for (const [name, quantity] of Object.entries(resources[kind] ?? {})) {
      const amount = parseQuantity(quantity);
      const least = minimum[name];
      if (amount === undefined) problems.push(`${field}.${kind}.${name} "${quantity}" is not a quantity`);
      else if (least !== undefined && amount < (parseQuantity(least) ?? 0)) {
        problems.push(`${field}.${kind}.${name} is ${quantity}; the minimum is ${least}`);
      }
    }
  }
  for (const [name, limit] of Object.entries(resources.limits ?? {})) {
    const request = resources.requests?.[name];
    if (request !== undefined && (parseQuantity(limit) ?? 0) < (parseQuantity(request) ?? 0)) {
      problems.push(`${field}.limits.${name} (${limit}) is below its request (${request})`);
    }
  }
  return problems;
}

const ownPrefix = "serverless.kyma-project.io/";

function mapProblems(spec: FunctionSpec): string[] {
  const problems: string[] = [];
  for (const field of ["labels", "annotations"] as const) {
    for (const key of Object.keys(spec[field] ?? {})) {
      if (key.startsWith(ownPrefix))
        problems.push(`spec.${field}: ${key} begins with ${ownPrefix}, which is reserved`);
    }
  }
  for (const [key, value] of Object.entries(spec.labels ?? {})) {
    const legal = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/.test(value);
    if (!legal) problems.push(`spec.labels: the value of ${key} is not a legal label value`);
  }
  if (spec.annotations?.["proxy.istio.io/config"] !== undefined) {
    problems.push("spec.annotations: proxy.istio.io/config is set by the platform");
  }
  return problems;
}

function unsupportedFields(spec: FunctionSpec): string[] {
  const problems = [];
  if (spec.scaleConfig !== undefined) {
    problems.push(
      "spec.scaleConfig is not supported; set spec.replicas, or scale the Function with an autoscaler",
    );
  }
  for (const field of ["labels", "annotations"] as const) {
    if (spec.template?.[field] !== undefined) {
      problems.push(`spec.template.${field} is no longer supported; use spec.${field}`);
    }
  }
  return problems;
}

function warningsFor(spec: FunctionSpec): string[] {
  const warnings = [];
  if (spec.runtime === "nodejs20") warnings.push("runtime nodejs20 is deprecated; use nodejs22 or nodejs24");
  if (spec.resourceConfiguration?.build !== undefined) {
    warnings.push("spec.resourceConfiguration.build is deprecated and has no effect");
  }
  return warnings;
}
