import type { NatsConnection } from "@nats-io/transport-node";
import type { Logger } from "pino";
import type { CloudEvent } from "@kyma/eventing/cloud-event.ts";
import { attemptMessage, tellAttempt } from "./attempts.ts";
import type { Batch } from "./batch.ts";
import type { DeadLetter, DeadLetters } from "./dead-letters.ts";
import type { DeliveryMeter } from "./metrics.ts";
import { outcomeOf } from "./outcome.ts";
import type { SinkAnswer } from "./sink-answer.ts";
import type { SinkClient } from "./sink-client.ts";
import { readStoredEvent, type LoadedEvent } from "./stored-event.ts";
import type { WantedDelivery } from "./subscriptions.ts";

/** What an attempt needs around it. */
export interface AttemptParts {
  nats: NatsConnection;
  sinks: SinkClient;
  deadLetters: DeadLetters;
  log: Logger;
  /** What is told to NATS soon, together with what else comes up now. */
  batch: Batch;
}

/** What becomes of the held event: it is safe elsewhere, wants another attempt, or was given up without one. */
export type Settlement =
  | { kind: "settled" }
  | { kind: "again"; delayMs: number }
  | { kind: "abandoned" }
  /** What is stored could not be read: no attempt was made. */
  | { kind: "unread"; delayMs: number };

const noEvent = {
  reason: "refused",
  attempts: 0,
  status: 0,
  answer: "what is stored is no CloudEvent",
} as const;

/** One attempt: calls the sink, tells of it, and puts the event aside when there is no further one. Never rejects. */
export async function attemptDelivery(
  parts: AttemptParts,
  wanted: WantedDelivery,
  held: LoadedEvent,
  meter: DeliveryMeter,
): Promise<Settlement> {
  const { attempt } = held;
  const event = readStoredEvent(held.data);
  const { config } = wanted;
  const sink = wanted.sink.url.href;
  const aside = { held, event, meter };
  if (!event) return putAside(parts, wanted, aside, { ...noEvent, sink });
  const { timeoutMs } = config;
  const answer = await parts.sinks.send(wanted.sink, event, { timeoutMs });
  const outcome = outcomeOf({ answer, attempt, config }, Math.random(), Date.now());
  if (outcome.kind === "abandoned") return outcome;
  meter.attempted(answer, sink);
  parts.batch.add(() =>
    tellAttempt(parts.nats, attemptMessage(wanted, event, { attempt, answer, outcome, sink }, new Date())),
  );
  if (outcome.kind === "delivered") return { kind: "settled" };
  if (outcome.kind === "retry") return { kind: "again", delayMs: outcome.delayMs };
  return putAside(parts, wanted, aside, {
    ...letterOf(answer),
    reason: outcome.reason,
    attempts: attempt,
    sink,
  });
}

function letterOf({ status, text }: SinkAnswer): Pick<DeadLetter, "status" | "answer"> {
  return { status, answer: text };
}

/** Never lost: an event that cannot be put aside is tried again after the longest pause. */
async function putAside(
  { deadLetters, log }: AttemptParts,
  wanted: WantedDelivery,
  { held, event, meter }: { held: LoadedEvent; event: CloudEvent | undefined; meter: DeliveryMeter },
  letter: DeadLetter,
): Promise<Settlement> {
  const problem = await deadLetters.put(wanted, { held, event }, letter);
  const { subscription, type } = wanted;
  const about = {
    ...subscription,
    type,
    eventId: event?.id,
    reason: letter.reason,
    status: letter.status,
  };
  if (problem === undefined) {
    meter.parked(letter.reason);
    log.info({ ...about, answer: letter.answer }, "event put aside as a dead letter");
    return { kind: "settled" };
  }
  log.warn({ ...about, problem }, "an event stays in its stream, as it cannot be put aside");
  return { kind: "again", delayMs: wanted.config.retryMaxBackoffMs };
}
