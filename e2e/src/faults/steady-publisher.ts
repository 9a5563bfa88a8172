import { Agent } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Ledger } from "./ledger.ts";
import { postEvent } from "./publish.ts";

export interface PublisherOptions {
  port: number;
  ledger: Ledger;
  /** The event with this id. */
  eventOf: (id: string) => object;
  /** Events per second, whether or not answers come. */
  rate: number;
  count: number;
  /** Ids begin so. */
  prefix: string;
}

const tickMs = 10;
/** How long a client waits before it sends an event again, ms: twice as long each time, as thousands of events may be waiting. */
const firstRetryMs = 250;
const longestRetryMs = 4000;
/** Events that are sent, or wait to be sent again, at a time; further ones wait until it is their turn. */
const mostOpen = 500;
/** Answers take at most as long as the publisher itself waits for its stream, and a little. */
const patienceMs = 10_000;

/**
 * Sends events at a fixed rate. One that is answered with 5xx, 408 or not at all is sent again with the same id, as a client would, until it is
 * acknowledged; the ledger notes all.
 */
export class SteadyPublisher {
  /** How many events were due so far. */
  due = 0;
  /** How often each status came; 0: the connection broke. */
  readonly answers = new Map<number, number>();
  readonly #options: PublisherOptions;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #queued: string[] = [];
  #open = 0;
  #failure: unknown;
  readonly #waiting: { count: number; resolve: () => void }[] = [];

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** Resolves when every event is acknowledged. Rejects at the end when one was refused for good. */
  async run(): Promise<void> {
    const { rate, count } = this.#options;
    const began = performance.now();
    while (this.due < count || this.#open > 0) {
      const dueNow = Math.min(count, Math.floor(((performance.now() - began) / 1000) * rate));
      while (this.due < dueNow) this.#begin();
      await delay(tickMs);
    }
    this.#agent.destroy();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Resolves once so many events were due. */
  wereDue(count: number): Promise<void> {
    if (this.due >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  #begin(): void {
    const id = `${this.#options.prefix}${this.due++}`;
    if (this.#open < mostOpen) void this.#publishFrom(id);
    else this.#queued.push(id);
    for (const { count, resolve } of this.#waiting) if (this.due === count) resolve();
  }

  /** Publishes this event, and then those that wait. */
  async #publishFrom(first: string): Promise<void> {
    this.#open++;
    for (let id: string | undefined = first; id !== undefined; id = this.#queued.shift())
      await this.#publish(id).catch((error: unknown) => (this.#failure ??= error));
    this.#open--;
  }

  async #publish(id: string): Promise<void> {
    const { ledger, eventOf, port } = this.#options;
    const body = JSON.stringify(eventOf(id));
    for (let pauseMs = firstRetryMs; ; pauseMs = Math.min(2 * pauseMs, longestRetryMs)) {
      ledger.sent(id, performance.now());
      const posting = postEvent(port, this.#agent, body, patienceMs);
      const status = await posting.then((answer) => answer.status).catch(() => 0);
      this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
      if (status === 204) return ledger.acknowledged(id, performance.now());
      if (!isTemporary(status)) throw new Error(`event ${id} is answered with ${status}`);
      await delay(pauseMs * (0.75 + Math.random() / 2));
    }
  }
}

/** No answer, the server's failure, or 408: on a machine that is overloaded a request may need longer than the publisher waits for it. */
function isTemporary(status: number): boolean {
  return status === 0 || status >= 500 || status === 408;
}
