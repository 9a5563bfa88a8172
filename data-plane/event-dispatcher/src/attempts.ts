import type { CloudEvent } from "@kyma/eventing/cloud-event.ts";
import type { NatsConnection } from "@nats-io/transport-node";
import type { AttemptMessage } from "@kyma/eventing/delivery-objects.ts";
import type { Outcome } from "./outcome.ts";
import type { SinkAnswer } from "./sink-answer.ts";
import type { WantedDelivery } from "./subscriptions.ts";

/** One attempt, as whoever looks on hears of it. `sink` is the URL called. Pure. */
export function attemptMessage(
  wanted: WantedDelivery,
  event: CloudEvent,
  made: {
    attempt: number;
    answer: SinkAnswer;
    outcome: Exclude<Outcome, { kind: "abandoned" }>;
    sink: string;
  },
  now: Date,
): AttemptMessage {
  const { attempt, answer, outcome, sink } = made;
  const { id, source, type } = event;
  return {
    time: now.toISOString(),
    subscription: wanted.subscription,
    consumer: wanted.consumer,
    event: { id, source, type },
    sink,
    attempt,
    status: answer.status,
    outcome: outcome.kind,
    durationMs: Math.round(answer.durationMs * 1000) / 1000,
    ...(outcome.kind === "retry" && { nextAttemptMs: outcome.delayMs }),
    ...(outcome.kind !== "delivered" && { error: answer.text }),
  };
}

/** Where the attempts of a Subscription are told. */
export function attemptSubject({ namespace, name }: WantedDelivery["subscription"]): string {
  return `delivery.${namespace}.${name}`;
}

/** Tells of an attempt; who does not listen at the moment misses it. */
export function tellAttempt(nats: NatsConnection, message: AttemptMessage): void {
  nats.publish(attemptSubject(message.subscription), JSON.stringify(message));
}
