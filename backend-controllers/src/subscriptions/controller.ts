import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { eventStream } from "@kyma/eventing/streams.ts";
import { keyOf, keyText } from "@kyma/kube/objects.ts";
import type { Registry } from "prom-client";
import { EventRecorder } from "../runtime/event-recorder.ts";
import type { Manager } from "../runtime/manager.ts";
import { type Source, forEach, watches } from "../runtime/sources.ts";
import { subscriptionCaches } from "./caches.ts";
import { type Availability, ConsumerView } from "./consumer-view.ts";
import { JetStream } from "./jetstream.ts";
import { registerSubscriptionMetrics } from "./metrics.ts";
import type { SubscriptionOptions } from "./options.ts";
import { subscriptionReconcile } from "./reconcile.ts";
import { streamReconcile } from "./stream-upkeep.ts";

const notConfigured: Availability = {
  state: "away",
  problem: "No NATS server is configured: start the controllers with --nats-access",
};
/** All there is to look after. */
const streams = { name: eventStream };

/**
 * Adds the Subscriptions controller: it looks at a Subscription when that, a Service that it names, one of its consumers or the hosts
 * that an administrator allows change, and at all of them when NATS comes or goes. `registry` gets Kyma's metrics. The answer closes the
 * connection to NATS.
 */
export function addSubscriptionController(
  manager: Manager,
  options: SubscriptionOptions,
  registry: Registry,
): { close(): Promise<void> } {
  const { client } = manager;
  const caches = subscriptionCaches(manager);
  const jetStream = options.nats && new JetStream(options.nats);
  const view = new ConsumerView(jetStream ? undefined : notConfigured);
  registerSubscriptionMetrics(registry, caches.subscriptions, view);
  const all = () => caches.subscriptions.list().map(keyOf);
  const naming = (service: string): Subscription[] => caches.subscriptions.byIndex("service", service);
  const events = new EventRecorder(client, "subscription-controller");
  manager.add({
    name: "subscription",
    sources: [
      forEach(caches.subscriptions),
      watches(caches.services, (service) => naming(keyText(keyOf(service))).map(keyOf)),
      watches(caches.allowedHosts, all),
      consumerChanges(view, all),
    ],
    reconcile: subscriptionReconcile({ client, caches, events, jetStream, view }),
    workers: 8,
    allKeys: all,
  });
  if (!jetStream) return { close: () => Promise.resolve() };
  jetStream.onConsumerDeleted((name) => view.vanished(name));
  manager.add({
    name: "event-stream",
    sources: [streamChanges(jetStream, view)],
    reconcile: streamReconcile({ client, jetStream, view, subscriptions: caches.subscriptions, ...options }),
    workers: 1,
    allKeys: () => [streams],
  });
  return jetStream;
}

function consumerChanges(view: ConsumerView, all: () => ReturnType<typeof keyOf>[]): Source {
  return {
    connect(enqueue) {
      view.onOwnerChange(enqueue);
      view.onAvailabilityChange(() => {
        if (view.availability.state !== "unknown") all().forEach(enqueue);
      });
    },
  };
}

function streamChanges(jetStream: JetStream, view: ConsumerView): Source {
  return {
    connect(enqueue) {
      enqueue(streams);
      jetStream.onChange(() => enqueue(streams));
      view.onAvailabilityChange(() => {
        if (view.availability.state === "unknown") enqueue(streams);
      });
    },
  };
}
