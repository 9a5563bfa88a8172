import { setTimeout as delay } from "node:timers/promises";
import type { Changing } from "../graphql/latest.ts";
import { problemOf, type Attempted, type EventingProblem } from "./problems.ts";

/** Where the items of a feed come from. */
export interface FeedUpstream<T> {
  /** `onOpen` must be called once nothing is missed any more. What could not be sent is told as a number. */
  open(signal: AbortSignal, onOpen: () => void): AsyncIterable<T | number>;
  attempted: Attempted;
}

/** What came of a feed since it was taken last. */
export interface FeedBatch<T> {
  watching: boolean;
  /** The feed was opened since: what happened between this batch and the last may be missing. */
  opened: boolean;
  items: T[];
  omitted: number;
  problem: EventingProblem | null;
}

const mostWaiting = 500;
const shortestPauseMs = 250;
const longestPauseMs = 5000;
/** A stream that lived so long ends the growing of pauses between attempts. */
const steadyMs = 5000;

/**
 * Things that happen and leave no state behind, as they happen. A stream that ends is opened again; what happens in between is missed.
 * What a slow reader cannot take is left out, the oldest first, and counted.
 */
export class WatchFeed<T> implements Changing<FeedBatch<T>> {
  readonly #upstream: FeedUpstream<T>;
  readonly #stop = new AbortController();
  #wake: () => void = () => undefined;
  #items: T[] = [];
  #omitted = 0;
  #watching = false;
  #hasOpened = false;
  #problem: EventingProblem | undefined;
  #told = "";

  constructor(upstream: FeedUpstream<T>) {
    this.#upstream = upstream;
  }

  open(wake: () => void): () => void {
    this.#wake = wake;
    void this.#run(this.#stop.signal);
    return () => this.#stop.abort();
  }

  take(): { value: FeedBatch<T> } | undefined {
    const state = { watching: this.#watching, problem: this.#problem ?? null };
    const told = JSON.stringify(state);
    const isNews = this.#items.length > 0 || this.#omitted > 0 || this.#hasOpened || told !== this.#told;
    // Until it is open there is nothing to say.
    if (!isNews || (this.#told === "" && !this.#watching && !this.#problem)) return undefined;
    const value = { ...state, opened: this.#hasOpened, items: this.#items, omitted: this.#omitted };
    this.#told = told;
    this.#hasOpened = false;
    this.#items = [];
    this.#omitted = 0;
    return { value };
  }

  /** Never rejects. */
  async #run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures++) {
      const startedAt = performance.now();
      try {
        for await (const item of this.#upstream.open(signal, () => this.#opened())) this.#add(item);
        if (!signal.aborted) this.#closed(undefined);
      } catch (error) {
        if (signal.aborted) return;
        this.#closed(problemOf(error, this.#upstream.attempted));
      }
      if (performance.now() - startedAt > steadyMs) failures = 0;
      const pauseMs = Math.min(longestPauseMs, shortestPauseMs * 2 ** Math.min(failures, 10));
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  #opened(): void {
    this.#watching = true;
    this.#hasOpened = true;
    this.#problem = undefined;
    this.#wake();
  }

  #closed(problem: EventingProblem | undefined): void {
    this.#watching = false;
    this.#problem = problem;
    this.#wake();
  }

  #add(item: T | number): void {
    if (typeof item === "number") this.#omitted += item;
    else this.#items.push(item);
    if (this.#items.length > mostWaiting) {
      this.#items.shift();
      this.#omitted += 1;
    }
    this.#wake();
  }
}
