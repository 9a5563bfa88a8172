import { setTimeout as delay } from "node:timers/promises";
import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { keyOf, keyText } from "@kyma/kube/objects.ts";
import { jetstream } from "@nats-io/jetstream";
import { Batch } from "./batch.ts";
import { ByteBudget } from "./byte-budget.ts";
import type { ClusterView } from "./cluster-view.ts";
import { DeadLetters } from "./dead-letters.ts";
import { Delivery, type DeliveryParts } from "./delivery.ts";
import type { NatsLink } from "./nats-link.ts";
import { wantedDeliveries, type WantedDelivery } from "./subscriptions.ts";

export interface DispatcherOptions extends Omit<
  DeliveryParts,
  "nats" | "jetstream" | "deadLetters" | "batch" | "budget"
> {
  budget?: ByteBudget;
  view: ClusterView;
  link: NatsLink;
}

const checkEveryMs = 1_000;
/** How long answers may wait for what is known of the stream when the process ends. */
const lastLookMs = 2_000;

/** Delivers the events of all Subscriptions, beside other processes that do the same. */
export class Dispatcher {
  readonly #parts: DeliveryParts;
  readonly #link: NatsLink;
  readonly #view: ClusterView;
  /** By consumer. */
  readonly #deliveries = new Map<string, Delivery>();
  /** Consumers by Subscription. */
  readonly #consumers = new Map<string, string[]>();
  /** Still at work on events of Subscriptions that are gone or changed. */
  readonly #ending = new Set<Delivery>();
  #checks: NodeJS.Timeout | undefined;
  #state: "starting" | "running" | "stopping" = "starting";

  constructor({ view, link, budget = new ByteBudget(), ...parts }: DispatcherOptions) {
    this.#view = view;
    this.#link = link;
    this.#parts = {
      ...parts,
      nats: link.nats,
      jetstream: link.manager,
      deadLetters: new DeadLetters(jetstream(link.nats), parts.sinks),
      link,
      budget,
      batch: new Batch(),
    };
    view.subscriptions.onChange((next, previous) => {
      const object = next ?? previous;
      if (object) this.#look(keyText(keyOf(object)), next);
    });
    view.sinkServices.listen({
      onService: (service) => this.#lookAt(view.subscriptions.byIndex("service", service)),
      onAllowedHosts: () => this.#lookAt(view.subscriptions.list()),
    });
    link.onReconnect(() => {
      for (const delivery of this.#all()) delivery.reconnected();
    });
  }

  /** Delivers the events of all Subscriptions from now on. To be called once the view is synced. */
  start(): void {
    if (this.#state !== "starting") return;
    this.#state = "running";
    this.#lookAt(this.#view.subscriptions.list());
    this.#checks = setInterval(() => this.#check(), checkEveryMs);
    this.#parts.log.info("events are delivered");
  }

  /** Asks for no more events and waits for what is under way, at most `graceMs`; what is left then goes back to NATS. */
  async stop(graceMs: number): Promise<void> {
    this.#state = "stopping";
    const limit = setTimeout(() => this.#parts.sinks.abandon(), graceMs);
    await Promise.all([...this.#all()].map((delivery) => delivery.stop()));
    clearTimeout(limit);
    clearInterval(this.#checks);
    this.#parts.batch.run();
    const { certainty, isConnected } = this.#link;
    if (certainty && isConnected) await Promise.race([certainty, delay(lastLookMs)]);
    this.#parts.batch.run();
  }

  #lookAt(all: readonly Subscription[]): void {
    for (const one of all) this.#look(keyText(keyOf(one)), one);
  }

  /** Makes the deliveries of one Subscription what they should be. */
  #look(key: string, subscription: Subscription | undefined): void {
    if (this.#state !== "running") return;
    const wanted = subscription
      ? wantedDeliveries(subscription, this.#view.sinkServices)
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
    this.#link.check();
    const now = performance.now();
    for (const delivery of this.#all()) delivery.check(now);
  }
}
