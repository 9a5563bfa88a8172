import { parseQuantity } from "@kyma/kube/quantity.ts";

/** Comparing what we want with what is there, and saying how to get from one status to the next. */

type Json = unknown;

/**
 * True when everything that `desired` says stands in `live`. Maps may hold more (defaults, other managers' keys); lists must
 * match item by item. Empty values count as absent and quantities are compared by amount, as the API server stores them so.
 */
export function contains(live: Json, desired: Json): boolean {
  return firstMismatch(live, desired, []) === undefined;
}

/** JSON-patch operations that make each list which still differs the desired one; for entries that others put there. */
export function listRepairs(live: Json, desired: Json): { op: "replace"; path: string; value: Json }[] {
  const repairs: { op: "replace"; path: string; value: Json }[] = [];
  collectRepairs(live, desired, [], repairs);
  return repairs;
}

/** The merge patch (RFC 7386) that turns `from` into `to`; undefined when they are equal. */
export function mergePatch(from: Json, to: Json): Json {
  if (!isMap(from) || !isMap(to)) return deepEqual(from, to) ? undefined : to;
  const patch: Record<string, Json> = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (to[key] === undefined) {
      if (from[key] !== undefined) patch[key] = null;
    } else {
      const inner = mergePatch(from[key], to[key]);
      if (inner !== undefined) patch[key] = inner;
    }
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}

/** Equality of JSON values; a key holding undefined counts as absent. */
export function deepEqual(a: Json, b: Json): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => deepEqual(item, b[index]));
  }
  if (!isMap(a) || !isMap(b)) return a === b;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => deepEqual(a[key], b[key]));
}

function firstMismatch(live: Json, desired: Json, path: string[]): string[] | undefined {
  if (live === undefined || live === null) return isEmpty(desired) ? undefined : path;
  if (Array.isArray(desired)) {
    if (!Array.isArray(live) || live.length !== desired.length) return path;
    return firstOf(desired.keys(), (index) =>
      firstMismatch(live[index], desired[index], [...path, String(index)]),
    );
  }
  if (isMap(desired)) {
    if (!isMap(live)) return path;
    return firstOf(Object.keys(desired), (key) => firstMismatch(live[key], desired[key], [...path, key]));
  }
  if (desired === undefined || live === desired || sameQuantity(live, desired, path)) return undefined;
  return path;
}

function firstOf<I, R>(items: Iterable<I>, find: (item: I) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function collectRepairs(
  live: Json,
  desired: Json,
  path: string[],
  repairs: { op: "replace"; path: string; value: Json }[],
): void {
  if (Array.isArray(desired) && Array.isArray(live)) {
    if (live.length === desired.length) {
      for (const index of desired.keys()) {
        collectRepairs(live[index], desired[index], [...path, String(index)], repairs);
      }
    } else repairs.push({ op: "replace", path: pointer(path), value: desired });
  } else if (isMap(desired) && isMap(live)) {
    for (const key of Object.keys(desired)) collectRepairs(live[key], desired[key], [...path, key], repairs);
  }
}

function pointer(path: string[]): string {
  return path.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function sameQuantity(a: Json, b: Json, path: string[]): boolean {
  const parent = path.at(-2);
  if (parent !== "limits" && parent !== "requests") return false;
  if (!isScalar(a) || !isScalar(b)) return false;
  const amount = parseQuantity(a);
  return amount !== undefined && amount === parseQuantity(b);
}

function isScalar(value: Json): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function isEmpty(value: Json): boolean {
  if (isMap(value)) return Object.values(value).every(isEmpty);
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === null || value === "" || value === false || value === 0;
}

function isMap(value: Json): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
