interface Entry<T> {
  value: T;
  readers: number;
  linger?: NodeJS.Timeout | undefined;
}

/** What several readers have in common, by key. It is closed some time after its last reader has left. */
export class SharedByKey<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #lingerMs: number;
  readonly #close: (value: T) => void;

  constructor(lingerMs: number, close: (value: T) => void) {
    this.#lingerMs = lingerMs;
    this.#close = close;
  }

  get count(): number {
    return this.#entries.size;
  }

  /** One that is not usable any more is left to its readers; who comes now gets another. `leave` must be called once. */
  join(
    key: string,
    open: () => T,
    isUsable: (value: T) => boolean = () => true,
  ): { value: T; leave: () => void } {
    const found = this.#entries.get(key);
    const entry = found && isUsable(found.value) ? found : { value: open(), readers: 0 };
    this.#entries.set(key, entry);
    entry.readers += 1;
    clearTimeout(entry.linger);
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      entry.readers -= 1;
      if (entry.readers === 0) entry.linger = setTimeout(() => this.#end(key, entry), this.#lingerMs).unref();
    };
    return { value: entry.value, leave };
  }

  /** Closes it although there are readers; the next one to come gets another. */
  drop(key: string, value: T): void {
    const entry = this.#entries.get(key);
    if (entry?.value === value) this.#end(key, entry);
  }

  closeAll(): void {
    for (const [key, entry] of this.#entries) this.#end(key, entry);
  }

  #end(key: string, entry: Entry<T>): void {
    clearTimeout(entry.linger);
    this.#close(entry.value);
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }
}
