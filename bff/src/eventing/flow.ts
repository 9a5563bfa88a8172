import { subjectOf } from "@kyma/eventing/subjects.ts";
import type { MeasuredType } from "./cluster-sources.ts";
import type { MeasuredDelivery } from "./delivery-source.ts";
import type { KnownSubscription } from "./subscriptions.ts";

/** As SubscriptionFlow in the SDL. */
export interface SubscriptionFlow {
  namespace: string;
  name: string;
  source: string;
  anySource: boolean;
  sink: string;
  ready: boolean;
  reason: string | null;
  types: FlowType[];
  deadLetters: number | null;
  lastError: MeasuredDelivery["lastError"];
}

/** As FlowType in the SDL. */
interface FlowType {
  type: string;
  published: number | null;
  rate: number | null;
  pending: number | null;
  inFlight: number | null;
}

/** A backlog that takes longer than so many seconds at the present rate (or at 1/s) is trouble. */
const longestBacklog = 10;

/**
 * Subscriptions with what is measured of them: those in trouble first, then those with the largest backlog, then the busiest, then by name.
 * `observed`: what is published, where that may be read. Pure.
 */
export function flowsOf(
  subscriptions: readonly KnownSubscription[],
  deliveries: readonly MeasuredDelivery[],
  observed: readonly Pick<MeasuredType, "subject" | "rate">[] = [],
): SubscriptionFlow[] {
  const byName = new Map(deliveries.map((one) => [nameOf(one), one]));
  const published = new Map(observed.map(({ subject, rate }) => [subject, rate]));
  return subscriptions
    .map((one) => flowOf(one, byName.get(nameOf(one)), published))
    .map((flow) => {
      const backlog = backlogOf(flow);
      return { flow, trouble: troubleOf(flow, backlog), backlog, rate: rateOf(flow) };
    })
    .toSorted(
      (a, b) =>
        b.trouble - a.trouble ||
        b.backlog - a.backlog ||
        b.rate - a.rate ||
        nameOf(a.flow).localeCompare(nameOf(b.flow), "en"),
    )
    .map(({ flow }) => flow);
}

function flowOf(
  subscription: KnownSubscription,
  delivery: MeasuredDelivery | undefined,
  published: ReadonlyMap<string, number | null>,
): SubscriptionFlow {
  const { namespace, name, source, sink, ready, reason } = subscription;
  const measured = new Map(delivery?.types.map((one) => [one.type, one]));
  return {
    namespace,
    name,
    source,
    anySource: subscription.matching === "exact",
    sink,
    ready,
    reason,
    types: subscription.types.map((type) => {
      const { rate = null, pending = null, inFlight = null } = measured.get(type) ?? {};
      const subject = subjectOf(source, type, subscription.matching);
      return { type, published: published.get(subject) ?? null, rate, pending, inFlight };
    }),
    deadLetters: delivery?.deadLetters ?? null,
    lastError: delivery?.lastError ?? null,
  };
}

function troubleOf({ ready, deadLetters }: SubscriptionFlow, backlog: number): number {
  return (ready ? 0 : 2) + ((deadLetters ?? 0) > 0 ? 1 : 0) + (backlog > 0 ? 1 : 0);
}

/** Events that wait for a sink which does not take them soon; what a busy sink has before it is none. */
function backlogOf({ types }: SubscriptionFlow): number {
  return types.reduce((sum, { pending, rate }) => {
    const waiting = pending ?? 0;
    return sum + (waiting > longestBacklog * Math.max(1, rate ?? 0) ? waiting : 0);
  }, 0);
}

function rateOf({ types }: SubscriptionFlow): number {
  return types.reduce((sum, { rate }) => sum + (rate ?? 0), 0);
}

function nameOf({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`;
}
