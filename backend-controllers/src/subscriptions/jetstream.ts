import { connectNats, type NatsAccess } from "@kyma/eventing/nats.ts";
import { eventStream } from "@kyma/eventing/streams.ts";
import {
  JetStreamApiCodes,
  JetStreamApiError,
  jetstreamManager,
  type ConsumerConfig,
  type JetStreamManager,
  type StreamConfig,
} from "@nats-io/jetstream";
import {
  AuthorizationError,
  PermissionViolationError,
  RequestError,
  type NatsConnection,
} from "@nats-io/transport-node";
import { isProgrammingError } from "../runtime/errors.ts";

/** NATS does not answer, or the stream is gone; the message is a sentence that says where. It is tried again by itself. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
}

/** JetStream refused; the message is its own. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly code: number;

  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
}

export interface Consumer {
  name: string;
  config: Partial<ConsumerConfig>;
}

/** Fields of a consumer to change. */
export type ConsumerFields = { [F in keyof ConsumerConfig]?: ConsumerConfig[F] | undefined };

const requestTimeoutMs = 5000;
const deletedAdvisory = `$JS.EVENT.ADVISORY.CONSUMER.DELETED.${eventStream}.`;
const streamAdvisory = "$JS.EVENT.ADVISORY.STREAM.*.*";

/** Streams and consumers of one account. Connects when first asked for something, and heals by itself. Only UnreachableError and RefusedError are thrown. */
export class JetStream {
  readonly #access: NatsAccess;
  readonly #end = new AbortController();
  readonly #changeListeners: (() => void)[] = [];
  readonly #deletionListeners: ((consumer: string) => void)[] = [];
  /** Settles with the first attempt to connect, whatever comes of it. */
  #firstAttempt: Promise<void> | undefined;
  #connected = false;
  #trouble: string;
  #connection: NatsConnection | undefined;
  #manager: JetStreamManager | undefined;

  constructor(access: NatsAccess) {
    this.#access = access;
    this.#trouble = this.#silence();
  }

  /** Calls `listener` when the connection came or went, or a stream did or changed. */
  onChange(listener: () => void): void {
    this.#changeListeners.push(listener);
  }

  /** Calls `listener` with each consumer of the event stream that somebody deleted; some may be missed. */
  onConsumerDeleted(listener: (consumer: string) => void): void {
    this.#deletionListeners.push(listener);
  }

