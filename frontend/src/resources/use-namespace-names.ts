import { useObjects } from "#api/resources.ts";
import type { KubeObject } from "./kube-objects.ts";
import { namespaceType } from "./well-known-types.ts";

/** The namespaces that a person can choose from. */
export interface KnownNamespaces {
  names: string[];
  /** Why they are not all: the person may not list namespaces, or the server cannot be asked. */
  problem: Error | null;
}

/** All namespaces, live and in order. */
export function useNamespaces(): KnownNamespaces {
  const { value, error } = useObjects({ type: namespaceType });
  const objects = [...(value?.objects.values() ?? [])] as KubeObject[];
  const names = objects.map(({ metadata }) => metadata.name).toSorted((a, b) => a.localeCompare(b));
  return { names, problem: error };
}

/** Names of all namespaces, live and in order; empty while they are not known or may not be listed. */
export function useNamespaceNames(): string[] {
  return useNamespaces().names;
}
