import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { eventStream } from "@kyma/eventing/streams.ts";
import { Counter, Gauge, type Registry } from "prom-client";
import type { SharedCache } from "../runtime/shared-cache.ts";
import type { ConsumerView } from "./consumer-view.ts";

/** As Kyma's own metrics name it. */
const backend = "NATS_Jetstream";
const consumerLabels = ["subscription_name", "subscription_namespace", "consumer_name"] as const;
// Registered by hand, all at once.
const registers: Registry[] = [];

/** Tells of Subscriptions under Kyma's names. All is read when it is asked for, so that nothing of deleted ones stays. */
export function registerSubscriptionMetrics(
  registry: Registry,
  subscriptions: SharedCache<Subscription>,
  view: ConsumerView,
): void {
  const consumers = () => subscriptions.list().flatMap(consumersOf);
  registry.registerMetric(health(view));
  registry.registerMetric(subscriptionStatus(consumers));
  registry.registerMetric(subscribedTypes(consumers));
}

function health(view: ConsumerView): Gauge {
  return new Gauge({
    name: "eventing_ec_health",
    help: "1 while the event streams are looked after",
    registers,
    collect() {
      this.set(view.availability.state === "live" ? 1 : 0);
    },
  });
}

function subscriptionStatus(consumers: () => ReportedConsumer[]): Gauge {
  return new Gauge({
    name: "eventing_ec_subscription_status",
    help: "1 for each consumer of a Subscription that is ready",
    labelNames: [...consumerLabels, "eventing_backend", "stream_name"],
    registers,
    collect() {
      this.reset();
      for (const { labels, ready } of consumers())
        this.set({ ...labels, eventing_backend: backend, stream_name: eventStream }, ready ? 1 : 0);
    },
  });
}

function subscribedTypes(consumers: () => ReportedConsumer[]): Counter {
  return new Counter({
    name: "eventing_ec_event_type_subscribed_total",
    help: "Types that Subscriptions have a consumer for",
    labelNames: [...consumerLabels, "event_type"],
    registers,
    collect() {
      this.reset();
      for (const { labels, type } of consumers()) this.inc({ ...labels, event_type: type });
    },
  });
}

interface ReportedConsumer {
  labels: Record<(typeof consumerLabels)[number], string>;
  type: string;
  ready: boolean;
}

function consumersOf({ metadata: { name, namespace = "" }, status }: Subscription): ReportedConsumer[] {
  return (status?.backend?.types ?? []).map(({ originalType, consumerName = "" }) => ({
    labels: { subscription_name: name, subscription_namespace: namespace, consumer_name: consumerName },
    type: originalType,
    ready: status?.ready === true,
  }));
}
