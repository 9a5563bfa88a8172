export type IndexFunctions<T> = Record<string, (object: T) => string[]>;

/** For each index: value → keys of the objects that hold it. An object for which a function throws has no values in that index. */
export class Indexes<T> {
  readonly #functions: IndexFunctions<T>;
  readonly #onError: (error: unknown) => void;
  readonly #keys = new Map<string, Map<string, Set<string>>>();

  /** `onError` is told when a function throws for an object that is taken in. */
  constructor(functions: IndexFunctions<T>, onError: (error: unknown) => void) {
    this.#functions = functions;
    this.#onError = onError;
    for (const name of Object.keys(functions)) this.#keys.set(name, new Map());
  }

  keys(index: string, value: string): string[] {
    const values = this.#keys.get(index);
    if (!values) throw new TypeError(`there is no index "${index}"`);
    return [...(values.get(value) ?? [])];
  }

  update(key: string, next: T | undefined, previous: T | undefined): void {
    for (const [name, valuesOf] of Object.entries(this.#functions)) {
      const values = this.#keys.get(name) as Map<string, Set<string>>;
      for (const value of previous ? this.#valuesOf(valuesOf, previous) : []) {
        const keys = values.get(value);
        keys?.delete(key);
        if (keys?.size === 0) values.delete(value);
      }
      for (const value of next ? this.#valuesOf(valuesOf, next, this.#onError) : []) {
        const keys = values.get(value) ?? new Set();
        values.set(value, keys.add(key));
      }
    }
  }

  #valuesOf(valuesOf: (object: T) => string[], object: T, onError?: (error: unknown) => void): string[] {
    try {
      return valuesOf(object);
    } catch (error) {
      onError?.(error);
      return [];
    }
  }
}
