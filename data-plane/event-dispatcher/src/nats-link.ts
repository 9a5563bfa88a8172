import { eventStream } from "@kyma/eventing/streams.ts";
import {
  JetStreamApiCodes,
  JetStreamApiError,
  jetstreamManager,
  type JetStreamManager,
} from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Logger } from "pino";

/** A connection to NATS that tells when it was away, and whether the stream is another one since. */
export class NatsLink {
  readonly nats: NatsConnection;
  readonly manager: JetStreamManager;
  readonly #log: Logger;
  readonly #listeners: (() => void)[] = [];
  #isConnected = true;
  /** When the stream was made; empty while there is none. */
  #created: string | undefined;
  #epoch = 0;

  private constructor(nats: NatsConnection, manager: JetStreamManager, log: Logger) {
    this.nats = nats;
    this.manager = manager;
    this.#log = log;
  }

  static async over(nats: NatsConnection, log: Logger): Promise<NatsLink> {
    const link = new NatsLink(nats, await jetstreamManager(nats, { checkAPI: false }), log);
    await link.#readStream();
    void link.#follow();
    return link;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Counts the lives of the stream: one that was made anew numbers its messages from 1 again. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Called after each break. */
  onReconnect(listener: () => void): void {
    this.#listeners.push(listener);
  }

  async #follow(): Promise<void> {
    for await (const status of this.nats.status()) {
      if (status.type === "disconnect") {
        this.#isConnected = false;
        this.#log.warn("NATS is away");
      } else if (status.type === "reconnect") {
        await this.#readStream();
        this.#isConnected = true;
        this.#log.info("NATS is back");
        for (const listener of this.#listeners) listener();
      } else if (status.type === "error") this.#log.warn({ err: status.error }, "NATS refuses something");
    }
  }

  async #readStream(): Promise<void> {
    const created = await this.manager.streams.info(eventStream).then(
      (info) => info.created,
      (error: unknown) => (isNotFound(error) ? "" : this.#created),
    );
    if (created !== this.#created) this.#epoch++;
    this.#created = created;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;
}
