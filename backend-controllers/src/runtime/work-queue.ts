import { type Clock, systemClock } from "./clock.ts";

export interface WorkQueueOptions {
  clock?: Clock;
  /** 0 ≤ n < 1; spreads retries. */
  random?: () => number;
  minBackoffMs?: number;
  maxBackoffMs?: number;
  observer?: WorkQueueObserver;
}

/** Told what happens, for metrics; durations in seconds. */
export interface WorkQueueObserver {
  added(): void;
  retried(): void;
  taken(waitedSeconds: number): void;
  finished(workedSeconds: number): void;
}

/**
 * Keys that need a look. A key waits at most once, is never handed out twice at the same time, and a key added while in
 * work is handed out again afterwards. Failures back off per key: 250 ms doubling to 5 min, plus up to a fifth of jitter.
 */
export class WorkQueue {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #minBackoffMs: number;
  readonly #maxBackoffMs: number;
  readonly #observer: WorkQueueObserver | undefined;
  /** key → when it was added; a Map keeps the order of arrival. */
  readonly #waiting = new Map<string, number>();
  readonly #active = new Map<string, number>();
  readonly #addedWhileActive = new Set<string>();
  readonly #due = new Map<string, { at: number; cancel: () => void }>();
  readonly #failures = new Map<string, number>();
  readonly #takers: ((key: string | undefined) => void)[] = [];

  constructor(options: WorkQueueOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#minBackoffMs = options.minBackoffMs ?? 250;
    this.#maxBackoffMs = options.maxBackoffMs ?? 300_000;
    this.#observer = options.observer;
  }

  /** Keys ready to be taken. */
  get depth(): number {
    return this.#waiting.size;
  }

  /** Seconds each key in work has been in work. */
  activeSeconds(): number[] {
    return [...this.#active.values()].map((since) => (this.#clock.now() - since) / 1000);
  }

  /** Has `key` looked at as soon as a worker is free; a pending later look is dropped, for this one replaces it. */
  add(key: string): void {
    this.#dropDue(key);
    if (this.#active.has(key)) {
      this.#addedWhileActive.add(key);
      return;
    }
    if (this.#waiting.has(key)) return;
    this.#waiting.set(key, this.#clock.now());
    this.#observer?.added();
    this.#handOut();
  }

  /** Has `key` looked at in `ms`, or earlier if that is already planned. */
  addAfter(key: string, ms: number): void {
    const at = this.#clock.now() + ms;
    const planned = this.#due.get(key);
    if (planned !== undefined && planned.at <= at) return;
    this.#dropDue(key);
    this.#due.set(key, { at, cancel: this.#clock.after(ms, () => this.add(key)) });
  }

  /** Plans the next try of a key that failed, not before `atLeastMs`; returns the delay in ms. */
  retry(key: string, atLeastMs = 0): number {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    const backoff = Math.min(this.#minBackoffMs * 2 ** Math.min(failures, 30), this.#maxBackoffMs);
    const delay = Math.max(backoff, atLeastMs) * (1 + this.#random() / 5);
    this.#observer?.retried();
    this.addAfter(key, delay);
    return delay;
  }

  /** The key did well: its next failure starts the backoff anew. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** The next key, to be given back with `done`; undefined once `signal` aborts. */
  take(signal: AbortSignal): Promise<string | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const leave = () => {
        this.#takers.splice(this.#takers.indexOf(taker), 1);
        resolve(undefined);
      };
      const taker = (key: string | undefined) => {
        signal.removeEventListener("abort", leave);
        resolve(key);
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#takers.push(taker);
      this.#handOut();
    });
  }

  /** Ends the work on a key that `take` gave. */
  done(key: string): void {
    const since = this.#active.get(key);
    if (since === undefined) return;
    this.#active.delete(key);
    this.#observer?.finished((this.#clock.now() - since) / 1000);
    if (this.#addedWhileActive.delete(key)) this.add(key);
  }

  /** Cancels all timers; keys that wait stay where they are. */
  close(): void {
    for (const key of this.#due.keys()) this.#dropDue(key);
  }

  #dropDue(key: string): void {
    this.#due.get(key)?.cancel();
    this.#due.delete(key);
  }

  #handOut(): void {
    for (;;) {
      const first = this.#waiting.entries().next();
      if (first.done === true) return;
      const taker = this.#takers.shift();
      if (taker === undefined) return;
      const [key, since] = first.value;
      this.#waiting.delete(key);
      this.#active.set(key, this.#clock.now());
      this.#observer?.taken((this.#clock.now() - since) / 1000);
      taker(key);
    }
  }
}
