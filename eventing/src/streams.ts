import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  ReplayPolicy,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type StreamConfig,
} from "@nats-io/jetstream";
import { nanos } from "@nats-io/transport-node";
import type { DeliveryConfig } from "./delivery-config.ts";
import { consumerDescription, consumerName, subjectPrefix } from "./subjects.ts";

/** Sizes of the streams; the defaults are those of Kyma's Eventing resource. */
export interface StreamLimits {
  maxBytes: number;
  maxMessagesPerSubject: number;
  replicas: number;
  deadLetterMaxBytes: number;
  /** How long undelivered events are kept, ms. */
  deadLetterMaxAgeMs: number;
}

const day = 24 * 3_600_000;
export const defaultStreamLimits: StreamLimits = {
  maxBytes: 700 * 1024 * 1024,
  maxMessagesPerSubject: 1_000_000,
  replicas: 1,
  deadLetterMaxBytes: 100 * 1024 * 1024,
  deadLetterMaxAgeMs: 30 * day,
};

/** Accepted events until every Subscription that wants them has them. */
export const eventStream = "sap";
/** Events that could not be delivered. */
export const deadLetterStream = "kyma-deadletter";
/** A second event of the same source and id within this time is dropped, ms. */
export const duplicateWindowMs = 120_000;
/** How long an event may stay unanswered before it is delivered again, ms. Who works on one longer must say so. */
export const ackWaitMs = 30_000;
/** The priority group of consumers whose events must stay in order: one dispatcher at a time reads them. */
export const orderedGroup = "ordered";
/** Events of such a consumer that may wait for earlier ones of their key while other keys go on. */
export const orderedBacklog = 1000;
const pinnedForMs = 30_000;

/** Pure. A full stream or subject refuses what is new: an accepted event is never thrown away. */
export function eventStreamConfig(limits: StreamLimits): Partial<StreamConfig> & { name: string } {
  return {
    name: eventStream,
    description: "Accepted events until all who subscribed have them",
    subjects: [`${subjectPrefix}.>`],
    storage: StorageType.File,
    retention: RetentionPolicy.Interest,
    discard: DiscardPolicy.New,
    discard_new_per_subject: true,
    max_msgs: -1,
    max_age: 0,
    // Without a number of its own a stream takes no more than 1,000.
    max_consumers: 100_000,
    max_bytes: limits.maxBytes,
    max_msgs_per_subject: limits.maxMessagesPerSubject,
    num_replicas: limits.replicas,
    duplicate_window: nanos(duplicateWindowMs),
  };
}

/** Pure. */
export function deadLetterStreamConfig(limits: StreamLimits): Partial<StreamConfig> & { name: string } {
  return {
    name: deadLetterStream,
    description: "Events that could not be delivered",
    subjects: ["deadletter.>"],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    max_bytes: limits.deadLetterMaxBytes,
    max_age: nanos(limits.deadLetterMaxAgeMs),
    // Pages of one namespace are read in batches by subject.
    allow_direct: true,
    num_replicas: limits.replicas,
    duplicate_window: nanos(duplicateWindowMs),
  };
}

/** Where the dead letters of one Subscription are. A namespace's name has no dot, so two never meet. Pure. */
export function deadLetterSubject({ namespace, name }: { namespace: string; name: string }): string {
  return `deadletter.${namespace}.${name}`;
}

/**
 * The durable consumer of one type of a Subscription. `max_deliver` has no end: after the last retry the dispatcher parks the event, and
 * until it is parked it must not vanish. Pure.
 */
export function consumerConfig(
  key: { namespace: string; name: string },
  subject: string,
  config: DeliveryConfig,
): Partial<ConsumerConfig> {
  return {
    durable_name: consumerName(key, subject),
    description: consumerDescription(key, subject),
    filter_subject: subject,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ackWaitMs),
    max_deliver: -1,
    // With a key it is the dispatcher that holds events back: the one that reads knows the bound.
    max_ack_pending:
      config.orderingKey === undefined ? config.maxInFlight : Math.max(config.maxInFlight, orderedBacklog),
    replay_policy: ReplayPolicy.Instant,
    ...start(config),
    ...(config.orderingKey === undefined
      ? {}
      : {
          priority_groups: [orderedGroup],
          priority_policy: "pinned_client",
          priority_timeout: nanos(pinnedForMs),
        }),
  };
}

/** Counts only when the consumer is made. */
function start({ deliverFrom }: DeliveryConfig): Partial<ConsumerConfig> {
  if (deliverFrom.policy === "all") return { deliver_policy: DeliverPolicy.All };
  if (deliverFrom.policy === "new") return { deliver_policy: DeliverPolicy.New };
  return { deliver_policy: DeliverPolicy.StartTime, opt_start_time: deliverFrom.since };
}
