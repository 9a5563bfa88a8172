import type { UnknownObject } from "@kyma/kube/objects.ts";
import { badInput } from "../graphql/errors.ts";

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
const mostPaths = 100;

type Path = readonly string[];

/** Dotted paths as the query gives them; a dot in a key is written `\.`. Too many or empty ones are BAD_INPUT. */
export function parsePaths(paths: unknown): Path[] | undefined {
  if (!Array.isArray(paths)) return undefined;
  if (paths.length > mostPaths) throw badInput(`at most ${mostPaths} paths can be asked for`);
  return paths.map((path) => {
    const text = String(path);
    const parts = text
      .replace(/^\./, "")
      .split(/(?<!\\)\./)
      .map((part) => part.replaceAll("\\.", "."));
    if (text.length > 500 || parts.includes(""))
      throw badInput(`"${text.slice(0, 100)}" is no path of a field`);
    return parts;
  });
}

/**
 * The object with just these fields; without paths all of it. What leads to a field is there even when the field is not, so that one can tell
 * "not set" from "not known". A path through a list takes the field of each element. kubectl's last-applied annotation, a copy of the object, is left out in any case. Pure.
 */
export function project(object: UnknownObject, paths: readonly Path[] | undefined): unknown {
  const whole = withoutLastApplied(object);
  if (!paths) return whole;
  let result: unknown = {};
  for (const path of paths) result = merge(result, pick(whole, path));
  return result;
}

function withoutLastApplied(object: UnknownObject): UnknownObject {
  const { annotations } = object.metadata;
  if (annotations?.[lastApplied] === undefined) return object;
  const { [lastApplied]: _, ...others } = annotations;
  return { ...object, metadata: { ...object.metadata, annotations: others } };
}

/** The value at a path inside what leads to it, as far as that is there; undefined when there is nothing. */
function pick(value: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(value)) return value.map((element: unknown) => pick(element, path) ?? {});
  if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
  const inside = value[key];
  const picked = pick(inside, rest) ?? (isRecord(inside) ? {} : undefined);
  return picked === undefined ? undefined : own([[key, picked]]);
}

function merge(a: unknown, b: unknown): unknown {
  if (b === undefined) return a;
  if (a === undefined) return b;
  if (Array.isArray(a) && Array.isArray(b))
    return a.map((element: unknown, index) => merge(element, b[index]));
  if (!isRecord(a) || !isRecord(b)) return b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return own(
    [...keys].map((key) => [
      key,
      merge(Object.hasOwn(a, key) ? a[key] : undefined, Object.hasOwn(b, key) ? b[key] : undefined),
    ]),
  );
}

/** Also for keys such as `__proto__`, which stay data. */
function own(entries: [string, unknown][]): Record<string, unknown> {
  return Object.fromEntries(entries);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
