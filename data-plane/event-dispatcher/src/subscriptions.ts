import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import type { DeliveryConfig } from "@kyma/eventing/delivery-config.ts";
import { readSink, type Sink } from "@kyma/eventing/sink.ts";
import { readSubscription } from "@kyma/eventing/subscription-spec.ts";

export interface SubscriptionKey {
  namespace: string;
  name: string;
}

/** What is known of the Services that events are sent to, and of hosts that an administrator allows. */
export interface KnownSinks {
  allowedHosts: readonly string[];
  service(namespace: string, name: string): ServiceState;
}
/** `external`: of type ExternalName, another word for a host that may be anywhere. */
export type ServiceState = "present" | "missing" | "external";

/** A consumer whose events can be delivered at the moment. */
export interface WantedDelivery {
  /** Name of the durable consumer. */
  consumer: string;
  /** As the Subscription has it. */
  type: string;
  subscription: SubscriptionKey;
  config: DeliveryConfig;
  sink: Sink;
  /** Where events go that cannot be delivered, as far as it may be called and is there. */
  deadLetterSink: Sink | undefined;
}

/** What is kept of a Subscription in memory. */
export function slimSubscription(subscription: Subscription): Subscription {
  const { name, namespace, uid, resourceVersion, creationTimestamp, deletionTimestamp } =
    subscription.metadata;
  return {
    apiVersion: subscription.apiVersion,
    kind: subscription.kind,
    metadata: {
      name,
      ...(namespace && { namespace }),
      ...(uid && { uid }),
      ...(resourceVersion && { resourceVersion }),
      ...(creationTimestamp && { creationTimestamp }),
      ...(deletionTimestamp && { deletionTimestamp }),
    },
    spec: subscription.spec,
  };
}

/**
 * What of a Subscription can be delivered, by consumer. Nothing while it is being deleted, is not valid or its Service is missing: its events
 * wait in the stream then, and no attempt counts. Pure.
 */
export function wantedDeliveries(
  { metadata, spec }: Subscription,
  known: KnownSinks,
): Map<string, WantedDelivery> {
  const wanted = new Map<string, WantedDelivery>();
  if (metadata.deletionTimestamp) return wanted;
  const subscription = { namespace: metadata.namespace ?? "", name: metadata.name };
  const read = readSubscription(subscription, spec, known.allowedHosts);
  if ("problems" in read || serviceProblem(read.sink, known) !== undefined) return wanted;
  const { sink, config, types } = read;
  const parking = read.deadLetterSink;
  const deadLetterSink = parking && serviceProblem(parking, known) === undefined ? parking : undefined;
  for (const { originalType: type, consumerName: consumer } of types)
    wanted.set(consumer, { consumer, type, subscription, config, sink, deadLetterSink });
  return wanted;
}

/** Why a sink cannot be called at the moment, as a sentence. Pure. */
export function serviceProblem({ service }: Sink, known: KnownSinks): string | undefined {
  if (!service) return undefined;
  const name = `${service.namespace}/${service.name}`;
  const state = known.service(service.namespace, service.name);
  if (state === "missing") return `the Service ${name} does not exist`;
  if (state === "external")
    return `the Service ${name} is an ExternalName; name a Service with pods, or a host that is allowed`;
  return undefined;
}

/** The Services ("namespace/name") that a Subscription's events may go to. Pure. */
export function servicesOf({ metadata, spec }: Subscription): string[] {
  const rules = { namespace: metadata.namespace ?? "", allowedHosts: ["*.svc.cluster.local"] };
  return [spec?.sink, spec?.config?.["deadLetterSink"]].flatMap((url) => {
    const sink = url === undefined ? undefined : readSink(url, rules);
    if (!sink || "problem" in sink || !sink.service) return [];
    return [`${sink.service.namespace}/${sink.service.name}`];
  });
}
