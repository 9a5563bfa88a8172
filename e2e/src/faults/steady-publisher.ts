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
/** How long a client waits before it sends an event again, ms. */
const retryMs = 250;
/** Answers take at most as long as the publisher itself waits for its stream, and a little. */
const patienceMs = 10_000;

/**
 * Sends events at a fixed rate. One that is answered with 5xx or not at all is sent again with the same id, as a client would, until it is
 * acknowledged; the ledger notes all.
 */
export class SteadyPublisher {
  /** How many events were sent, without repetitions. */
  sent = 0;
  /** How often each status came; 0: the connection broke. */
  readonly answers = new Map<number, number>();
  readonly #options: PublisherOptions;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #open = new Set<Promise<void>>();
  readonly #waiting: { count: number; resolve: () => void }[] = [];

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** Resolves when every event is acknowledged. Rejects when one is refused for good. */
  async run(): Promise<void> {
    const { rate, count } = this.#options;
    const began = performance.now();
    while (this.sent < count) {
      const due = Math.min(count, Math.floor(((performance.now() - began) / 1000) * rate));
      while (this.sent < due) this.#begin();
      await delay(tickMs);
    }
    await Promise.all(this.#open);
    this.#agent.destroy();
  }

  /** Resolves once so many events were sent. */
  hasSent(count: number): Promise<void> {
    if (this.sent >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  #begin(): void {
    const id = `${this.#options.prefix}${this.sent++}`;
    const publishing = this.#publish(id);
    this.#open.add(publishing);
    publishing.then(
      () => this.#open.delete(publishing),
      () => undefined,
    );
    for (const { count, resolve } of this.#waiting) if (this.sent === count) resolve();
  }

  async #publish(id: string): Promise<void> {
    const { ledger, eventOf, port } = this.#options;
    const body = JSON.stringify(eventOf(id));
    for (;;) {
      ledger.sent(id, performance.now());
      const posting = postEvent(port, this.#agent, body, patienceMs);
      const status = await posting.then((answer) => answer.status).catch(() => 0);
      this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
      if (status === 204) return ledger.acknowledged(id, performance.now());
      if (status >= 200 && status < 500) throw new Error(`event ${id} is answered with ${status}`);
      await delay(retryMs);
    }
  }
}
