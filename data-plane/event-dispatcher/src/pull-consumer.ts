import {
  createInbox,
  nanos,
  type Msg,
  type NatsConnection,
  type Subscription,
} from "@nats-io/transport-node";
import { streamMessage, type StreamMessage } from "./stream-message.ts";

export interface PullConsumerOptions {
  nats: NatsConnection;
  inboxPrefix: string;
  stream: string;
  consumer: string;
  /** Of a consumer that pins one client at a time: the priority group. */
  group?: string;
  /** Messages that may be asked for or in work at the same time. */
  capacity: number;
  /** Those in work. */
  held: () => number;
  onMessage: (message: StreamMessage) => void;
  /** From now on this client alone reads; another one may have read before. */
  onPinned?: () => void;
  /** Another client reads. */
  onUnpinned?: () => void;
  /** The consumer, and perhaps its stream, is there no more. */
  onGone?: () => void;
  onTrouble?: (sentence: string) => void;
}

/** How long a request waits for messages, ms. One that got lost, as happens when its consumer is deleted just then, is noticed a little later. */
const expiresMs = 30_000;
/** While it is not sure that the consumer exists. */
const firstExpiresMs = 2_000;
/** Who is pinned must ask often, or loses the pin. */
const pinnedExpiresMs = 10_000;
const lateMs = 2_000;
const firstRetryMs = 1_000;
const longestRetryMs = 5_000;
/** Fewer are not worth a request while others are on their way. */
const fewestPerRequest = 50;
const pinHeader = "Nats-Pin-Id";
/** How many messages of a request did not come. */
const leftHeader = "Nats-Pending-Messages";

/**
 * Reads one JetStream consumer by pull requests, for ever. Neither the consumer nor the stream needs to exist: an idle one costs two requests
 * a minute, a missing one a request each few seconds. The library's `consume` wants the consumer to be there at the start, has timers,
 * heartbeats and a status iterator for each, and needs half a minute to notice that a consumer was made anew.
 */
export class PullConsumer {
  readonly #options: PullConsumerOptions;
  readonly #inbox: string;
  readonly #messages: Subscription;
  #serial = 0;
  /** Asked for and not yet come. */
  #requested = 0;
  /** When to ask anew whatever happens, as performance.now(). */
  #dueAt = Infinity;
  /** Nothing is asked for before #dueAt. */
  #isWaiting = false;
  #failures = 0;
  #pin = "";
  #isStopped = false;
  #isThere: boolean | undefined;

  constructor(options: PullConsumerOptions) {
    this.#options = options;
    this.#inbox = createInbox(options.inboxPrefix);
    this.#messages = options.nats.subscribe(`${this.#inbox}.*`, {
      callback: (error, message) => {
        if (error) options.onTrouble?.(`NATS lets nobody read its answers: ${error.message}`);
        else if (message.subject.startsWith(this.#inbox)) this.#takeStatus(message);
        else this.#take(message);
      },
    });
    this.refill();
  }

  /** Whether the consumer exists; undefined until that is known. */
  get isThere(): boolean | undefined {
    return this.#isThere;
  }

  /** Asks for more when there is room. To be called when a message is done with. */
  refill(): void {
    const { capacity, held } = this.#options;
    if (this.#isStopped || this.#isWaiting) return;
    const room = capacity - held() - this.#requested;
    const isWorthwhile = this.#requested <= capacity / 2 && room >= fewestPerRequest;
    if (isWorthwhile || (this.#requested === 0 && room > 0)) this.#request(room);
  }

  /** Asks at once: the consumer may have appeared, or the server may have forgotten what was asked for. */
  askAnew(): void {
    this.#requested = 0;
    this.#isWaiting = false;
    this.#dueAt = Infinity;
    this.refill();
  }

  /** To be called each second or so, with performance.now(). */
  check(now: number): void {
    if (now >= this.#dueAt) this.askAnew();
  }

  get isPinned(): boolean {
    return this.#pin !== "";
  }

  /** Asks no more. Messages that are on their way still come, until it resolves. */
  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#dueAt = Infinity;
    await this.#messages.drain().catch(() => undefined);
  }

  #request(batch: number): void {
    const { nats, stream, consumer, group } = this.#options;
    const longest = group === undefined ? expiresMs : pinnedExpiresMs;
    const waits = this.#isThere ? longest : firstExpiresMs;
    const request = {
      batch,
      expires: nanos(waits),
      ...(group && { group, ...(this.#pin && { id: this.#pin }) }),
    };
    this.#requested += batch;
    this.#dueAt = performance.now() + waits + lateMs;
    nats.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`, JSON.stringify(request), {
      reply: `${this.#inbox}.${++this.#serial}`,
    });
  }

  #take(message: Msg): void {
    this.#found();
    if (this.#requested > 0) this.#requested--;
    const { group, onMessage, onPinned } = this.#options;
    if (group !== undefined) {
      const pin = message.headers?.get(pinHeader) ?? "";
      const isNew = pin !== "" && pin !== this.#pin;
      this.#pin = pin;
      if (isNew) onPinned?.();
    }
    onMessage(streamMessage(message, this.#options.nats));
    this.refill();
  }

  #found(): void {
    this.#isThere = true;
    this.#failures = 0;
  }

  /** The end of a request, and why. */
  #takeStatus({ headers }: Msg): void {
    const code = headers?.code ?? 0;
    const reason = headers?.description ?? "";
    if (code === 423) this.#unpin();
    if (code === 503 || (code === 409 && reason === "Consumer Deleted")) {
      if (this.#isThere !== false) this.#options.onGone?.();
      this.#isThere = false;
      this.#wait();
    } else if (code === 404 || code === 408 || code === 423) {
      this.#found();
      // Without a number all that was asked for is gone.
      this.#requested = Math.max(0, this.#requested - Number(headers?.get(leftHeader) || Infinity));
      this.refill();
    } else if (code !== 100) {
      this.#options.onTrouble?.(`NATS ended a request: ${code} ${reason}`);
      this.#wait();
    }
  }

  #unpin(): void {
    this.#pin = "";
    this.#options.onUnpinned?.();
  }

  #wait(): void {
    const pause = Math.min(firstRetryMs * 2 ** this.#failures++, longestRetryMs);
    this.#requested = 0;
    this.#isWaiting = true;
    this.#dueAt = performance.now() + pause * (0.75 + Math.random() / 2);
  }
}
