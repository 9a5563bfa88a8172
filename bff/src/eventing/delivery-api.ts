import type { KubeObject, ResourceType } from "@kyma/kube/objects.ts";
import type { ListPage } from "./polled.ts";

/** The dispatcher's API, which the API server aggregates. */
const api = { group: "delivery.eventing.kyma-project.io", version: "v1alpha1" } as const;

const namespaced = (plural: string, kind: string): ResourceType => ({
  ...api,
  plural,
  kind,
  namespaced: true,
});
const ofCluster = (plural: string, kind: string): ResourceType => ({
  ...api,
  plural,
  kind,
  namespaced: false,
});

export const deliveries = namespaced("deliveries", "Delivery");
export const deadLetters = namespaced("deadletters", "DeadLetter");
export const attempts = namespaced("attempts", "Attempt");
export const observedEvents = ofCluster("events", "ObservedEvent");
export const streams = ofCluster("streams", "Stream");

/** How the events of one Subscription are delivered; it has the Subscription's name. */
export interface Delivery extends KubeObject {
  types: TypeDelivery[];
  lastError: DeliveryError | null;
  deadLetters: number;
}

interface TypeDelivery {
  type: string;
  consumer: string;
  exists: boolean;
  /** Attempts so far, repeated ones included. */
  delivered: number;
  pending: number;
  inFlight: number;
  redelivered: number;
  /** RFC 3339. */
  oldestPending: string | null;
  waitingDispatchers: number;
}

/** As DeliveryError in the SDL. */
export interface DeliveryError {
  time: string;
  status: number;
  message: string;
  eventId: string;
  type: string;
}

export interface DeadLetterObject extends KubeObject {
  subscription: string;
  reason: string;
  attempts: number;
  status: number;
  answer: string;
  sink: string;
  /** Null: what is stored cannot be read. */
  event: object | null;
}

/** Answer to a POST to `replay` of a dead letter. */
export interface ReplayObject {
  delivered: boolean;
  status: number;
  answer: string;
  /** The name that the dead letter has now; null: it is gone. */
  deadLetter: string | null;
}

/** One attempt to deliver an event. */
export interface AttemptObject extends KubeObject {
  time: string;
  subscription: { namespace: string; name: string };
  event: { id: string; source: string; type: string };
  sink: string;
  attempt: number;
  status: number;
  outcome: "delivered" | "retry" | "dead";
  nextAttemptMs?: number;
  durationMs: number;
  error?: string;
}

/** A type of which events were seen lately; in a watch one of them. */
export interface ObservedObject extends KubeObject {
  type: string;
  source: string;
  count: number;
  /** RFC 3339. */
  lastTime: string;
  /** In watches only; without its data when `truncated`. */
  event?: Record<string, unknown>;
  truncated?: boolean;
}

export interface StreamObject extends KubeObject {
  messages: number;
  bytes: number;
  maxBytes: number;
  maxMessagesPerSubject: number;
  consumers: number;
  firstTime: string | null;
  lastTime: string | null;
}

/** A list of streams tells of the server, too. */
export interface StreamList extends ListPage<StreamObject> {
  server?: { version: string; storageUsed: number; storageReserved: number; storageLimit: number | null };
}

/** What every object of a watch may be instead: a BOOKMARK that counts what was left out. */
export interface Bookmark extends KubeObject {
  dropped?: number;
}
