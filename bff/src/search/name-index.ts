import type { ApiResource } from "@kyma/kube/discovery.ts";
import type { ResourceType } from "@kyma/kube/objects.ts";
import { kindKey } from "@kyma/kube/resource-types.ts";
import type { Caller } from "../graphql/context.ts";
import { shareKey } from "../resources/live-objects.ts";
import type { LiveSet } from "../resources/live-set.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import { matchName } from "./match-name.ts";
import { nameUpstream, type Name } from "./name-upstream.ts";

/** Kinds whose objects come and go by the minute, or that nobody looks for by name. */
const leftOut = new Set([
  "events",
  "events.events.k8s.io",
  "events.delivery.eventing.kyma-project.io",
  "leases.coordination.k8s.io",
  "endpoints",
  "endpointslices.discovery.k8s.io",
  "controllerrevisions.apps",
  "replicasets.apps",
  "componentstatuses",
  "podtemplates",
  "csinodes.storage.k8s.io",
  "flowschemas.flowcontrol.apiserver.k8s.io",
  "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
  "ipaddresses.networking.k8s.io",
  "apiservices.apiregistration.k8s.io",
]);
const mostKinds = 80;
/** The names stay so long after a search: a person types, looks, types again. */
const keepMs = 30_000;
/** A kind that needs longer is left out of this answer; the next key stroke has it. */
const patienceMs = 2000;

export interface SearchHit extends Name, Omit<ResourceType, "namespaced"> {
  score: number;
}

/** The kinds of the palette; pure. */
export function searchedKinds(served: readonly ApiResource[]): ApiResource[] {
  const searched = served.filter(
    (kind) => kind.verbs.includes("list") && kind.verbs.includes("watch") && !leftOut.has(kindKey(kind)),
  );
  return searched.slice(0, mostKinds);
}

/** Names of all objects that a person may list, watched while somebody searches. */
export class NameIndex {
  readonly #liveSets: LiveSets;

  constructor(liveSets: LiveSets) {
    this.#liveSets = liveSets;
  }

  async search(
    caller: Caller,
    kinds: readonly ApiResource[],
    { words, namespaces, limit }: { words: string[]; namespaces: string[] | undefined; limit: number },
  ): Promise<SearchHit[]> {
    const sets = kinds.flatMap((kind) => {
      const places = kind.namespaced && namespaces ? namespaces : [undefined];
      return places.map((namespace) => ({ kind, set: this.#keep(caller, kind, namespace) }));
    });
    await Promise.race([
      Promise.all(sets.map(({ set }) => whenLoaded(set))),
      new Promise((resolve) => setTimeout(resolve, patienceMs).unref()),
    ]);
    const hits: SearchHit[] = [];
    for (const { kind, set } of sets) collect(hits, kind, set, words);
    return hits.sort(byScore).slice(0, limit);
  }

  #keep(caller: Caller, kind: ApiResource, namespace: string | undefined): LiveSet<Name> {
    const selection = { namespace };
    const { set, leave } = this.#liveSets.join(shareKey(caller, "names", kind, selection), () =>
      nameUpstream(caller.kube, kind, selection),
    );
    setTimeout(leave, keepMs).unref();
    return set;
  }
}

function collect(hits: SearchHit[], kind: ApiResource, set: LiveSet<Name>, words: string[]): void {
  const { group, version, plural } = kind;
  for (const { namespace, name } of set.entries.values()) {
    const score = matchName(name, words);
    if (score !== undefined) hits.push({ group, version, plural, kind: kind.kind, namespace, name, score });
  }
}

function byScore(a: SearchHit, b: SearchHit): number {
  return b.score - a.score || a.name.localeCompare(b.name) || a.kind.localeCompare(b.kind);
}

function whenLoaded(set: LiveSet<Name>): Promise<void> {
  if (set.loaded || set.failure !== undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const unlisten = set.listen({
      changed() {
        unlisten();
        resolve();
      },
      livenessChanged() {},
    });
  });
}
