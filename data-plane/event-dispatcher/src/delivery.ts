import { eventStream, orderedBacklog, orderedGroup } from "@kyma/eventing/streams.ts";
import type { JetStreamManager } from "@nats-io/jetstream";
import { attemptDelivery, type AttemptParts, type Settlement } from "./attempt.ts";
import type { ByteBudget, ByteShare } from "./byte-budget.ts";
import { ParallelCourier, type Courier, type CourierHost } from "./courier.ts";
import type { DeliveryMeter, DispatcherMetrics } from "./metrics.ts";
import type { NatsLink } from "./nats-link.ts";
import { OrderedCourier } from "./ordered-courier.ts";
import { PullConsumer } from "./pull-consumer.ts";
import type { StreamMessage } from "./stream-message.ts";
import { heldEvent, type HeldEvent } from "./stored-event.ts";
import { readAgain } from "./stored-again.ts";
import type { WantedDelivery } from "./subscriptions.ts";

export interface DeliveryParts extends AttemptParts {
  jetstream: JetStreamManager;
  inboxPrefix: string;
  metrics: DispatcherMetrics;
  budget: ByteBudget;
  link: Pick<NatsLink, "epochOf" | "has" | "certainty" | "doubt">;
}

/** Messages of one consumer that this process asks for or has at a time; `maxInFlight` bounds them too, over all processes. */
const capacity = 500;
/** Work on an event is reported to NATS when it was so long ago that NATS heard of it; it waits for 30 s. */
const progressEveryMs = 10_000;
const readAgainAfterMs = 1_000;

/** Delivers the events of one consumer from its making until `stop`. */
export class Delivery {
  readonly #parts: DeliveryParts;
  readonly #pull: PullConsumer;
  readonly #courier: Courier;
  readonly #meter: DeliveryMeter;
  readonly #held = new Set<HeldEvent>();
  readonly #memory: ByteShare;
  readonly #ended = Promise.withResolvers<void>();
  #wanted: WantedDelivery;
  #isStopping = false;
  #isDrained = false;

