/** A queue that forgets its oldest when it is full; reading any place is as quick as an array's. */
export class LineQueue<T> {
  readonly #limit: number;
  #items: T[] = [];
  #head = 0;
  /** Items that were forgotten or taken so far. */
  dropped = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get length(): number {
    return this.#items.length - this.#head;
  }

  get first(): T | undefined {
    return this.#items[this.#head];
  }

  at(index: number): T | undefined {
    return index < 0 ? undefined : this.#items[this.#head + index];
  }

  push(item: T): void {
    this.#items.push(item);
    if (this.length > this.#limit) this.shift();
  }

  shift(): void {
    if (this.length === 0) return;
    this.#head += 1;
    this.dropped += 1;
    if (this.#head > 20_000) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
  }

  slice(from: number, to: number): T[] {
    return this.#items.slice(this.#head + Math.max(0, from), this.#head + Math.max(0, to));
  }

  clear(): void {
    this.dropped += this.length;
    this.#items = [];
    this.#head = 0;
  }

  /** The first place whose item is not below; items must be in order. */
  lowerBound(isBelow: (item: T) => boolean): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const item = this.at(middle);
      if (item !== undefined && isBelow(item)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
