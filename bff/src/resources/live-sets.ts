import { LiveSet, type Upstream } from "./live-set.ts";

interface Shared {
  set: LiveSet<unknown, unknown>;
  readers: number;
  linger?: NodeJS.Timeout | undefined;
}

/** One upstream watch per key, whoever reads it and however often; it ends some seconds after its last reader has left. */
export class LiveSets {
  readonly #shared = new Map<string, Shared>();
  readonly #lingerMs: number;

  constructor(lingerMs = 5000) {
    this.#lingerMs = lingerMs;
  }

  /** Upstream watches that are open now. */
  get count(): number {
    return this.#shared.size;
  }

  /**
   * Joins the set of this key. The key must name everything that decides what is in it, the identity first: a set is never shown to
   * another identity. `leave` must be called once.
   */
  join<T, H>(key: string, upstream: () => Upstream<T, H>): { set: LiveSet<T, H>; leave: () => void } {
    const shared = this.#shared.get(key) ?? this.#start(key, upstream);
    shared.readers += 1;
    clearTimeout(shared.linger);
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      shared.readers -= 1;
      if (shared.readers === 0)
        shared.linger = setTimeout(() => this.#end(key, shared), this.#lingerMs).unref();
    };
    return { set: shared.set as LiveSet<T, H>, leave };
  }

  close(): void {
    for (const [key, shared] of this.#shared) this.#end(key, shared);
  }

  #start(key: string, upstream: () => Upstream<unknown, unknown>): Shared {
    const shared: Shared = { set: new LiveSet(upstream()), readers: 0 };
    this.#shared.set(key, shared);
    // A set that failed for good is left to its readers; the next one to come tries anew.
    void shared.set.run().finally(() => this.#end(key, shared));
    return shared;
  }

  #end(key: string, shared: Shared): void {
    clearTimeout(shared.linger);
    shared.set.stop();
    if (this.#shared.get(key) === shared) this.#shared.delete(key);
  }
}
