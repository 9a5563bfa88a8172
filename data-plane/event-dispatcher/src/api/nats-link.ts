import { connectNats, type NatsAccess } from "@kyma/eventing/nats.ts";
import {
  jetstream,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  JetStreamError,
  type JetStreamManager,
  jetstreamManager,
} from "@nats-io/jetstream";
import { errors, type NatsConnection } from "@nats-io/transport-node";
import type { Logger } from "pino";
import { type ApiFailure, unavailable } from "./failure.ts";

/** A connection that stands now. */
export interface Nats {
  connection: NatsConnection;
  streams: JetStreamClient;
  manager: JetStreamManager;
}

const answerWithinMs = 5000;
const away = "the NATS server cannot be reached: try again in a moment";

/** A connection to NATS that is tried for ever and says at once when it does not stand. */
export class NatsLink {
  #nats: Nats | undefined;
  #isUp = false;
  readonly #stop = new AbortController();

  /** Begins to connect and returns at once. `onConnected` is called once: what is subscribed there lasts over lost connections. */
  constructor(access: NatsAccess, log: Logger, onConnected: (connection: NatsConnection) => void) {
    const { signal } = this.#stop;
    let failures = 0;
    const onFailure = (error: unknown): void => {
      if (failures++ === 0) log.warn({ err: error }, "the API cannot reach NATS; it goes on trying");
    };
    connectNats(access, "event-dispatcher-api", { signal, onFailure })
      .then((connection) => this.#use(connection, onConnected))
      .catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, "the API has no connection to NATS any more");
      });
  }

  /** Throws a 503 while there is no connection. */
  now(): Nats {
    if (!this.#nats || !this.#isUp) throw unavailable(away);
    return this.#nats;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#isUp = false;
    await this.#nats?.connection.close();
  }

  async #use(connection: NatsConnection, onConnected: (connection: NatsConnection) => void): Promise<void> {
    const changes = connection.status();
    this.#nats = {
      connection,
      streams: jetstream(connection, { timeout: answerWithinMs }),
      manager: await jetstreamManager(connection, { timeout: answerWithinMs, checkAPI: false }),
    };
    if (this.#stop.signal.aborted) return connection.close();
    this.#isUp = true;
    onConnected(connection);
    for await (const { type } of changes) {
      if (type === "disconnect" || type === "close") this.#isUp = false;
      if (type === "reconnect") this.#isUp = true;
    }
  }
}

/** Whether NATS says that there is no such stream, consumer or message. */
export function isMissing(error: unknown): boolean {
  if (error instanceof JetStreamError) return "code" in error && error.code === 404;
  if (!(error instanceof JetStreamApiError)) return false;
  const codes: number[] = [
    JetStreamApiCodes.StreamNotFound,
    JetStreamApiCodes.ConsumerNotFound,
    JetStreamApiCodes.NoMessageFound,
    sequenceNotFound,
  ];
  return codes.includes(error.code);
}
const sequenceNotFound = 10043;

/** What to answer when NATS failed; undefined for an error that has nothing to do with it. */
export function natsFailure(error: unknown): ApiFailure | undefined {
  if (error instanceof JetStreamApiError || error instanceof JetStreamError)
    return unavailable(`JetStream cannot do it: ${error.message}`, error);
  const isNats = Object.values(errors).some((kind) => error instanceof kind);
  return isNats ? unavailable(away, error) : undefined;
}

/** The result, or undefined when NATS says that there is no such thing. */
export async function orMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
