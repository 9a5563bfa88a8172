import type { KubeClient } from "@kyma/kube/client.ts";
import type { Attempt, Bookmark } from "@kyma/eventing/delivery-objects.ts";
import { cleanLegacyType, isLegacyType } from "@kyma/eventing/subjects.ts";
import { attempts } from "./delivery-api.ts";
import type { FeedUpstream } from "./watch-feed.ts";

/** What names one event: an id alone may be another source's, too. */
export interface EventKey {
  id: string;
  source: string;
  type: string;
}

/** As DeliveryAttempt in the SDL. */
export interface DeliveryAttempt {
  time: string;
  namespace: string;
  subscription: string;
  eventId: string;
  source: string;
  type: string;
  sink: string;
  attempt: number;
  status: number;
  outcome: "DELIVERED" | "RETRY" | "DEAD";
  nextAttemptMs: number | null;
  durationMs: number;
  error: string | null;
}

/** Attempts of a namespace as they happen: of one Subscription, or of one event. */
export function attemptUpstream(
  kube: KubeClient,
  namespace: string,
  filter: { subscription: string } | { event: EventKey },
): FeedUpstream<DeliveryAttempt> {
  return {
    attempted: { verb: "watch", type: attempts, namespace },
    async *open(signal, onOpen) {
      const query = "event" in filter ? { eventId: filter.event.id } : filter;
      const options = { namespace, query, signal, onOpen };
      for await (const { type, object } of kube.watch<Attempt & Bookmark>(attempts, options)) {
        if (type === "BOOKMARK") yield object.dropped ?? 0;
        else if (!("event" in filter) || isSameEvent(object.event, filter.event)) yield toAttempt(object);
      }
    },
  };
}

/** Pure. */
export function isSameEvent(one: EventKey, other: EventKey): boolean {
  return (
    one.id === other.id && one.source === other.source && comparedType(one.type) === comparedType(other.type)
  );
}

/** The publisher cleans types of the older naming, and may write another name for their application. */
function comparedType(type: string): string {
  const cleaned = isLegacyType(type) ? cleanLegacyType(type)?.split(".") : undefined;
  return cleaned ? [...cleaned.slice(0, 3), "*", ...cleaned.slice(4)].join(".") : type;
}

const outcomes = { delivered: "DELIVERED", retry: "RETRY", dead: "DEAD" } as const;

function toAttempt({ subscription, event, ...attempt }: Attempt): DeliveryAttempt {
  const { time, sink, status, durationMs, error, nextAttemptMs } = attempt;
  return {
    time,
    namespace: subscription.namespace,
    subscription: subscription.name,
    eventId: event.id,
    source: event.source,
    type: event.type,
    sink,
    attempt: attempt.attempt,
    status,
    outcome: outcomes[attempt.outcome],
    nextAttemptMs: nextAttemptMs ?? null,
    durationMs,
    error: error ?? null,
  };
}
