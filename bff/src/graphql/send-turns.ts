/**
 * Lets the subscriptions of one socket send a few messages at a time. Without it each of them would have one waiting while the browser reads
 * slowly; with it those that wait for a turn ask their source for nothing, and so go on with its latest state.
 */
export class SendTurns {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(atOnce = 4) {
    this.#free = atOnce;
  }

  /** The same messages, each when it is its turn. A turn lasts until the next message is asked for: then this one has been sent. */
  pace<T>(stream: AsyncIterator<T>): AsyncIterableIterator<T> {
    return new PacedStream(stream, this);
  }

  /** Calls back once, at once when a turn is free; returns how not to wait any longer. */
  take(granted: () => void): () => void {
    if (this.#free > 0) {
      this.#free -= 1;
      granted();
    } else this.#waiting.add(granted);
    return () => this.#waiting.delete(granted);
  }

  give(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}

class PacedStream<T> implements AsyncIterableIterator<T> {
  readonly #stream: AsyncIterator<T>;
  readonly #turns: SendTurns;
  #holds = false;
  #ended = false;
  /** Ends the wait for a turn without one. */
  #giveUp: (() => void) | undefined;

  constructor(stream: AsyncIterator<T>, turns: SendTurns) {
    this.#stream = stream;
    this.#turns = turns;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T>> {
    this.#giveBack();
    const result = await this.#stream.next();
    if (!result.done && !this.#ended) await this.#turn();
    return result;
  }

  async return(): Promise<IteratorResult<T>> {
    this.#end();
    await this.#stream.return?.();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<T>> {
    this.#end();
    await this.#stream.return?.();
    throw error;
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#turns.take(() => {
        this.#holds = true;
        resolve();
      });
      this.#giveUp = () => {
        cancel();
        resolve();
      };
    });
  }

  #end(): void {
    this.#ended = true;
    this.#giveBack();
    this.#giveUp?.();
  }

  #giveBack(): void {
    if (this.#holds) this.#turns.give();
    this.#holds = false;
  }
}
