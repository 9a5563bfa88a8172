import type { NatsConnection } from "@nats-io/transport-node";
import type { Logger } from "pino";
import type { AttemptMessage, DeliveryError } from "@kyma/eventing/delivery-objects.ts";
import type { NamedKey } from "./resource.ts";
import { subscriptionOf } from "./subscription-subject.ts";

export type AttemptListener = (key: NamedKey, attempt: AttemptMessage) => void;

const attemptSubjects = "delivery.";
const mostRemembered = 10_000;
/** JSON.stringify writes it so, and it cannot be part of a text: there, quotes are escaped. */
const delivered = Buffer.from('"outcome":"delivered"');

/** Attempts of all dispatchers, as they tell of them; remembers the last one that failed for each Subscription. */
export class AttemptFeed {
  readonly #lastErrors = new Map<string, DeliveryError>();
  readonly #listeners = new Set<AttemptListener>();

  /** Begins to listen; lasts until the connection is closed. */
  connect(connection: NatsConnection, log: Logger): void {
    connection.subscribe(`${attemptSubjects}>`, {
      callback: (error, { subject, data }) => {
        if (error) log.warn({ err: error }, "attempts cannot be heard");
        else this.#take(subject, data);
      },
    });
  }

  /** Called for every attempt from now on, until the returned function is called. */
  listen(listener: AttemptListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  lastError({ namespace, name }: NamedKey): DeliveryError | undefined {
    return this.#lastErrors.get(`${namespace}/${name}`);
  }

  #take(subject: string, data: Uint8Array): void {
    const key = subscriptionOf(subject, attemptSubjects);
    if (!key) return;
    // Most attempts succeed, and mostly nobody watches: those cost no parsing.
    if (
      this.#listeners.size === 0 &&
      Buffer.from(data.buffer, data.byteOffset, data.length).includes(delivered)
    )
      return;
    const attempt = parse(data);
    if (!attempt) return;
    if (attempt.outcome !== "delivered") this.#remember(key, attempt);
    for (const listener of this.#listeners) listener(key, attempt);
  }

  #remember({ namespace, name }: NamedKey, { time, status, error, event }: AttemptMessage): void {
    const key = `${namespace}/${name}`;
    // The end of the map is what failed last.
    this.#lastErrors.delete(key);
    this.#lastErrors.set(key, { time, status, message: error ?? "", eventId: event.id, type: event.type });
    const [oldest] = this.#lastErrors.keys();
    if (this.#lastErrors.size > mostRemembered && oldest !== undefined) this.#lastErrors.delete(oldest);
  }
}

function parse(data: Uint8Array): AttemptMessage | undefined {
  try {
    const attempt = JSON.parse(Buffer.from(data).toString("utf8")) as AttemptMessage;
    return typeof attempt.event?.id === "string" ? attempt : undefined;
  } catch {
    return undefined;
  }
}
