import { eventStream } from "@kyma/eventing/streams.ts";
import { createInbox, errors, type Msg, type NatsConnection } from "@nats-io/transport-node";
import type { Logger } from "pino";
import { Refusal } from "./answer.ts";
import type { EventMessage } from "./publish.ts";

interface Pending {
  /** By performance.now(). */
  deadline: number;
  resolve: () => void;
  reject: (refusal: Refusal) => void;
}

/** Requests that still find out whether a stream answers again, after it did not. */
const mostProbes = 100;

/**
 * Publishes to JetStream: done when the stream has acknowledged that it stored the event. All requests share one connection and one inbox. With the
 * connection every request that waits ends at once, as its acknowledgement cannot come any more.
 */
export class AcknowledgedPublisher {
  readonly #timeoutMs: number;
  readonly #log: Logger;
  readonly #pending = new Map<string, Pending>();
  #unsent: { message: EventMessage; pending: Pending }[] = [];
  #connection: NatsConnection | undefined;
  #inbox = "";
  #connected = false;
  #silent = false;
  #sent = 0;
  #isTimed = false;
  #closed = false;

  constructor(timeoutMs: number, log: Logger) {
    this.#timeoutMs = timeoutMs;
    this.#log = log;
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** It does not come back. */
  get closed(): boolean {
    return this.#closed;
  }

  /** The connection to use from now on. */
  attach(connection: NatsConnection, inboxPrefix: string): void {
    this.#connection = connection;
    this.#inbox = `${createInbox(inboxPrefix)}.`;
    connection.subscribe(`${this.#inbox}*`, { callback: (_, message) => this.#take(message) });
    this.#connected = true;
    void this.#follow(connection);
  }

  /** Rejects with a Refusal. After a 5xx the event may be stored all the same; sent again with the same id, it is stored once. */
  publish(message: EventMessage): Promise<void> {
    if (!this.#connection || !this.#connected) return Promise.reject(noConnection());
    if (this.#silent && this.#pending.size + this.#unsent.length >= mostProbes)
      return Promise.reject(this.#noAnswer());
    return new Promise((resolve, reject) => {
      const deadline = performance.now() + this.#timeoutMs;
      if (this.#unsent.length === 0) setImmediate(() => this.#send());
      this.#unsent.push({ message, pending: { deadline, resolve, reject } });
    });
  }

  /** Requests that came in with one look at the sockets go out with one write: each write of its own costs as much as the rest of the request. */
  #send(): void {
    const unsent = this.#unsent;
    this.#unsent = [];
    for (const { message, pending } of unsent) {
      const token = (this.#sent++).toString(36);
      const { subject, headers, body } = message;
      try {
        if (!this.#connected) throw noConnection();
        this.#connection?.publish(subject, body, { reply: this.#inbox + token, headers });
      } catch (error) {
        pending.reject(refusalOfClient(error));
        continue;
      }
      this.#pending.set(token, pending);
      if (!this.#isTimed) this.#expireIn(this.#timeoutMs);
    }
  }

  #take(message: Msg): void {
    const token = message.subject.slice(this.#inbox.length);
    const pending = this.#pending.get(token);
    this.#pending.delete(token);
    this.#silent = false;
    if (!pending) return;
    const refusal = readAcknowledgement(message.data, message.headers?.code);
    if (refusal) pending.reject(refusal);
    else pending.resolve();
  }

  #expireIn(milliseconds: number): void {
    this.#isTimed = true;
    setTimeout(() => this.#expire(), milliseconds);
  }

  /** All wait equally long, so the first in the map is the first to end. */
  #expire(): void {
    this.#isTimed = false;
    const now = performance.now();
    for (const [token, { deadline, reject }] of this.#pending) {
      if (deadline > now) return this.#expireIn(deadline - now);
      this.#pending.delete(token);
      this.#silent = true;
      reject(this.#noAnswer());
    }
  }

  #noAnswer(): Refusal {
    return new Refusal(504, `no stream acknowledged the event within ${this.#timeoutMs} ms`);
  }

  async #follow(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === "disconnect") this.#lose("the connection to NATS was lost");
      else if (status.type === "reconnect") {
        this.#connected = true;
        this.#log.info("connected to NATS again");
      } else if (status.type === "error")
        this.#log.warn({ err: status.error }, "NATS answered with an error");
    }
    this.#closed = true;
    this.#lose("the connection to NATS was closed");
  }

  #lose(reason: string): void {
    if (this.#connected) this.#log.warn({ waiting: this.#pending.size }, reason);
    this.#connected = false;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of waiting)
      reject(
        new Refusal(
          502,
          `${reason} before the event was acknowledged: send it again with the same id and source`,
        ),
      );
  }
}

function noConnection(): Refusal {
  return new Refusal(502, "there is no connection to NATS: send the event again later");
}

function refusalOfClient(error: unknown): Refusal {
  if (error instanceof errors.InvalidArgumentError)
    return new Refusal(413, "the event is larger than NATS takes");
  return error instanceof Refusal ? error : noConnection();
}

/** JetStream's error codes that mean: no room. */
const full = new Set([10_002, 10_023, 10_028, 10_047, 10_077]);
const tooLarge = 10_054;

interface AcknowledgementBody {
  stream?: string;
  seq?: number;
  error?: { code?: number; err_code?: number; description?: string };
}

/** Why an answer to a published event does not mean that it is stored; undefined when it does. `code`: of the answer's status line, if any. Pure. */
export function readAcknowledgement(data: Uint8Array, code: number | undefined): Refusal | undefined {
  if (data.length === 0 && code === 503)
    return new Refusal(504, `there is no stream "${eventStream}" to take the event: send it again later`);
  const answer = parse(data);
  if (!answer?.error) {
    if (answer?.stream === eventStream && (answer.seq ?? 0) > 0) return undefined;
    return new Refusal(500, "NATS answered with something that is no acknowledgement");
  }
  const { code: status = 500, err_code: errorCode = 0, description = "unknown error" } = answer.error;
  if (full.has(errorCode) || description.includes("no space left"))
    return new Refusal(507, `the stream has no room for the event (${description}): send it again later`);
  if (errorCode === tooLarge) return new Refusal(413, "the event is larger than the stream takes");
  return new Refusal(
    status >= 400 && status <= 599 ? status : 500,
    `the stream refused the event: ${description}`,
  );
}

function parse(data: Uint8Array): AcknowledgementBody | undefined {
  try {
    return JSON.parse(
      Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString(),
    ) as AcknowledgementBody;
  } catch {
    return undefined;
  }
}
