/** Counts failures per client, so that nobody can try many tokens. Bounded: a new minute forgets everything. */
export class Attempts {
  readonly #most: number;
  readonly #perMs: number;
  readonly #failures = new Map<string, number>();
  #since = Date.now();

  constructor(most = 10, perMs = 60_000) {
    this.#most = most;
    this.#perMs = perMs;
  }

  /** Seconds until the client may try again; 0: now. */
  waitSeconds(client: string): number {
    this.#forget();
    const tooMany = (this.#failures.get(client) ?? 0) >= this.#most || this.#failures.size > 10_000;
    return tooMany ? Math.ceil((this.#since + this.#perMs - Date.now()) / 1000) : 0;
  }

  failed(client: string): void {
    this.#forget();
    this.#failures.set(client, (this.#failures.get(client) ?? 0) + 1);
  }

  #forget(): void {
    if (Date.now() - this.#since < this.#perMs) return;
    this.#since = Date.now();
    this.#failures.clear();
  }
}
