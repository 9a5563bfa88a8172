interface Sample {
  /** Unix ms. */
  at: number;
  count: number;
}

const windowMs = 10_000;

/** Rates of counters that only grow, by key: over the last ten seconds of what was noted. */
export class Rates {
  readonly #samples = new Map<string, Sample[]>();

  /** Notes all counters as they are at one time; those that are not named are forgotten. */
  note(counts: Iterable<readonly [key: string, count: number]>, at: number): void {
    const seen = new Set<string>();
    for (const [key, count] of counts) {
      seen.add(key);
      this.#samples.set(key, added(this.#samples.get(key) ?? [], { at, count }));
    }
    for (const key of this.#samples.keys()) if (!seen.has(key)) this.#samples.delete(key);
  }

  /** Per second; null until it was noted twice. */
  of(key: string): number | null {
    const samples = this.#samples.get(key) ?? [];
    const [first] = samples;
    const last = samples.at(-1);
    if (!first || !last || first.at === last.at) return null;
    return ((last.count - first.count) * 1000) / (last.at - first.at);
  }
}

/** A counter that went back began anew: what was noted before says nothing about it. Pure. */
function added(samples: readonly Sample[], next: Sample): Sample[] {
  if (next.count < (samples.at(-1)?.count ?? 0)) return [next];
  return [...samples.filter(({ at }) => at >= next.at - windowMs), next];
}
