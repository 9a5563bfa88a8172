/** What something used in one interval: cores on average, bytes at its end. `at` in milliseconds since 1970. */
export interface UsageSample {
  at: number;
  cpuCores: number;
  memoryBytes: number;
}

const fields = 3;

/** The last `capacity` samples, in memory of a fixed size. */
export class SampleRing {
  readonly #values: Float64Array;
  readonly #capacity: number;
  #count = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#values = new Float64Array(capacity * fields);
  }

  push({ at, cpuCores, memoryBytes }: UsageSample): void {
    this.#values.set([at, cpuCores, memoryBytes], (this.#count % this.#capacity) * fields);
    this.#count += 1;
  }

  /** Oldest first. */
  samples(): UsageSample[] {
    const first = Math.max(0, this.#count - this.#capacity);
    return Array.from({ length: this.#count - first }, (_, index) => this.#read(first + index));
  }

  get last(): UsageSample | undefined {
    return this.#count === 0 ? undefined : this.#read(this.#count - 1);
  }

  #read(index: number): UsageSample {
    const at = (index % this.#capacity) * fields;
    const [time = 0, cpuCores = 0, memoryBytes = 0] = this.#values.subarray(at, at + fields);
    return { at: time, cpuCores, memoryBytes };
  }
}