  stream(name: string): Promise<Partial<StreamConfig> | undefined> {
    return this.#ask(async (manager) => {
      try {
        return (await manager.streams.info(name)).config;
      } catch (error) {
        if (isCode(error, JetStreamApiCodes.StreamNotFound)) return undefined;
        throw error;
      }
    });
  }

  async createStream(config: Partial<StreamConfig> & { name: string }): Promise<void> {
    await this.#ask((manager) => manager.streams.add(config));
  }

  /** Changes the given fields and leaves the others. */
  async updateStream({ name, ...fields }: Partial<StreamConfig> & { name: string }): Promise<void> {
    await this.#ask((manager) => manager.streams.update(name, fields));
  }

  /** All consumers of the event stream, whoever made them. */
  consumers(): Promise<Consumer[]> {
    return this.#ask(async (manager) => {
      const found: Consumer[] = [];
      for await (const info of manager.consumers.list(eventStream)) found.push(consumerOf(info));
      return found;
    });
  }

  consumer(name: string): Promise<Consumer | undefined> {
    return this.#ask(async (manager) => {
      try {
        return consumerOf(await manager.consumers.info(eventStream, name));
      } catch (error) {
        if (isCode(error, JetStreamApiCodes.ConsumerNotFound)) return undefined;
        throw error;
      }
    });
  }

  /** Does nothing when there is the same one already; refused when there is another of that name. */
  createConsumer(config: Partial<ConsumerConfig>): Promise<Consumer> {
    return this.#ask(async (manager) => consumerOf(await manager.consumers.add(eventStream, config)));
  }

  /** Changes the given fields, of which those that are undefined get their default, and leaves the others. Refused when there is none. */
  updateConsumer(name: string, fields: ConsumerFields): Promise<Consumer> {
    return this.#ask(async (manager) =>
      consumerOf(await manager.consumers.update(eventStream, name, fields as Partial<ConsumerConfig>)),
    );
  }

  /** Ends a pause that somebody ordered. */
  async resumeConsumer(name: string): Promise<void> {
    await this.#ask((manager) => manager.consumers.resume(eventStream, name));
  }

  async deleteConsumer(name: string): Promise<void> {
    await this.#ask(async (manager) => {
      try {
        await manager.consumers.delete(eventStream, name);
      } catch (error) {
        if (!isCode(error, JetStreamApiCodes.ConsumerNotFound)) throw error;
      }
    });
  }

  async close(): Promise<void> {
    this.#end.abort();
    await this.#connection?.close();
  }

  async #ask<T>(question: (manager: JetStreamManager) => Promise<T>): Promise<T> {
    await (this.#firstAttempt ??= new Promise((resolve) => void this.#connect(resolve)));
    if (!this.#manager || !this.#connected) throw new UnreachableError(this.#trouble);
    try {
      return await question(this.#manager);
    } catch (error) {
      if (isProgrammingError(error)) throw error;
      if (isCode(error, JetStreamApiCodes.StreamNotFound))
        throw new UnreachableError("The event stream is gone; it is made anew", { cause: error });
      if (error instanceof JetStreamApiError) throw new RefusedError(error.message, error.code);
      throw new UnreachableError(this.#sentence(error), { cause: error });
    }
  }

  async #connect(attempted: () => void): Promise<void> {
    const { signal } = this.#end;
    const onFailure = (reason: unknown): void => {
      this.#trouble = this.#sentence(reason);
      attempted();
    };
    try {
      this.#connection = await connectNats(this.#access, "kyma-controllers", { signal, onFailure });
    } catch (error) {
      if (signal.aborted) return attempted();
      throw error;
    }
    this.#manager = await jetstreamManager(this.#connection, { checkAPI: false, timeout: requestTimeoutMs });
    this.#listen(this.#connection);
    this.#setConnected(true);
    attempted();
    for await (const { type } of this.#connection.status()) {
      if (type === "disconnect") this.#setConnected(false);
      if (type === "reconnect") this.#setConnected(true);
    }
  }

  /** A user who may not hear advisories misses nothing: everything is listed now and then. */
  #listen(connection: NatsConnection): void {
    connection.subscribe(`${deletedAdvisory}*`, {
      callback: (error, { subject }) => {
        if (error) return;
        const consumer = subject.slice(deletedAdvisory.length);
        for (const listener of this.#deletionListeners) listener(consumer);
      },
    });
    connection.subscribe(streamAdvisory, {
      callback: (error) => {
        if (!error) this.#changed();
      },
    });
  }

  #setConnected(connected: boolean): void {
    this.#connected = connected;
    this.#trouble = this.#silence();
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#changeListeners) listener();
  }

  #sentence(reason: unknown): string {
    // The library does not export this class.
    if (reason instanceof Error && reason.name === "JetStreamNotEnabled")
      return `NATS at ${this.#hosts()} has no JetStream; enable it`;
    if (reason instanceof AuthorizationError)
      return `NATS at ${this.#hosts()} does not let the user ${this.#access.user} in; check the file of --nats-access`;
    // A request fails with what caused it.
    if (reason instanceof RequestError && reason.cause instanceof PermissionViolationError)
      return `NATS at ${this.#hosts()} does not let the user ${this.#access.user} look after streams (${reason.message})`;
    return this.#silence();
  }

  #silence(): string {
    return `NATS at ${this.#hosts()} does not answer; it is asked again by itself`;
  }

  /** Where NATS is, without what may stand before the @. */
  #hosts(): string {
    const hosts = this.#access.url.split(",").map((one) => one.trim().replace(/^.*(?:\/\/|@)/, ""));
    return hosts.join(", ");
  }
}

function isCode(error: unknown, code: number): boolean {
  return error instanceof JetStreamApiError && error.code === code;
}

function consumerOf({ name, config }: Consumer): Consumer {
  return { name, config };
}
