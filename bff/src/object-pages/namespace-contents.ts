import type { ApiResource } from "@kyma/kube/discovery.ts";
import { queryText, resourcePath } from "@kyma/kube/paths.ts";
import type { GraphqlContext } from "../graphql/context.ts";

/** As NamespaceContents in the SDL. */
export interface NamespaceContents {
  kinds: { group: string; version: string; plural: string; kind: string; count: number }[];
  forbidden: string[];
}

const mostKinds = 200;
const atATime = 8;
/** Metadata only: the objects themselves are not wanted. */
const accept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
/** Kept by the system for itself, in great numbers, or a second time under another group. */
const left = new Set(["events", "events.events.k8s.io", "leases.coordination.k8s.io"]);

/** What cannot be watched is measured, not kept: the pods of metrics.k8s.io for instance. */
function isCounted({ namespaced, verbs, group, plural }: ApiResource): boolean {
  const isKept = verbs.includes("list") && verbs.includes("watch");
  return namespaced && isKept && !left.has(group ? `${plural}.${group}` : plural);
}

/** Counts what is in a namespace: one item of each list, the API server tells how many more there are. */
export async function namespaceContents(
  served: readonly ApiResource[],
  namespace: string,
  { caller, signal }: GraphqlContext,
): Promise<NamespaceContents> {
  const wanted = served.filter(isCounted).slice(0, mostKinds);
  const answer: NamespaceContents = { kinds: [], forbidden: [] };
  const count = async (type: ApiResource): Promise<void> => {
    const path = resourcePath(type, { namespace }) + queryText({ limit: 1 });
    const response = await caller.kube.raw(path, { headers: { accept }, signal });
    const name = type.group ? `${type.plural}.${type.group}` : type.plural;
    if (response.status === 403) answer.forbidden.push(name);
    if (response.status !== 200) return void (await response.text());
    const { items, metadata } = await response.json<{
      items?: unknown[] | null;
      metadata?: { remainingItemCount?: number };
    }>();
    const total = (items?.length ?? 0) + (metadata?.remainingItemCount ?? 0);
    const { group, version, plural, kind } = type;
    if (total > 0) answer.kinds.push({ group, version, plural, kind, count: total });
  };
  const queue = [...wanted];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await count(next);
  };
  await Promise.all(Array.from({ length: atATime }, work));
  answer.kinds.sort((a, b) => b.count - a.count || a.kind.localeCompare(b.kind));
  answer.forbidden.sort();
  return answer;
}
