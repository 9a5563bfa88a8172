import { queryOptions } from "@tanstack/react-query";
import { readObject } from "#api/lists.ts";
import type { SearchHit } from "#api/search.ts";
import type { ObjectView } from "#resources/feature.ts";
import type { KubeObject } from "#resources/kube-objects.ts";

/** The object that was found, as it is now, for its commands. */
export function viewQuery(hit: SearchHit) {
  const { group, version, plural, namespace, name } = hit;
  const type = { group, version, plural };
  return queryOptions({
    queryKey: ["palette", type, namespace, name],
    queryFn: async (): Promise<ObjectView> => {
      const object = await readObject<KubeObject>({ type, namespace: namespace ?? null, name });
      if (object === null) throw new Error(`${hit.kind} ${name} was deleted in the meantime.`);
      return { type, object };
    },
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}
