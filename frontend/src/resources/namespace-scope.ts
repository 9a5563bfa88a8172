import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { recall, remember } from "#ui/storage.ts";

/** Stands in the address for all namespaces. */
export const allNamespaces = "-all-";

/** What the namespace switcher is set to. */
export interface NamespaceScope {
  /** As in the address: a name or `-all-`. */
  ns: string;
  /** The one namespace, or undefined for all. */
  namespace: string | undefined;
}

/** The namespaces of the address; on pages without one, those of the last page that had one. */
export function useNamespaceScope(): NamespaceScope {
  const { ns: fromAddress } = useParams({ strict: false });
  useEffect(() => {
    if (fromAddress !== undefined) remember("namespace", fromAddress);
  }, [fromAddress]);
  const ns = fromAddress ?? lastNamespace();
  return { ns, namespace: ns === allNamespaces ? undefined : ns };
}

/** The namespace to begin with: the last one used, else `default`. */
export function lastNamespace(): string {
  return recall("namespace") ?? "default";
}
