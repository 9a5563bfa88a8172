import type { WantedDelivery } from "@kyma/eventing/subscription-spec.ts";
import { planConsumers } from "./consumer-plan.ts";
import type { ConsumerView } from "./consumer-view.ts";
import { type Consumer, type JetStream, RefusedError } from "./jetstream.ts";

interface Key {
  namespace: string;
  name: string;
}

/** The consumers of one Subscription: made, changed in place, deleted. */
export class SubscriptionConsumers {
  readonly #key: Key;
  readonly #jetStream: JetStream;
  readonly #view: ConsumerView;
  readonly #signal: AbortSignal;

  constructor(key: Key, jetStream: JetStream, view: ConsumerView, signal: AbortSignal) {
    this.#key = key;
    this.#jetStream = jetStream;
    this.#view = view;
    this.#signal = signal;
  }

  /**
   * Makes the Subscription have exactly the consumers that it wants. `had`: names of those that it had before. Throws a RefusedError whose
   * message is a sentence; writes nothing when all is as it must be.
   */
  async apply(wanted: WantedDelivery, had: ReadonlySet<string>): Promise<void> {
    const known = (name: string) => this.#view.get(name);
    const owned = this.#view.ofOwner(this.#key);
    const plan = planConsumers({ key: this.#key, wanted, owned, known, had, now: Date.now() });
    const typeOf = (name: string) =>
      wanted.types.find(({ consumerName }) => consumerName === name)?.originalType ?? name;
    for (const { durable_name: name = "", ...config } of plan.create)
      await this.#put(name, typeOf(name), () =>
        this.#jetStream.createConsumer({ durable_name: name, ...config }),
      );
    for (const { name, fields } of plan.update)
      await this.#put(name, typeOf(name), () => this.#jetStream.updateConsumer(name, fields));
    for (const name of plan.resume) await this.#resume(name);
    for (const name of plan.remove) await this.#delete(name);
  }

  async removeAll(): Promise<void> {
    for (const { name } of this.#view.ofOwner(this.#key)) await this.#delete(name);
  }

  async #put(name: string, type: string, write: () => Promise<Consumer>): Promise<void> {
    this.#signal.throwIfAborted();
    try {
      this.#view.put(await write());
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      // What was known of it may have been wrong; the next try knows better.
      const live = await this.#jetStream.consumer(name);
      if (live) this.#view.put(live);
      else this.#view.drop(name);
      throw new RefusedError(refusalSentence(name, type, error), error.code);
    }
  }

  async #resume(name: string): Promise<void> {
    this.#signal.throwIfAborted();
    await this.#jetStream.resumeConsumer(name);
    const live = await this.#jetStream.consumer(name);
    if (live) this.#view.put(live);
  }

  async #delete(name: string): Promise<void> {
    this.#signal.throwIfAborted();
    await this.#jetStream.deleteConsumer(name);
    this.#view.drop(name);
  }
}

const consumerConfigInvalid = 10012;

function refusalSentence(name: string, type: string, { message, code }: RefusedError): string {
  if (code === consumerConfigInvalid)
    return (
      `the consumer ${name} of type ${type} cannot be changed into what the spec asks for ("${message}"); ` +
      "delete it in NATS, or this Subscription, once its events are delivered"
    );
  return `the consumer of type ${type} cannot be made: NATS says "${message}"`;
}
