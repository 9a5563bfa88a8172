import type { ApiResource } from "@kyma/kube/discovery.ts";
import { queryText, resourcePath } from "@kyma/kube/paths.ts";
import { setTimeout as delay } from "node:timers/promises";
import type { Caller } from "../graphql/context.ts";
import type { Kinds } from "../resources/kinds.ts";
import type { LiveSource } from "../resources/page-part.ts";

export interface NamespaceContents {
  /** The most frequent kind first; kinds without any are left out. */
  kinds: { group: string; version: string; plural: string; kind: string; count: number }[];
  /** Kinds that the person may not list, as `plural.group`. */
  forbidden: string[];
}

const mostKinds = 200;
const atATime = 8;
const everyMs = 30_000;
/** Metadata only: the objects themselves are not wanted. */
const accept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
/** Kept by the system for itself, in great numbers, or a second time under another group. */
const left = new Set(["events", "events.events.k8s.io", "leases.coordination.k8s.io"]);

/** What cannot be watched is measured, not kept: the pods of metrics.k8s.io for instance. */
function isCounted({ namespaced, verbs, group, plural }: ApiResource): boolean {
  const isKept = verbs.includes("list") && verbs.includes("watch");
  return namespaced && isKept && !left.has(group ? `${plural}.${group}` : plural);
}

/** What is in a namespace, as a live source with one entry. It is counted again and again: a watch of every kind would cost far more. */
export function contentsSource(kinds: Kinds, namespace: string): LiveSource<NamespaceContents, undefined> {
  return {
    key: JSON.stringify(["contents", namespace]),
    open(caller) {
      const count = async (signal: AbortSignal): Promise<NamespaceContents> =>
        countAll(caller, await kinds.all(caller), { namespace, signal });
      return {
        list: async (signal) => ({
          entries: new Map([["", await count(signal)]]),
          head: undefined,
          resourceVersion: "0",
        }),
        async *watch(_version, signal, opened) {
          opened();
          for (;;) {
            await delay(everyMs, undefined, { signal });
            yield { key: "", value: await count(signal) };
          }
        },
      };
    },
  };
}

/** One item of each list; the API server tells how many more there are. */
async function countAll(
  { kube }: Caller,
  served: readonly ApiResource[],
  { namespace, signal }: { namespace: string; signal: AbortSignal },
): Promise<NamespaceContents> {
  const answer: NamespaceContents = { kinds: [], forbidden: [] };
  const count = async (type: ApiResource): Promise<void> => {
    const path = resourcePath(type, { namespace }) + queryText({ limit: 1 });
    const response = await kube.raw(path, { headers: { accept }, signal });
    const { group, version, plural, kind } = type;
    if (response.status === 403) answer.forbidden.push(group ? `${plural}.${group}` : plural);
    if (response.status !== 200) return void (await response.text());
    const { items, metadata } = await response.json<{
      items?: unknown[] | null;
      metadata?: { remainingItemCount?: number };
    }>();
    const total = (items?.length ?? 0) + (metadata?.remainingItemCount ?? 0);
    if (total > 0) answer.kinds.push({ group, version, plural, kind, count: total });
  };
  const queue = served.filter(isCounted).slice(0, mostKinds);
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await count(next);
  };
  await Promise.all(Array.from({ length: atATime }, work));
  answer.kinds.sort((a, b) => b.count - a.count || a.kind.localeCompare(b.kind));
  answer.forbidden.sort();
  return answer;
}
