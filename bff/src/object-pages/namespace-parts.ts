import type { UnknownObject } from "@kyma/kube/objects.ts";
import { kindKey, namespaces, resourceQuotas } from "@kyma/kube/resource-types.ts";
import type { Kinds } from "../resources/kinds.ts";
import type { ObjectPart, PageView } from "../resources/page-part.ts";
import { contentsSource } from "./namespace-contents.ts";

interface ResourceQuota extends UnknownObject {
  spec?: { hard?: Record<string, string> };
  status?: { hard?: Record<string, string>; used?: Record<string, string> };
}

function isNamespace({ type }: PageView): boolean {
  return kindKey(type) === kindKey(namespaces);
}

/** How many objects of which kinds a Namespace holds. */
export function contentsPart(kinds: Kinds): ObjectPart {
  return {
    field: "contents",
    value(page) {
      if (!page.object || !isNamespace(page)) return null;
      const { entries, failure } = page.follow(contentsSource(kinds, page.name));
      if (failure !== undefined)
        return { kinds: [], missing: [`It cannot be counted: ${(failure as Error).message}`] };
      const counted = entries.get("");
      if (!counted) return undefined;
      const { forbidden } = counted;
      const sentence = `You may not list ${forbidden.join(", ")} in namespace ${page.name}.`;
      return { kinds: counted.kinds, missing: forbidden.length > 0 ? [sentence] : [] };
    },
  };
}

/** What the quotas of a Namespace allow, and how much of it is used. */
export const quotasPart: ObjectPart = {
  field: "quotas",
  value(page) {
    if (!page.object || !isNamespace(page)) return null;
    const set = page.read({ type: resourceQuotas, namespace: page.name });
    if (!set.loaded) return undefined;
    const quotas = (set.objects as readonly ResourceQuota[]).map(({ metadata, spec, status }) => {
      const hard = Object.entries(status?.hard ?? spec?.hard ?? {});
      const resources = hard.map(([name, most]) => ({
        name,
        hard: most,
        used: status?.used?.[name] ?? null,
      }));
      return { name: metadata.name, resources };
    });
    return {
      quotas: quotas.toSorted((a, b) => a.name.localeCompare(b.name)),
      missing: set.missing ? [set.missing] : [],
    };
  },
};
