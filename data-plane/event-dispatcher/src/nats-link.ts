import { eventStream } from "@kyma/eventing/streams.ts";
import {
  JetStreamApiCodes,
  JetStreamApiError,
  jetstreamManager,
  type JetStreamManager,
} from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Logger } from "pino";
import { StreamLife, type EventPlace } from "./stream-life.ts";

/** A connection to NATS that tells when it was away, and whether an event still is one of the stream. */
export class NatsLink {
  readonly nats: NatsConnection;
  readonly manager: JetStreamManager;
  readonly #log: Logger;
  readonly #listeners: (() => void)[] = [];
  readonly #life = new StreamLife();
  #isConnected = true;
  /** Until the stream has been looked at. */
  #doubt: PromiseWithResolvers<void> | undefined;
  #isLooking = false;
  /** What is looked at may have changed meanwhile. */
  #mustLookAgain = false;

  private constructor(nats: NatsConnection, manager: JetStreamManager, log: Logger) {
    this.nats = nats;
    this.manager = manager;
    this.#log = log;
  }

  static async over(nats: NatsConnection, log: Logger): Promise<NatsLink> {
    const link = new NatsLink(nats, await jetstreamManager(nats, { checkAPI: false }), log);
    void link.#follow();
    link.#doubt = Promise.withResolvers();
    await link.#look();
    return link;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Called after each break. */
  onReconnect(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** The stream may have been made anew: it is looked at, and until then nothing is certain. */
  doubt(): void {
    this.#doubt ??= Promise.withResolvers();
    if (this.#isLooking) this.#mustLookAgain = true;
    else void this.#look();
  }

  /** Each second or so: whatever else tells of a new stream may get lost. */
  check(): void {
    void this.#look();
  }

  /** Which life of the stream an event that came now belongs to, as far as is known. */
  epochOf(event: EventPlace): number {
    if (!this.#life.fits(event)) this.doubt();
    return this.#life.epoch;
  }

  /** Resolves when it is certain which events are of the present stream; undefined when it is. */
  get certainty(): Promise<void> | undefined {
    return this.#doubt?.promise;
  }

  /** Whether an event is of the present stream; of another one its number may stand for another event by now. */
  has(event: { time: number; epoch: number }): boolean {
    return this.#life.has(event);
  }

  async #follow(): Promise<void> {
    for await (const status of this.nats.status()) {
      if (status.type === "disconnect") {
        this.#isConnected = false;
        this.#doubt ??= Promise.withResolvers();
        this.#log.warn("NATS is away");
      } else if (status.type === "reconnect") {
        this.#isConnected = true;
        this.doubt();
        this.#log.info("NATS is back");
        for (const listener of this.#listeners) listener();
      } else if (status.type === "error") this.#log.warn({ err: status.error }, "NATS refuses something");
    }
  }

  async #look(): Promise<void> {
    if (this.#isLooking || !this.#isConnected) return;
    this.#isLooking = true;
    let created: string | undefined;
    do {
      this.#mustLookAgain = false;
      created = await this.#readCreated();
      if (created !== undefined) this.#life.saw(created);
    } while (this.#mustLookAgain);
    this.#isLooking = false;
    // Without an answer the next check looks again.
    if (created === undefined) return;
    this.#doubt?.resolve();
    this.#doubt = undefined;
  }

  /** When the stream was made: empty without one, undefined when NATS does not say. */
  #readCreated(): Promise<string | undefined> {
    return this.manager.streams.info(eventStream).then(
      (info) => info.created,
      (error: unknown) => (isNotFound(error) ? "" : undefined),
    );
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;
}
