/**
 * Queues by key: of one key an item at a time is given out, in the order in which they were added; different keys take turns. In memory
 * only, and with no idea of what the items are.
 */
export class Lanes<T> {
  readonly #lanes = new Map<string, { items: T[]; isBusy: boolean }>();
  /** Keys whose first item may be given out. */
  readonly #ready: string[] = [];

  add(key: string, item: T): void {
    const lane = this.#lanes.get(key);
    if (lane) {
      lane.items.push(item);
      return;
    }
    this.#lanes.set(key, { items: [item], isBusy: false });
    this.#ready.push(key);
  }

  /** The first item of a key that none was given out of. It stays first until it is `finished`. */
  next(): { key: string; item: T } | undefined {
    const key = this.#ready.shift();
    const lane = key === undefined ? undefined : this.#lanes.get(key);
    const [item] = lane?.items ?? [];
    if (key === undefined || !lane || item === undefined) return undefined;
    lane.isBusy = true;
    return { key, item };
  }

  /** The item that was given out of this key is done with. */
  finished(key: string): void {
    const lane = this.#lanes.get(key);
    if (!lane) return;
    lane.items.shift();
    if (lane.items.length === 0) this.#lanes.delete(key);
    else this.again(key);
  }

  /** The item that was given out of this key may be given out once more. */
  again(key: string): void {
    const lane = this.#lanes.get(key);
    if (!lane?.isBusy) return;
    lane.isBusy = false;
    this.#ready.push(key);
  }

  /** The item that was given out of this key comes next: nothing was done with it. */
  putBack(key: string): void {
    const lane = this.#lanes.get(key);
    if (!lane?.isBusy) return;
    lane.isBusy = false;
    this.#ready.unshift(key);
  }

  /** Takes out all items that are not given out, in no order. */
  takeWaiting(): T[] {
    const taken: T[] = [];
    for (const [key, lane] of this.#lanes) {
      taken.push(...lane.items.splice(lane.isBusy ? 1 : 0));
      if (lane.items.length === 0) this.#lanes.delete(key);
    }
    this.#ready.length = 0;
    return taken;
  }
}
