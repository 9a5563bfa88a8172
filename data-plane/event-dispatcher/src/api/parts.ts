import type { CloudEvent } from "@kyma/eventing/cloud-event.ts";
import type { NatsAccess } from "@kyma/eventing/nats.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import type { Logger } from "pino";

/** A Subscription as far as its delivery can be told. */
export interface ServedSubscription {
  metadata: { name: string; namespace?: string; uid?: string; creationTimestamp?: string };
  spec: { sink: string; source: string; types: readonly string[]; typeMatching?: string };
}

/** All Subscriptions of the cluster, kept current by somebody else. */
export interface Subscriptions<S extends ServedSubscription = ServedSubscription> {
  get(key: { namespace: string; name: string }): S | undefined;
  /** Of one namespace, or of all. */
  list(namespace?: string): readonly S[];
}

/** What a sink said to one event. */
export interface SinkAnswer {
  /** 2xx. */
  delivered: boolean;
  /** HTTP status; 0 when there was no answer. */
  status: number;
  /** A sentence, or the beginning of the answer's body. */
  answer: string;
}

/**
 * One attempt to deliver an event to the Subscription's present sink, under all rules for sinks. A sink that may not be called, is missing or
 * does not answer is an answer with status 0 and a sentence; it never rejects, also not when the signal aborts: then the sentence is that of the
 * signal's reason, an Error.
 */
export type SendToSink<S extends ServedSubscription = ServedSubscription> = (
  subscription: S,
  event: CloudEvent,
  signal: AbortSignal,
) => Promise<SinkAnswer>;

/** What the API needs of the process around it. */
export interface ApiParts<S extends ServedSubscription = ServedSubscription> {
  /** Address and port to listen on; port 0 takes a free one. */
  listen: { host: string; port: number };
  /** PEM files of the serving certificate; read anew when they change. */
  tls: { certFile: string; keyFile: string };
  /** It opens a connection of its own, so that whoever looks on never slows deliveries down. */
  nats: NatsAccess;
  /** Reads the authority of the front proxy. */
  client: KubeClient;
  subscriptions: Subscriptions<S>;
  sendToSink: SendToSink<S>;
  log: Logger;
}

/** The running API. */
export interface RunningApi {
  port: number;
  /** Ends watches and waits for answers that are under way. */
  close(): Promise<void>;
}
