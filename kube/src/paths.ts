import { keyText, type ObjectKey, type ResourceType } from "./objects.ts";

/** URL path of a collection, of one object, or of its subresource. Every part is checked and encoded: none can leave its place. */
export function resourcePath(type: ResourceType, key: Partial<ObjectKey> = {}, subresource?: string): string {
  const parts = type.group ? ["apis", type.group, type.version] : ["api", type.version];
  if (type.namespaced && key.namespace) parts.push("namespaces", key.namespace);
  parts.push(type.plural);
  if (key.name !== undefined) parts.push(key.name);
  if (subresource) parts.push(...subresource.split("/"));
  return `/${parts.map(segment).join("/")}`;
}

/** Same as resourcePath, for one object; a namespaced kind without a namespace is a mistake of the caller. */
export function objectPath(type: ResourceType, key: ObjectKey, subresource?: string): string {
  if (type.namespaced && !key.namespace) {
    throw new TypeError(`${type.kind} ${keyText(key)} needs a namespace`);
  }
  return resourcePath(type, key, subresource);
}

/** "?a=b&c=d", or "" when nothing is set. */
export function queryText(parameters: Record<string, string | number | boolean | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") query.set(name, String(value));
  }
  return query.size ? `?${query.toString()}` : "";
}

function segment(text: string): string {
  if (text === "" || text === "." || text === ".." || /[/\\\0]/.test(text)) {
    throw new TypeError(`"${text}" cannot be part of an API path`);
  }
  return encodeURIComponent(text);
}
