import { parseKeys, type StaticKeys } from "./key-documents.ts";

/** Fetches the JWKS document of a URI; rejects with a sentence. */
export type KeyFetch = (uri: string) => Promise<string>;

export interface CurrentKeys {
  keys: StaticKeys;
  /** Differs after every change of the keys. */
  version: symbol;
}

const refreshAfterMs = 20 * 60_000;
/** Keys that could not be refreshed are used this long, then tokens are refused. */
const longestUseMs = 60 * 60_000;
const betweenFetchesMs = 30_000;
/** Until a first set is there, attempts come sooner: 1 s, 2 s, 4 s … 30 s. */
const firstRetryMs = 1000;

export interface KeySetOptions {
  fetch: KeyFetch;
  /** Milliseconds of a clock that never jumps. */
  now: () => number;
  onError: (uri: string, error: unknown) => void;
}

/** The keys of one jwksUri, fetched at most once per 30 s whatever the requests hold. */
export class KeySet {
  readonly #uri: string;
  readonly #options: KeySetOptions;
  #current: CurrentKeys | undefined;
  #document: string | undefined;
  #fetchedAt = 0;
  #attemptedAt = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #pending: Promise<void> | undefined;

  constructor(uri: string, options: KeySetOptions) {
    this.#uri = uri;
    this.#options = options;
  }

  /** Keys that may be used now, without waiting; starts a refresh when they are getting old. */
  usable(): CurrentKeys | undefined {
    const age = this.#options.now() - this.#fetchedAt;
    if (this.#current && age > refreshAfterMs) void this.#fetchIfAllowed();
    return age > longestUseMs ? undefined : this.#current;
  }

  /** As usable(), but waits for a fetch when there is nothing to use. */
  async ready(): Promise<CurrentKeys | undefined> {
    const current = this.usable();
    if (current) return current;
    await this.#fetchIfAllowed();
    return this.usable();
  }

  /** After an unknown key id: the keys of a fetch newer than `seen`, if one may be made now. */
  async newerThan(seen: symbol): Promise<CurrentKeys | undefined> {
    await this.#fetchIfAllowed();
    const current = this.usable();
    return current && current.version !== seen ? current : undefined;
  }

  #fetchIfAllowed(): Promise<void> | undefined {
    if (this.#pending) return this.#pending;
    const wait = this.#current
      ? betweenFetchesMs
      : Math.min(firstRetryMs * 2 ** (this.#failures - 1), betweenFetchesMs);
    if (this.#options.now() - this.#attemptedAt < wait) return undefined;
    this.#attemptedAt = this.#options.now();
    this.#pending = this.#fetch().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #fetch(): Promise<void> {
    try {
      const document = await this.#options.fetch(this.#uri);
      const keys = parseKeys(document);
      if (!keys) throw new Error("the document is not a JSON Web Key Set with public keys");
      if (document !== this.#document) this.#current = { keys, version: Symbol(this.#uri) };
      this.#document = document;
      this.#fetchedAt = this.#options.now();
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      this.#options.onError(this.#uri, error);
    }
  }
}

/** The key sets of all jwksUris in the configuration. */
export class KeySets {
  readonly #options: KeySetOptions;
  readonly #sets = new Map<string, KeySet>();

  constructor(options: KeySetOptions) {
    this.#options = options;
  }

  get(uri: string): KeySet {
    const known = this.#sets.get(uri);
    if (known) return known;
    const made = new KeySet(uri, this.#options);
    this.#sets.set(uri, made);
    return made;
  }

  /** Forgets what the configuration no longer names and fetches what is new, so that a first request need not wait. */
  keepOnly(uris: ReadonlySet<string>): void {
    for (const uri of this.#sets.keys()) if (!uris.has(uri)) this.#sets.delete(uri);
    for (const uri of uris) if (!this.#sets.has(uri)) void this.get(uri).ready();
  }
}
