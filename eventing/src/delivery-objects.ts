import type { CloudEvent } from "./cloud-event.ts";

export const deliveryGroup = "delivery.eventing.kyma-project.io";
export const deliveryVersion = `${deliveryGroup}/v1alpha1`;

/** What a list puts into `continue`. Of dead letters: the name of the one before which it goes on, in whatever namespace. Pure. */
export function writeContinue(text: string): string {
  return Buffer.from(text).toString("base64url");
}

interface Meta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  /** RFC 3339 */
  creationTimestamp?: string;
}

interface ApiObject {
  apiVersion: string;
  kind: string;
  metadata: Meta;
}

/** How one Subscription is served: resource `deliveries`, named as the Subscription. */
export interface Delivery extends ApiObject {
  kind: "Delivery";
  sink: string;
  types: TypeDelivery[];
  /** The newest attempt that failed, as far as this dispatcher has heard since it started. */
  lastError: DeliveryError | null;
  /** Dead letters that are kept now. */
  deadLetters: number;
}

export interface TypeDelivery {
  type: string;
  /** Name of the JetStream consumer. */
  consumer: string;
  /** False until the controllers have made the consumer; then all figures are 0. */
  exists: boolean;
  /** Attempts so far, repeated ones included. */
  delivered: number;
  /** Attempts up to which all are settled: delivered, or put aside as dead letters. */
  acked: number;
  /** Events that wait for their first attempt. */
  pending: number;
  /** Events that a sink works on, or that wait for their next attempt. */
  inFlight: number;
  /** Of those in flight, the ones that failed before. */
  redelivered: number;
  /** When the oldest event that is pending or in flight was published, RFC 3339; null also in lists of more than 64 types. */
  oldestPending: string | null;
  /** Pull requests of dispatchers that wait for an event. */
  waitingDispatchers: number;
}

export interface DeliveryError {
  /** RFC 3339 */
  time: string;
  /** HTTP status of the sink; 0 when it gave none. */
  status: number;
  message: string;
  eventId: string;
  type: string;
}

/** An event that could not be delivered: resource `deadletters`, named by its sequence in the stream. */
export interface DeadLetter extends ApiObject {
  kind: "DeadLetter";
  /** Name of the Subscription, which may be gone. */
  subscription: string;
  /** `refused`, `exhausted` or `sink-rejected`. */
  reason: string;
  attempts: number;
  /** HTTP status of the last answer; 0 when there was none. */
  status: number;
  /** A sentence, or the beginning of the sink's last answer. */
  answer: string;
  sink: string;
  consumer: string;
  /** When it was last replayed in vain, RFC 3339. */
  lastReplay?: string;
  /** Null when what is stored cannot be read as JSON. */
  event: CloudEvent | null;
}

/** Body of a POST to `deadletters/NAME/replay`. */
export interface ReplayRequest {
  /** Sent in place of the stored event. The stored one stays as it is until this one is delivered. */
  event?: unknown;
}

/** What became of a replay. */
export interface ReplayAnswer extends ApiObject {
  kind: "Replay";
  /** HTTP status of the sink; 0 when it gave none. */
  status: number;
  answer: string;
  delivered: boolean;
  /** Where the dead letter is now, with one attempt more, under another name; null when it is gone. */
  deadLetter: string | null;
}

/** What a dispatcher tells of each attempt on the NATS subject `delivery.<namespace>.<name>`. */
export interface AttemptMessage {
  /** RFC 3339 */
  time: string;
  subscription: { namespace: string; name: string };
  consumer: string;
  event: { id: string; source: string; type: string };
  sink: string;
  /** 1 is the first. */
  attempt: number;
  /** HTTP status of the sink; 0 when it gave none. */
  status: number;
  outcome: "delivered" | "retry" | "dead";
  /** Pause before the next attempt, ms; present with `retry`. */
  nextAttemptMs?: number;
  durationMs: number;
  error?: string;
}

/** One attempt, as the watch of `attempts` brings it. `metadata.name` is the Subscription's. */
export interface Attempt extends ApiObject, AttemptMessage {
  kind: "Attempt";
}

/**
 * A type that was published lately: resource `events`. A list has one per type; a watch brings one for each event that is published from now
 * on, with the event, before it is known whether the stream took it or knew it already.
 */
export interface ObservedEvent extends ApiObject {
  kind: "ObservedEvent";
  type: string;
  source: string;
  subject: string;
  /** Seen by this dispatcher since it started. */
  count: number;
  /** Events per second over the last minute. */
  rate: number;
  /** In the stream now. In lists only. */
  stored?: number;
  /** RFC 3339 */
  lastTime: string;
  /** In watches only; without its data when `truncated`. */
  event?: CloudEvent;
  /** Bytes of the event as JSON. In watches only. */
  size?: number;
  truncated?: boolean;
}

/** A stream of JetStream: resource `streams`. */
export interface Stream extends ApiObject {
  kind: "Stream";
  messages: number;
  bytes: number;
  /** -1: no limit of its own. */
  maxBytes: number;
  /** -1: no limit. */
  maxMessagesPerSubject: number;
  consumers: number;
  /** When the oldest and the newest message was stored, RFC 3339; null when it is empty. */
  firstTime: string | null;
  lastTime: string | null;
}

/** A list of `streams` tells of the server, too. */
export interface NatsServerState {
  version: string;
  /** Bytes that all streams take on disk. */
  storageUsed: number;
  /** Bytes that streams may take by their own limits. */
  storageReserved: number;
  /** Bytes that all streams together may take; null when the account has no limit. */
  storageLimit: number | null;
  streams: number;
  consumers: number;
}

/** A BOOKMARK of a watch: it comes twice a minute, and whenever something was left out. */
export interface Bookmark extends ApiObject {
  /** Objects that were left out since the bookmark before: too many a second, or the reader is slow. */
  dropped: number;
}
