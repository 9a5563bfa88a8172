import type { ResourceType } from "@kyma/kube/objects.ts";
import type { PageView } from "../resources/page-part.ts";

/** Finds the kind that an apiVersion and kind name, among the served ones. Pure. */
export function typeFinder(served: readonly ResourceType[]): PageView["typeOf"] {
  const byKind = new Map(served.map((type) => [`${type.group} ${type.kind}`, type]));
  return (apiVersion, kind) => {
    const slash = apiVersion.indexOf("/");
    const type = byKind.get(`${slash < 0 ? "" : apiVersion.slice(0, slash)} ${kind}`);
    if (!type) return undefined;
    const { group, plural, namespaced } = type;
    return { group, version: apiVersion.slice(slash + 1), plural, kind, namespaced };
  };
}
