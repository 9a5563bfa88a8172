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
  types: { type: string; rate: number | null; pending: number | null; inFlight: number | null }[];
  deadLetters: number | null;
  lastError: MeasuredDelivery["lastError"];
}

/** Subscriptions with what is measured of them: those in trouble first, then the busiest, then by name. Pure. */
export function flowsOf(
  subscriptions: readonly KnownSubscription[],
  deliveries: readonly MeasuredDelivery[],
): SubscriptionFlow[] {
  const byName = new Map(deliveries.map((one) => [nameOf(one), one]));
  return subscriptions
    .map((one) => flowOf(one, byName.get(nameOf(one))))
    .map((flow) => ({ flow, trouble: troubleOf(flow), rate: rateOf(flow) }))
    .toSorted(
      (a, b) =>
        b.trouble - a.trouble || b.rate - a.rate || nameOf(a.flow).localeCompare(nameOf(b.flow), "en"),
    )
    .map(({ flow }) => flow);
}

function flowOf(subscription: KnownSubscription, delivery: MeasuredDelivery | undefined): SubscriptionFlow {
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
      return { type, rate, pending, inFlight };
    }),
    deadLetters: delivery?.deadLetters ?? null,
    lastError: delivery?.lastError ?? null,
  };
}

function troubleOf({ ready, deadLetters }: SubscriptionFlow): number {
  return (ready ? 0 : 2) + ((deadLetters ?? 0) > 0 ? 1 : 0);
}

function rateOf({ types }: SubscriptionFlow): number {
  return types.reduce((sum, { rate }) => sum + (rate ?? 0), 0);
}

function nameOf({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`;
}
