import type { KubeClient, Selection } from "@kyma/kube/client.ts";
import { ForbiddenError } from "@kyma/kube/errors.ts";
import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import * as types from "@kyma/kube/resource-types.ts";
import type { Caller } from "../graphql/context.ts";
import { latest } from "../graphql/latest.ts";
import { shareKey } from "../resources/live-objects.ts";
import type { Liveness, LiveSet } from "../resources/live-set.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import { projectedUpstream } from "../resources/projected-upstream.ts";
import { factOf, type Fact } from "./facts.ts";
import { summarize, type Summary } from "./summary.ts";
import { warningOf, type Warning } from "./warning.ts";

/** A cluster changes all the time; a person looks at most once a second. */
const pauseMs = 1000;

const clusterKinds: ResourceType[] = [types.nodes];
const namespacedKinds: ResourceType[] = [
  types.pods,
  types.deployments,
  types.statefulSets,
  types.daemonSets,
  types.jobs,
];

interface OverviewMessage extends Summary {
  liveness: Liveness;
  staleSince: string | null;
  missing: string[];
}

interface Source<T> {
  what: string;
  set: LiveSet<T>;
}

/** The overview of some namespaces, or (undefined) of the whole cluster, as this person may see it. */
export function overviewMessages(
  liveSets: LiveSets,
  caller: Caller,
  namespaces: string[] | undefined,
): AsyncIterableIterator<OverviewMessage> {
  let overview: Overview | undefined;
  return latest(
    {
      open(wake) {
        overview = new Overview(liveSets, caller, namespaces, wake);
        return () => overview?.close();
      },
      take: () => overview?.take(),
    },
    pauseMs,
  );
}

class Overview {
  readonly #liveSets: LiveSets;
  readonly #caller: Caller;
  readonly #wake: () => void;
  readonly #wholeCluster: boolean;
  readonly #facts: Source<Fact>[];
  readonly #warnings: Source<Warning>[];
  readonly #leave: (() => void)[] = [];
  #told = "";

  constructor(liveSets: LiveSets, caller: Caller, namespaces: string[] | undefined, wake: () => void) {
    this.#liveSets = liveSets;
    this.#caller = caller;
    this.#wake = wake;
    this.#wholeCluster = namespaces === undefined;
    const places: (string | undefined)[] = namespaces ?? [undefined];
    const facts = (type: ResourceType, namespace?: string): Source<Fact> =>
      this.#join("fact", type, { namespace }, (object) => factOf(type, object));
    this.#facts = [
      ...clusterKinds.map((type) => facts(type)),
      ...places.flatMap((namespace) => namespacedKinds.map((type) => facts(type, namespace))),
    ];
    this.#warnings = places.map((namespace) =>
      this.#join("warning", types.events, { namespace, fieldSelector: "type=Warning" }, warningOf),
    );
  }

  take(): { value: OverviewMessage } | undefined {
    const sources: Source<unknown>[] = [...this.#facts, ...this.#warnings];
    if (!sources.every(({ set }) => set.loaded || set.failure !== undefined)) return undefined;
    const readable = sources.filter(({ set }) => set.failure === undefined);
    if (readable.length === 0) throw sources[0]?.set.failure;
    const stale = readable.flatMap(({ set }) => set.staleSince ?? []);
    const whole = this.#wholeCluster && this.#facts.every(({ set }) => set.failure === undefined);
    const message: OverviewMessage = {
      ...summarize(entriesOf(this.#facts), entriesOf(this.#warnings), whole),
      liveness: readable.some(({ set }) => set.liveness !== "LIVE") ? "RECONNECTING" : "LIVE",
      staleSince: stale.length ? new Date(Math.min(...stale)).toISOString() : null,
      missing: sources.flatMap(({ what, set }) =>
        set.failure === undefined ? [] : missingText(what, set.failure),
      ),
    };
    const text = JSON.stringify(message);
    if (text === this.#told) return undefined;
    this.#told = text;
    return { value: message };
  }

  close(): void {
    for (const leave of this.#leave) leave();
  }

  #join<T extends { key: string }>(
    view: string,
    type: ResourceType,
    selection: Selection,
    project: (object: UnknownObject) => T,
  ): Source<T> {
    const { kube }: { kube: KubeClient } = this.#caller;
    const joined = this.#liveSets.join(shareKey(this.#caller, view, type, selection), () =>
      projectedUpstream(kube, type, selection, project),
    );
    const unlisten = joined.set.listen({ changed: this.#wake, livenessChanged: this.#wake });
    this.#leave.push(unlisten, joined.leave);
    const place = selection.namespace ? ` in namespace ${selection.namespace}` : "";
    return { what: `${type.plural}${place}`, set: joined.set };
  }
}

function* entriesOf<T>(sources: Source<T>[]): Generator<T> {
  for (const { set } of sources) yield* set.entries.values();
}

function missingText(what: string, failure: unknown): string {
  if (failure instanceof ForbiddenError) return `You may not list ${what}.`;
  return `${what} cannot be read: ${(failure as Error).message}`;
}
