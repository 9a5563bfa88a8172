/** Something whose present state can be read at any time, and which says when that changed. */
export interface Changing<T> {
  /** Begins to call `wake` at every change; returns how to stop. */
  open(wake: () => void): () => void;
  /** What the reader has not seen yet, undefined when there is nothing. Throws when the source has failed. */
  take(): { value: T } | undefined;
}

/**
 * A stream that gives each reader the latest state at the reader's own pace: while it is busy changes only wake it, nothing is queued.
 * Written by hand because an async generator that waits for an event cannot be stopped from outside.
 */
export function latest<T>(source: Changing<T>, leastMsBetween = 0): AsyncIterableIterator<T> {
  return new LatestStream(source, leastMsBetween);
}

class LatestStream<T> implements AsyncIterableIterator<T> {
  readonly #source: Changing<T>;
  readonly #leastMs: number;
  #close: (() => void) | undefined;
  #resume: (() => void) | undefined;
  #pausing = false;
  #timer: NodeJS.Timeout | undefined;
  #sentAt = -Infinity;
  #done = false;

  constructor(source: Changing<T>, leastMs: number) {
    this.#source = source;
    this.#leastMs = leastMs;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    this.#close ??= this.#source.open(() => this.#pausing || this.#resume?.());
    while (!this.#done) {
      const wait = this.#sentAt + this.#leastMs - performance.now();
      const taken = wait <= 0 ? this.#take() : undefined;
      if (taken) {
        this.#sentAt = performance.now();
        return { done: false, value: taken.value };
      }
      await this.#changed(wait);
    }
    return { done: true, value: undefined };
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#finish();
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    this.#finish();
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }

  #take(): { value: T } | undefined {
    try {
      return this.#source.take();
    } catch (error) {
      this.#finish();
      throw error;
    }
  }

  /** Settles at the next change; while the pause since the last message lasts, at its end. */
  #changed(pauseMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#resume = resolve;
      this.#pausing = pauseMs > 0;
      if (this.#pausing) this.#timer = setTimeout(resolve, pauseMs);
    });
  }

  #finish(): void {
    if (this.#done) return;
    this.#done = true;
    this.#close?.();
    this.#close = undefined;
    clearTimeout(this.#timer);
    this.#resume?.();
  }
}
