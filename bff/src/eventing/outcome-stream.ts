import type { KubeClient } from "@kyma/kube/client.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";
import { latest } from "../graphql/latest.ts";
import { attemptUpstream, type DeliveryAttempt, type EventKey } from "./attempts.ts";
import { problemOf, type EventingProblem } from "./problems.ts";
import { isFor, knownSubscription, type KnownSubscription } from "./subscriptions.ts";
import { WatchFeed } from "./watch-feed.ts";

/** As TestEventOutcome in the SDL. */
interface TestEventOutcome {
  watching: boolean;
  matches: Pick<KnownSubscription, "namespace" | "name" | "sink" | "ready" | "reason">[];
  attempts: DeliveryAttempt[];
  problems: EventingProblem[];
}

const pauseMs = 100;
const mostMatches = 100;

/**
 * What becomes of one event. The Subscriptions that it is for are told once their attempts are watched, so that none is missed of an event that
 * is sent after that. `namespaces` are where to look when the person may not look everywhere.
 */
export async function outcomeMessages(
  kube: KubeClient,
  event: EventKey,
  namespaces: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<AsyncIterableIterator<TestEventOutcome>> {
  const { found, problems } = await findMatches(kube, event, namespaces, signal);
  const places = [...new Set(found.map(({ namespace }) => namespace))];
  const feeds = places.map((namespace) => new WatchFeed(attemptUpstream(kube, namespace, { event })));
  return latest(new Outcome(found, problems, feeds), pauseMs);
}

interface Found {
  found: KnownSubscription[];
  problems: EventingProblem[];
}

/** Who may look everywhere does; others get what their namespaces hold, and are told so. */
async function findMatches(
  kube: KubeClient,
  event: EventKey,
  namespaces: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<Found> {
  const everywhere = await readMatches(kube, event, undefined, signal);
  const [problem] = everywhere.problems;
  if (problem?.kind !== "FORBIDDEN" || !namespaces) return everywhere;
  const parts = await Promise.all(namespaces.map((one) => readMatches(kube, event, one, signal)));
  const note = { ...problem, message: `${problem.message} Only ${namespaces.join(", ")} was looked at.` };
  return {
    found: parts.flatMap(({ found }) => found).slice(0, mostMatches),
    problems: [note, ...parts.flatMap(({ problems }) => problems)],
  };
}

async function readMatches(
  kube: KubeClient,
  event: EventKey,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<Found> {
  try {
    const { items } = await kube.list<UnknownObject>(subscriptions, { namespace, signal });
    const found = items.map(knownSubscription).filter((one) => isFor(one, event));
    return { found: found.slice(0, mostMatches), problems: [] };
  } catch (error) {
    if (signal.aborted) throw error;
    return { found: [], problems: [problemOf(error, { verb: "list", type: subscriptions, namespace })] };
  }
}

class Outcome {
  readonly #matches: TestEventOutcome["matches"];
  readonly #problems: EventingProblem[];
  readonly #feeds: readonly WatchFeed<DeliveryAttempt>[];
  /** What each feed said last. */
  readonly #states = new Map<number, { watching: boolean; problem: EventingProblem | null }>();
  #told = "";

  constructor(
    found: readonly KnownSubscription[],
    problems: EventingProblem[],
    feeds: readonly WatchFeed<DeliveryAttempt>[],
  ) {
    this.#matches = found.map(({ namespace, name, sink, ready, reason }) => ({
      namespace,
      name,
      sink,
      ready,
      reason,
    }));
    this.#problems = problems;
    this.#feeds = feeds;
  }

  open(wake: () => void): () => void {
    const stops = this.#feeds.map((feed) => feed.open(wake));
    return () => stops.forEach((stop) => stop());
  }

  take(): { value: TestEventOutcome } | undefined {
    const attempts: DeliveryAttempt[] = [];
    for (const [index, feed] of this.#feeds.entries()) {
      const batch = feed.take()?.value;
      if (!batch) continue;
      this.#states.set(index, { watching: batch.watching, problem: batch.problem });
      attempts.push(...batch.items);
    }
    if (this.#states.size < this.#feeds.length) return undefined;
    const states = [...this.#states.values()];
    const problems = [...this.#problems, ...states.flatMap(({ problem }) => problem ?? [])];
    const state = { watching: states.every(({ watching }) => watching), problems };
    const told = JSON.stringify(state);
    if (attempts.length === 0 && told === this.#told) return undefined;
    this.#told = told;
    return { value: { ...state, matches: this.#matches, attempts } };
  }
}
