import { subscriptions } from "@kyma/crds/resource-types.ts";
import type { Caller } from "../graphql/context.ts";
import { shareKey } from "../resources/live-objects.ts";
import type { LiveSet } from "../resources/live-set.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import type { LiveSource } from "../resources/page-part.ts";
import { projectedUpstream } from "../resources/projected-upstream.ts";
import type { Polled } from "./polled.ts";
import { knownSubscription, type KnownSubscription } from "./subscriptions.ts";

export type PolledSet<T> = LiveSet<Polled<T>>;

/** The live sets that one view of a person reads; `wake` is called when one of them changes. */
export class JoinedSets {
  readonly #liveSets: LiveSets;
  readonly #caller: Caller;
  readonly #wake: () => void;
  readonly #leave: (() => void)[] = [];

  constructor(liveSets: LiveSets, caller: Caller, wake: () => void) {
    this.#liveSets = liveSets;
    this.#caller = caller;
    this.#wake = wake;
  }

  follow<T>(source: LiveSource<Polled<T>, undefined>): PolledSet<T> {
    const key = JSON.stringify([this.#caller.identity, source.key]);
    return this.#listen(this.#liveSets.join(key, () => source.open(this.#caller)));
  }

  /** Subscriptions of a namespace, or (undefined) of all. */
  subscriptions(namespace: string | undefined): LiveSet<KnownSubscription> {
    const selection = { namespace };
    const key = shareKey(this.#caller, "eventing", subscriptions, selection);
    const open = (): ReturnType<typeof projectedUpstream<KnownSubscription>> =>
      projectedUpstream(this.#caller.kube, subscriptions, selection, knownSubscription);
    return this.#listen(this.#liveSets.join(key, open));
  }

  close(): void {
    for (const leave of this.#leave.splice(0)) leave();
  }

  #listen<T>({ set, leave }: { set: LiveSet<T>; leave: () => void }): LiveSet<T> {
    this.#leave.push(set.listen({ changed: this.#wake, livenessChanged: this.#wake }), leave);
    return set;
  }
}

/** RFC 3339: the earliest of some times (Unix ms); null when there is none. Pure. */
export function earliest(times: readonly number[]): string | null {
  return times.length > 0 ? new Date(Math.min(...times)).toISOString() : null;
}