  constructor(parts: DeliveryParts, wanted: WantedDelivery) {
    this.#parts = parts;
    this.#wanted = wanted;
    this.#meter = parts.metrics.open(wanted);
    this.#memory = parts.budget.openShare();
    const { orderingKey } = wanted.config;
    const isOrdered = orderingKey !== undefined;
    const host = this.#host();
    this.#courier = isOrdered ? new OrderedCourier(host) : new ParallelCourier(host);
    const { subscription, consumer } = wanted;
    this.#pull = new PullConsumer({
      nats: parts.nats,
      inboxPrefix: parts.inboxPrefix,
      stream: eventStream,
      consumer,
      // Beyond what NATS gives out, so that there always is a request, and who is pinned stays so.
      capacity: isOrdered ? Math.max(orderedBacklog, wanted.config.maxInFlight) + capacity : capacity,
      ...(isOrdered && { group: orderedGroup }),
      held: () => this.#held.size,
      onMessage: (message) => this.#take(message),
      onPinned: () => this.#courier.pinned(),
      onUnpinned: () => this.#courier.displaced(),
      onGone: () => parts.link.doubt(),
      onTrouble: (sentence) => parts.log.warn({ ...subscription, consumer }, sentence),
    });
  }

  /** Whether `wanted` needs no other Delivery. */
  canBecome({ config }: WantedDelivery): boolean {
    return config.orderingKey === this.#wanted.config.orderingKey;
  }

  /** From now on events go there, in this way. */
  become(wanted: WantedDelivery): void {
    this.#wanted = wanted;
    // What changed may be that its consumer is there now.
    if (!this.#pull.isThere) this.#pull.askAnew();
  }

  reconnected(): void {
    this.#courier.interrupted();
    this.#pull.askAnew();
  }

  /** Each second or so while NATS is there, with performance.now(). */
  check(now: number): void {
    this.#pull.check(now);
    this.#courier.check();
    for (const held of this.#held) {
      if (now - held.progressAt < progressEveryMs || this.#courier.isLost(held, now)) continue;
      if (this.#parts.link.has(held)) held.message.working();
      held.progressAt = now;
    }
  }

  /** Asks for no more events, gives back what is not under way, and resolves when the rest is settled. */
  async stop(): Promise<void> {
    if (!this.#isStopping) {
      this.#isStopping = true;
      const asked = this.#pull.stop();
      this.#courier.stop();
      await asked;
      this.#isDrained = true;
      this.#endWhenSettled();
    }
    await this.#ended.promise;
  }

  #take(message: StreamMessage): void {
    if (this.#isStopping) return message.nak();
    const held = heldEvent(message, this.#parts.link.epochOf(message), this.#wanted.config.orderingKey);
    this.#held.add(held);
    held.hasRoom = this.#memory.take(held.size);
    if (!held.hasRoom) held.data = undefined;
    this.#courier.take(held);
  }

  async #attempt(held: HeldEvent): Promise<Settlement> {
    held.isUnderWay = true;
    try {
      held.data ??= await readAgain(this.#parts.jetstream, held);
      const { data } = held;
      if (data) return await attemptDelivery(this.#parts, this.#wanted, { ...held, data }, this.#meter);
      this.#parts.link.doubt();
      this.#parts.log.warn({ sequence: held.sequence }, "an event is in its stream no more");
      return { kind: "settled" };
    } catch (error) {
      this.#parts.log.warn({ err: error }, "an event cannot be read from its stream");
      return { kind: "unread", delayMs: readAgainAfterMs };
    } finally {
      held.isUnderWay = false;
    }
  }

  /** Those that wait for their turn make room. */
  #reserve(held: HeldEvent, isOnly: boolean): boolean {
    if (held.hasRoom) return true;
    if (!this.#memory.take(held.size)) {
      for (const other of this.#held) if (!other.isUnderWay) this.#unload(other);
      if (!this.#memory.take(held.size)) {
        if (!isOnly) return false;
        this.#memory.force(held.size);
      }
    }
    held.hasRoom = true;
    return true;
  }

  #unload(held: HeldEvent): void {
    if (!held.hasRoom) return;
    held.hasRoom = false;
    held.data = undefined;
    this.#memory.giveBack(held.size);
  }

  #host(): CourierHost {
    return {
      attempt: (held) => this.#attempt(held),
      reserve: (held, isOnly) => this.#reserve(held, isOnly),
      acknowledge: (held) => this.#release(held, () => held.message.ack()),
      giveBack: (held, delayMs) => this.#release(held, () => held.message.nak(delayMs)),
      forget: (held) => this.#release(held, () => undefined),
      isPresent: (held) => this.#parts.link.has(held),
      maxInFlight: () => this.#wanted.config.maxInFlight,
      unsettledCount: () =>
        this.#parts.jetstream.consumers.info(eventStream, this.#wanted.consumer).then(
          (info) => info.num_ack_pending,
          () => undefined,
        ),
    };
  }

  #release(held: HeldEvent, answer: () => void): void {
    this.#held.delete(held);
    this.#unload(held);
    this.#parts.batch.add(() => this.#answer(held, answer));
    this.#pull.refill();
    this.#endWhenSettled();
  }

  /** What belongs to a stream that is no more is not answered: its number may stand for another event by now. */
  #answer(held: HeldEvent, answer: () => void): void {
    const { link, batch } = this.#parts;
    if (link.certainty) void link.certainty.then(() => batch.add(() => this.#answer(held, answer)));
    else if (link.has(held)) answer();
  }

  #endWhenSettled(): void {
    if (!this.#isDrained || this.#held.size > 0) return;
    this.#unpin();
    this.#meter.close();
    this.#ended.resolve();
  }

  /** Lets another process begin at once. */
  #unpin(): void {
    if (!this.#pull.isPinned) return;
    const subject = `$JS.API.CONSUMER.UNPIN.${eventStream}.${this.#wanted.consumer}`;
    this.#parts.nats.publish(subject, JSON.stringify({ group: orderedGroup }));
  }
}
