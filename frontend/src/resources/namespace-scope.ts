import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { parseJson } from "#ui/parse-json.ts";
import { recall, remember } from "#ui/storage.ts";

/** Stands in the address for all namespaces. */
export const allNamespaces = "-all-";

/** What the namespace switcher is set to. */
export interface NamespaceScope {
  /** As in the address: `-all-`, a name, or several names with commas between. */
  ns: string;
  /** The chosen namespaces; undefined for all. */
  namespaces: string[] | undefined;
  /** For pages that need exactly one: the first that is chosen; undefined for all. */
  namespace: string | undefined;
}

const validName = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const mostNames = 50;
const mostRecent = 6;

/** The namespaces that an address names, each once; undefined for all. What cannot be a name is left out. Pure. */
export function parseNamespaces(ns: string): string[] | undefined {
  const names = [...new Set(ns.split(",").map((name) => name.trim()))].filter((name) => validName.test(name));
  return names.length === 0 ? undefined : names.slice(0, mostNames);
}

/** How a set of namespaces stands in an address. */
export function namespacesAddress(names: readonly string[] | undefined): string {
  return names === undefined || names.length === 0 ? allNamespaces : names.join(",");
}

/** "all", "shop", or "shop and 2 more". */
export function namespacesLabel(names: readonly string[] | undefined): string {
  if (names === undefined) return "all";
  return names.length === 1 ? (names[0] ?? "") : `${names[0]} and ${names.length - 1} more`;
}

function scopeOf(ns: string): NamespaceScope {
  const namespaces = parseNamespaces(ns);
  return { ns: namespacesAddress(namespaces), namespaces, namespace: namespaces?.[0] };
}

/** The namespaces of the address; on pages without one, those of the last page that had one. */
export function useNamespaceScope(): NamespaceScope {
  const { ns } = useParams({ strict: false });
  return scopeOf(ns ?? lastNamespace());
}

/**
 * The namespaces that lists are to show. Opening an object of one of them does not narrow the choice, so the way back leads to the list
 * as it was.
 */
export function useChosenNamespaces(): NamespaceScope {
  const { ns, name } = useParams({ strict: false });
  const last = scopeOf(lastNamespace());
  const isObjectOfThem =
    name !== undefined && ns !== undefined && (last.namespaces?.includes(ns) ?? true) && !ns.includes(",");
  const chosen = ns === undefined || isObjectOfThem ? last : scopeOf(ns);
  useEffect(() => {
    remember("namespace", chosen.ns);
    rememberRecent(chosen.ns);
  }, [chosen.ns]);
  return chosen;
}

/** The namespaces to begin with: the last ones used, else `default`. */
export function lastNamespace(): string {
  return recall("namespace") ?? "default";
}

function recallList(key: string): string[] {
  const list = parseJson(recall(key));
  return Array.isArray(list) ? list.filter((entry): entry is string => typeof entry === "string") : [];
}

/** Sets of namespaces that were chosen lately, the last one first; as in addresses. */
export function recentNamespaces(): string[] {
  return recallList("namespaces.recent");
}

function rememberRecent(ns: string): void {
  if (ns === allNamespaces) return;
  const others = recentNamespaces().filter((other) => other !== ns);
  remember("namespaces.recent", JSON.stringify([ns, ...others].slice(0, mostRecent)));
}

/** Names that a person typed because they may not list namespaces. */
export function typedNamespaces(): string[] {
  return recallList("namespaces.typed").filter((name) => validName.test(name));
}

/** Remembers a name that was typed, for the next time. */
export function rememberTyped(name: string): void {
  if (!validName.test(name)) return;
  const names = new Set([...typedNamespaces(), name]);
  remember("namespaces.typed", JSON.stringify([...names].slice(-mostNames)));
}

/** Forgets a typed name. */
export function forgetTyped(name: string): void {
  remember("namespaces.typed", JSON.stringify(typedNamespaces().filter((other) => other !== name)));
}

/** Whether a text can be a namespace's name. */
export function isNamespaceName(name: string): boolean {
  return validName.test(name);
}
