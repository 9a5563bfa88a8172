// Generated from manifests/subscriptions.yaml by "npm run generate"; do not edit.

import type { ObjectMeta } from "../object-meta.ts";

/** Has events of some types delivered to a Service. */
export interface Subscription {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec: SubscriptionSpec;
  status?: SubscriptionStatus;
}

export interface SubscriptionBackend {
  /** The JetStream consumer of each type. */
  types?: SubscriptionBackendType[];
  /** Names of the types in EventMesh; not written here. */
  emsTypes?: SubscriptionEmsType[];
  /** What EventMesh says; not written here. */
  emsSubscriptionStatus?: SubscriptionEmsSubscriptionStatus;
  apiRuleName?: string;
  externalSink?: string;
  failedActivation?: string;
  ev2hash?: number;
  emshash?: number;
  eventMeshLocalHash?: number;
  webhookAuthHash?: number;
}

export interface SubscriptionBackendType {
  /** As the spec has it. */
  originalType: string;
  /** Name of the durable consumer. */
  consumerName?: string;
}

export interface SubscriptionCondition {
  /** What the condition speaks of. */
  type?: string;
  /** True, False or Unknown. */
  status: string;
  /** Why, as a term for machines. */
  reason?: string;
  /** Why, as a sentence for people. */
  message?: string;
  /** When the status last changed. */
  lastTransitionTime?: string;
  /** Generation of the spec that the condition speaks of. */
  observedGeneration?: number;
}

export interface SubscriptionEmsSubscriptionStatus {
  status?: string;
  statusReason?: string;
  lastSuccessfulDelivery?: string;
  lastFailedDelivery?: string;
  lastFailedDeliveryReason?: string;
}

export interface SubscriptionEmsType {
  originalType: string;
  eventMeshType: string;
}

export interface SubscriptionSpec {
  /** Where events are sent, such as http://orders.shop.svc.cluster.local: a Service of the Subscription's own namespace, with port and path if wanted. */
  sink: string;
  /** Where events come from, as publishers write it. May be empty when typeMatching is exact, which does not look at it. */
  source: string;
  /** Types of the events, such as order.created.v1. */
  types: string[];
  /** How source and types are compared with those of events. standard compares both, without white space and the characters > * / and backslash (in a source, dots as well); exact compares the type alone, as it stands here. */
  typeMatching?: string;
  /** Read-only; nothing depends on it. */
  id?: string;
  /** How events are delivered; all values are text. maxInFlightMessages (events the sink may be working on at the same time), retryCount, retryBackoff, retryMaxBackoff, timeout (such as 30s), deadLetterSink (a URL like sink), orderingKey (attribute whose equal values are delivered in order) and deliverFrom (new, all or an RFC 3339 time). Keys of the EventMesh backend are taken without effect. */
  config?: Record<string, string>;
}

export interface SubscriptionStatus {
  /** Whether events are delivered. */
  ready: boolean;
  /** The types as they are compared with those of events. */
  types: SubscriptionType[];
  /** Conditions "Subscription spec valid" and "Subscription active". */
  conditions?: SubscriptionCondition[];
  /** What stands behind the Subscription in the message system. */
  backend?: SubscriptionBackend;
}

export interface SubscriptionType {
  /** As the spec has it. */
  originalType: string;
  /** Without the characters that are not compared. */
  cleanType: string;
}
