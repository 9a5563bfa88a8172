import { useObjects } from "#api/resources.ts";
import type { KubeObject } from "./kube-objects.ts";
import { namespaceType } from "./well-known-types.ts";

/** Names of all namespaces, live and in order; empty while they are not known or may not be listed. */
export function useNamespaceNames(): string[] {
  const { value } = useObjects({ type: namespaceType });
  const objects = [...(value?.objects.values() ?? [])] as KubeObject[];
  return objects.map(({ metadata }) => metadata.name).toSorted((a, b) => a.localeCompare(b));
}
