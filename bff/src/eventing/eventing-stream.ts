import { subscriptions } from "@kyma/crds/resource-types.ts";
import type { Caller } from "../graphql/context.ts";
import { latest } from "../graphql/latest.ts";
import type { LiveSet } from "../resources/live-set.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import { observedSource, storageSource, type MeasuredType, type Storage } from "./cluster-sources.ts";
import { deliveriesSource, type MeasuredDelivery } from "./delivery-source.ts";
import { flowsOf, type SubscriptionFlow } from "./flow.ts";
import { earliest, JoinedSets, type PolledSet } from "./joined-sets.ts";
import { problemOf, type EventingProblem } from "./problems.ts";
import type { KnownSubscription } from "./subscriptions.ts";

/** As EventingMessage in the SDL. */
interface EventingMessage {
  staleSince: string | null;
  streams: Storage["streams"] | null;
  server: Storage["server"];
  observed: MeasuredType[] | null;
  subscriptions: SubscriptionFlow[] | null;
  subscriptionsTotal: number;
  deadLettersTotal: number | null;
  problems: EventingProblem[];
}

const pauseMs = 500;
const mostFlows = 200;
const mostTypes = 200;

/** How eventing does, as far as this person may see it. Undefined namespaces: all of them. */
export function eventingMessages(
  liveSets: LiveSets,
  caller: Caller,
  namespaces: string[] | undefined,
): AsyncIterableIterator<EventingMessage> {
  let view: EventingView | undefined;
  return latest(
    {
      open(wake) {
        view = new EventingView(liveSets, caller, namespaces ?? [undefined], wake);
        return () => view?.close();
      },
      take: () => view?.take(),
    },
    pauseMs,
  );
}

interface Place {
  namespace: string | undefined;
  deliveries: PolledSet<MeasuredDelivery[]>;
  known: LiveSet<KnownSubscription>;
}

class EventingView {
  readonly #sets: JoinedSets;
  readonly #storage: PolledSet<Storage>;
  readonly #observed: PolledSet<MeasuredType[]>;
  readonly #places: Place[];
  #told = "";

  constructor(
    liveSets: LiveSets,
    caller: Caller,
    namespaces: readonly (string | undefined)[],
    wake: () => void,
  ) {
    const sets = new JoinedSets(liveSets, caller, wake);
    this.#sets = sets;
    this.#storage = sets.follow(storageSource);
    this.#observed = sets.follow(observedSource);
    this.#places = namespaces.map((namespace) => ({
      namespace,
      deliveries: sets.follow(deliveriesSource(namespace)),
      known: sets.subscriptions(namespace),
    }));
  }

  take(): { value: EventingMessage } | undefined {
    const sets = this.#places.flatMap(({ known, deliveries }) => [known, deliveries]);
    const all = [this.#storage, this.#observed, ...sets];
    if (!all.every(({ loaded, failure }) => loaded || failure !== undefined)) return undefined;
    const value = this.#message();
    const told = JSON.stringify(value);
    if (told === this.#told) return undefined;
    this.#told = told;
    return { value };
  }

  close(): void {
    this.#sets.close();
  }

  #message(): EventingMessage {
    const storage = this.#storage.entries.get("");
    const observed = this.#observed.entries.get("");
    const readable = this.#places.filter(({ known }) => known.failure === undefined);
    const deliveries = readable.map((place) => place.deliveries.entries.get("")?.value);
    const flows = flowsOf(
      readable.flatMap(({ known }) => [...known.entries.values()]),
      deliveries.flatMap((one) => one ?? []),
      observed?.value,
    );
    const dead = deliveries.flatMap((one) => one ?? []).map(({ deadLetters }) => deadLetters);
    return {
      staleSince: this.#staleSince(),
      streams: storage?.value?.streams ?? null,
      server: storage?.value?.server ?? null,
      observed: observed?.value ? busiest(observed.value) : null,
      subscriptions: readable.length > 0 ? flows.slice(0, mostFlows) : null,
      subscriptionsTotal: flows.length,
      deadLettersTotal: deliveries.some((one) => one) ? dead.reduce((sum, one) => sum + one, 0) : null,
      problems: this.#problems(),
    };
  }

  #staleSince(): string | null {
    const polled = [this.#storage, this.#observed, ...this.#places.map(({ deliveries }) => deliveries)];
    return earliest([
      ...polled.flatMap(({ entries }) => entries.get("")?.staleSince ?? []),
      ...this.#places.flatMap(({ known }) => known.staleSince ?? []),
    ]);
  }

  #problems(): EventingProblem[] {
    const polled = [this.#storage, this.#observed, ...this.#places.map(({ deliveries }) => deliveries)];
    const told = polled.flatMap(({ entries }) => entries.get("")?.problem ?? []);
    const failed = this.#places.flatMap(({ namespace, known: { failure } }) =>
      failure === undefined ? [] : problemOf(failure, { verb: "list", type: subscriptions, namespace }),
    );
    const byMessage = new Map([...failed, ...told].map((problem) => [problem.message, problem]));
    return [...byMessage.values()];
  }
}

function busiest(types: readonly MeasuredType[]): MeasuredType[] {
  return types
    .toSorted((a, b) => (b.rate ?? 0) - (a.rate ?? 0) || b.lastTime.localeCompare(a.lastTime))
    .slice(0, mostTypes);
}
