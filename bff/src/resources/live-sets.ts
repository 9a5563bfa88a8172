import { LiveSet, type Upstream } from "./live-set.ts";
import { SharedByKey } from "./shared-by-key.ts";

/** One upstream watch per key, whoever reads it and however often; it ends some seconds after its last reader has left. */
export class LiveSets {
  readonly #shared: SharedByKey<LiveSet<unknown, unknown>>;

  constructor(lingerMs = 5000) {
    this.#shared = new SharedByKey(lingerMs, (set) => set.stop());
  }

  /** Upstream watches that are open now. */
  get count(): number {
    return this.#shared.count;
  }

  /**
   * Joins the set of this key. The key must name everything that decides what is in it, the identity first: a set is never shown to
   * another identity. `leave` must be called once.
   */
  join<T, H>(key: string, upstream: () => Upstream<T, H>): { set: LiveSet<T, H>; leave: () => void } {
    const { value, leave } = this.#shared.join(key, () => this.#start(key, upstream()));
    return { set: value as LiveSet<T, H>, leave };
  }

  close(): void {
    this.#shared.closeAll();
  }

  #start(key: string, upstream: Upstream<unknown, unknown>): LiveSet<unknown, unknown> {
    const set = new LiveSet(upstream);
    // A set that failed for good is left to its readers; the next one to come tries anew.
    void set.run().finally(() => this.#shared.drop(key, set));
    return set;
  }
}
