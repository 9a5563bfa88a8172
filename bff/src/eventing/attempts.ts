import type { KubeClient } from "@kyma/kube/client.ts";
import type { Attempt, Bookmark } from "@kyma/eventing/delivery-objects.ts";
import { attempts } from "./delivery-api.ts";
import type { FeedUpstream } from "./watch-feed.ts";

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
  filter: { subscription: string } | { eventId: string },
): FeedUpstream<DeliveryAttempt> {
  return {
    attempted: { verb: "watch", type: attempts, namespace },
    async *open(signal, onOpen) {
      const options = { namespace, query: { ...filter }, signal, onOpen };
      for await (const { type, object } of kube.watch<Attempt & Bookmark>(attempts, options))
        yield type === "BOOKMARK" ? (object.dropped ?? 0) : toAttempt(object);
    },
  };
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
