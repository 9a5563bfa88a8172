import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import { allowedHostsSource } from "@kyma/eventing/sink.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { Informer } from "@kyma/kube/informer.ts";
import { keyOf, keyText } from "@kyma/kube/objects.ts";
import { jetstream } from "@nats-io/jetstream";
import type { Logger } from "pino";
import { Batch } from "./batch.ts";
import { DeadLetters } from "./dead-letters.ts";
import { Delivery, type DeliveryParts } from "./delivery.ts";
import type { NatsLink } from "./nats-link.ts";
import { SinkServices } from "./sink-services.ts";
import { servicesOf, slimSubscription, wantedDeliveries, type WantedDelivery } from "./subscriptions.ts";

export interface DispatcherOptions extends Omit<
  DeliveryParts,
  "epoch" | "nats" | "jetstream" | "deadLetters" | "batch"
> {
  client: KubeClient;
  link: NatsLink;
  /** The ConfigMap that allows further hosts; default kyma-system/eventing-sinks. */
  allowedHosts?: { namespace: string; name: string };
}

const checkEveryMs = 1_000;

/** Delivers the events of all Subscriptions, beside other processes that do the same. */
export class Dispatcher {
  /** All of the cluster, without their status. */
  readonly subscriptions: Informer<Subscription>;
  readonly sinkServices: SinkServices;
  readonly #parts: DeliveryParts;
  readonly #link: NatsLink;
  readonly #log: Logger;
  /** By consumer. */
  readonly #deliveries = new Map<string, Delivery>();
  /** Consumers by Subscription. */
  readonly #consumers = new Map<string, string[]>();
  /** Still at work on events of Subscriptions that are gone or changed. */
  readonly #ending = new Set<Delivery>();
  readonly #informing = new AbortController();
  #checks: NodeJS.Timeout | undefined;
  #state: "starting" | "running" | "stopping" = "starting";

  constructor({ client, link, allowedHosts = allowedHostsSource, ...parts }: DispatcherOptions) {
    this.#log = parts.log;
    this.#link = link;
    this.#parts = {
      ...parts,
      nats: link.nats,
      jetstream: link.manager,
      deadLetters: new DeadLetters(jetstream(link.nats), parts.sinks),
      epoch: () => link.epoch,
      batch: new Batch(),
    };
    const onError = (error: unknown): void =>
      this.#log.warn({ err: error }, "the API server does not answer");
    this.subscriptions = new Informer<Subscription>(client, subscriptions, {
      transform: slimSubscription,
      indexes: { service: servicesOf },
      onError,
    });
    this.subscriptions.onChange((next, previous) => {
      const object = next ?? previous;
      if (object) this.#look(keyText(keyOf(object)), next);
    });
    const listener = {
      onService: (service: string) => this.#lookAt(this.subscriptions.byIndex("service", service)),
      onAllowedHosts: () => this.#lookAt(this.subscriptions.list()),
    };
    this.sinkServices = new SinkServices(client, allowedHosts, listener, onError);
    link.onReconnect(() => {
      for (const delivery of this.#all()) delivery.reconnected();
    });
  }

  /** Resolves when everything is known and events are delivered. */
  async start(): Promise<void> {
    const { signal } = this.#informing;
    this.subscriptions.start(signal);
    await Promise.all([this.sinkServices.start(signal), this.subscriptions.synced]);
    if (this.#state !== "starting") return;
    this.#state = "running";
    this.#lookAt(this.subscriptions.list());
    this.#checks = setInterval(() => this.#check(), checkEveryMs);
  }

  /** Why no events are delivered, as a sentence; undefined when they are. */
  get unreadyReason(): string | undefined {
    if (this.#state === "starting") return "the Subscriptions and Services are not known yet";
    if (this.#state === "stopping") return "the dispatcher ends";
    return this.#link.isConnected ? undefined : "NATS is away";
  }

  /** Asks for no more events and waits for what is under way, at most `graceMs`; what is left then goes back to NATS. */
  async stop(graceMs: number): Promise<void> {
    this.#state = "stopping";
    this.#informing.abort();
    const limit = setTimeout(() => this.#parts.sinks.abandon(), graceMs);
    await Promise.all([...this.#all()].map((delivery) => delivery.stop()));
    clearTimeout(limit);
    clearInterval(this.#checks);
    this.#parts.batch.run();
  }

  #lookAt(all: readonly Subscription[]): void {
    for (const one of all) this.#look(keyText(keyOf(one)), one);
  }

  /** Makes the deliveries of one Subscription what they should be. */
  #look(key: string, subscription: Subscription | undefined): void {
    if (this.#state !== "running") return;
    const wanted = subscription
      ? wantedDeliveries(subscription, this.sinkServices)
      : new Map<string, WantedDelivery>();
    for (const consumer of this.#consumers.get(key) ?? []) if (!wanted.has(consumer)) this.#end(consumer);
    for (const [consumer, one] of wanted) {
      const present = this.#deliveries.get(consumer);
      if (present?.canBecome(one)) present.become(one);
      else {
        this.#end(consumer);
        this.#deliveries.set(consumer, new Delivery(this.#parts, one));
      }
    }
    if (wanted.size > 0) this.#consumers.set(key, [...wanted.keys()]);
    else this.#consumers.delete(key);
  }

  #end(consumer: string): void {
    const delivery = this.#deliveries.get(consumer);
    if (!delivery) return;
    this.#deliveries.delete(consumer);
    this.#ending.add(delivery);
    void delivery.stop().then(() => this.#ending.delete(delivery));
  }

  *#all(): Iterable<Delivery> {
    yield* this.#deliveries.values();
    yield* this.#ending;
  }

  #check(): void {
    if (!this.#link.isConnected) return;
    const now = performance.now();
    for (const delivery of this.#all()) delivery.check(now);
  }
}
