import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { DeadReason } from "./outcome.ts";
import type { SinkAnswer } from "./sink-answer.ts";
import type { WantedDelivery } from "./subscriptions.ts";

const perType = ["subscription_name", "subscription_namespace", "consumer_name", "event_type"] as const;
const perAttempt = [...perType, "sink", "response_code"] as const;
/** Doubling from 2 ms to 1 s, as Kyma has them, and on to the default timeout. */
const durationBuckets = [0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024, 5, 30];

/** Figures of this process, under Kyma's names where Kyma has them. */
export class DispatcherMetrics {
  readonly #families: Families;
  readonly #open = new Map<string, DeliveryMeter>();

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

  /** The figures of one consumer, until they are closed as often as they were opened. */
  open(wanted: WantedDelivery): DeliveryMeter {
    const { consumer } = wanted;
    const onEnd = (): void => void this.#open.delete(consumer);
    const meter = this.#open.get(consumer) ?? new DeliveryMeter(this.#families, wanted, onEnd);
    this.#open.set(consumer, meter);
    meter.join();
    return meter;
  }
}

type TypeLabels = Record<(typeof perType)[number], string>;
type Families = ReturnType<typeof createFamilies>;
type AttemptSeries = ReturnType<typeof attemptSeries>;

/** Counts for one consumer; the series go when the last who counts has closed it. */
export class DeliveryMeter {
  readonly #families: Families;
  readonly #labels: TypeLabels;
  readonly #onEnd: () => void;
  #users = 0;
  /** By status and sink, since a look-up by labels costs more than the counting. */
  readonly #attempts = new Map<string, AttemptSeries>();
  readonly #reasons = new Set<DeadReason>();

  constructor(families: Families, { subscription, type, consumer }: WantedDelivery, onEnd: () => void) {
    this.#families = families;
    this.#onEnd = onEnd;
    this.#labels = {
      subscription_name: subscription.name,
      subscription_namespace: subscription.namespace,
      consumer_name: consumer,
      event_type: type,
    };
  }

  join(): void {
    this.#users++;
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
    if (--this.#users > 0) return;
    const { deliveries, durations, deadLetters } = this.#families;
    for (const { labels } of this.#attempts.values()) {
      deliveries.remove(labels);
      durations.remove(labels);
    }
    for (const reason of this.#reasons) deadLetters.remove({ ...this.#labels, reason });
    this.#onEnd();
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
  };
}
