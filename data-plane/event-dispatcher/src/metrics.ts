import { eventStream } from "@kyma/eventing/streams.ts";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { DeadReason } from "./outcome.ts";
import type { SinkAnswer } from "./sink-answer.ts";
import type { WantedDelivery } from "./subscriptions.ts";

const perConsumer = ["subscription_name", "subscription_namespace", "consumer_name"] as const;
const perType = [...perConsumer, "event_type"] as const;
const perAttempt = [...perType, "sink", "response_code"] as const;
/** Doubling from 2 ms to 1 s, as Kyma has them, and on to the default timeout. */
const durationBuckets = [0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024, 5, 30];

/** Figures of this process, under Kyma's names where Kyma has them. */
export class DispatcherMetrics {
  readonly #families: Families;

  /** `isHealthy`: whether NATS is there. */
  constructor(registry: Registry, isHealthy: () => boolean) {
    this.#families = createFamilies([registry]);
    const health = new Gauge({
      name: "eventing_ec_health",
      help: "1 while events can be delivered",
      collect() {
        this.set(isHealthy() ? 1 : 0);
      },
      registers: [],
    });
    registry.registerMetric(health);
  }

  /** The figures of one consumer, until they are closed. */
  open(wanted: WantedDelivery): DeliveryMeter {
    return new DeliveryMeter(this.#families, wanted);
  }
}

type TypeLabels = Record<(typeof perType)[number], string>;
type Families = ReturnType<typeof createFamilies>;
type AttemptSeries = ReturnType<typeof attemptSeries>;

/** Counts for one consumer; the series go when it is closed. */
export class DeliveryMeter {
  readonly #families: Families;
  readonly #labels: TypeLabels;
  /** By status and sink, since a look-up by labels costs more than the counting. */
  readonly #attempts = new Map<string, AttemptSeries>();
  readonly #reasons = new Set<DeadReason>();

  constructor(families: Families, { subscription, type, consumer }: WantedDelivery) {
    this.#families = families;
    this.#labels = {
      subscription_name: subscription.name,
      subscription_namespace: subscription.namespace,
      consumer_name: consumer,
      event_type: type,
    };
    families.subscribed.inc(this.#labels);
    families.status.set(this.#statusLabels(), 1);
  }

  attempted({ status, durationMs }: SinkAnswer, sink: string): void {
    const key = `${status} ${sink}`;
    let series = this.#attempts.get(key);
    if (!series) {
      const labels = { ...this.#labels, sink, response_code: String(status) };
      this.#attempts.set(key, (series = attemptSeries(this.#families, labels)));
    }
    series.deliveries.inc();
    series.durations.observe(durationMs / 1000);
  }

  parked(reason: DeadReason): void {
    this.#reasons.add(reason);
    this.#families.deadLetters.inc({ ...this.#labels, reason });
  }

  close(): void {
    const { deliveries, durations, deadLetters, subscribed, status } = this.#families;
    for (const { labels } of this.#attempts.values()) {
      deliveries.remove(labels);
      durations.remove(labels);
    }
    for (const reason of this.#reasons) deadLetters.remove({ ...this.#labels, reason });
    subscribed.remove(this.#labels);
    status.remove(this.#statusLabels());
  }

  #statusLabels() {
    const { event_type: _, ...labels } = this.#labels;
    return { ...labels, eventing_backend: "NATS", stream_name: eventStream };
  }
}

function attemptSeries(families: Families, labels: Record<(typeof perAttempt)[number], string>) {
  return {
    labels,
    deliveries: families.deliveries.labels(labels),
    durations: families.durations.labels(labels),
  };
}

function createFamilies(registers: Registry[]) {
  return {
    deliveries: new Counter({
      name: "eventing_ec_nats_delivery_per_subscription_total",
      help: "Attempts to deliver an event; code 0 is no answer",
      labelNames: perAttempt,
      registers,
    }),
    durations: new Histogram({
      name: "eventing_ec_nats_subscriber_dispatch_duration_seconds",
      help: "Time from sending an event to the end of the sink's answer",
      labelNames: perAttempt,
      buckets: durationBuckets,
      registers,
    }),
    deadLetters: new Counter({
      name: "eventing_ec_dead_letters_total",
      help: "Events put aside, as they could not be delivered",
      labelNames: [...perType, "reason"] as const,
      registers,
    }),
    subscribed: new Counter({
      name: "eventing_ec_event_type_subscribed_total",
      help: "Types of events that are delivered to a sink",
      labelNames: perType,
      registers,
    }),
    status: new Gauge({
      name: "eventing_ec_subscription_status",
      help: "1 while the events of a Subscription's consumer are fetched",
      labelNames: [...perConsumer, "eventing_backend", "stream_name"] as const,
      registers,
    }),
  };
}
