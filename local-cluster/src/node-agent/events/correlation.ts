/** One thing that happened to a pod. */
export interface Occurrence {
  type: "Normal" | "Warning";
  reason: string;
  message: string;
  /** `spec.containers{name}`; absent for the pod as a whole. */
  fieldPath?: string;
}

/** How often something happened, and under which Event that is written. */
export interface Counted {
  eventName: string;
  count: number;
  first: number;
  last: number;
}

const mostRemembered = 4096;
/** As client-go: a burst, then one per five minutes and object, so that a loop cannot flood the store. */
const burst = 25;
const refillMs = 300_000;

/** Counts equal Events instead of repeating them, and drops what floods. Times in milliseconds. */
export class EventCorrelator {
  readonly #known = new Map<string, Counted>();
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  /** Undefined when the object has had too many Events lately. */
  count(owner: string, occurrence: Occurrence, newName: () => string, now: number): Counted | undefined {
    if (!this.#takeToken(owner, now)) return undefined;
    const key = JSON.stringify([
      owner,
      occurrence.type,
      occurrence.reason,
      occurrence.message,
      occurrence.fieldPath,
    ]);
    const known = this.#known.get(key);
    const counted = known
      ? { ...known, count: known.count + 1, last: now }
      : { eventName: newName(), count: 1, first: now, last: now };
    // Re-inserted, so that the map's order is by last use.
    this.#known.delete(key);
    this.#known.set(key, counted);
    const oldest = this.#known.keys().next();
    if (this.#known.size > mostRemembered && !oldest.done) this.#known.delete(oldest.value);
    return counted;
  }

  /** The Event is gone from the API server: the next one like it begins anew. */
  forget(eventName: string): void {
    for (const [key, counted] of this.#known) if (counted.eventName === eventName) this.#known.delete(key);
  }

  #takeToken(owner: string, now: number): boolean {
    const bucket = this.#buckets.get(owner) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + (now - bucket.at) / refillMs);
    if (this.#buckets.size > mostRemembered) this.#buckets.clear();
    this.#buckets.set(owner, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return tokens >= 1;
  }
}
