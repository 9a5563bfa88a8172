import {
  ForbiddenError,
  InvalidError,
  NotFoundError,
  TooManyRequestsError,
  UnauthorizedError,
} from "@kyma/kube/errors.ts";
import { setTimeout as delay } from "node:timers/promises";

export type Liveness = "LIVE" | "RECONNECTING";

/** One change from upstream. No key: only the version moved on. No value: the entry is gone. */
export interface Change<T> {
  key?: string;
  value?: T;
  resourceVersion?: string;
}

/** Where a live set comes from: one list, then one watch from its version on. */
export interface Upstream<T, H = undefined> {
  list(signal: AbortSignal): Promise<{ entries: Map<string, T>; head: H; resourceVersion: string }>;
  watch(resourceVersion: string, signal: AbortSignal): AsyncIterable<Change<T>>;
}

export interface LiveSetListener {
  /** Undefined: everything may have changed. */
  changed(key: string | undefined): void;
  livenessChanged(): void;
}

const firstDelayMs = 250;
const longestDelayMs = 15_000;

/** The present state of one list, kept so until it is stopped. What waiting cannot mend (no right, no such kind) ends it with `failure`. */
export class LiveSet<T, H = undefined> {
  readonly entries = new Map<string, T>();
  /** What came with the list besides its entries (columns); undefined until it was read once. */
  head: H | undefined;
  loaded = false;
  liveness: Liveness = "LIVE";
  failure: unknown;
  readonly #upstream: Upstream<T, H>;
  readonly #listeners = new Set<LiveSetListener>();
  readonly #stop = new AbortController();
  #resourceVersion: string | undefined;
  #failures = 0;

  constructor(upstream: Upstream<T, H>) {
    this.#upstream = upstream;
  }

  /** Runs until `stop`; never rejects. */
  async run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted && this.failure === undefined) {
      try {
        if (this.#resourceVersion === undefined) await this.#list(signal);
        await this.#follow(signal);
      } catch (error) {
        if (!signal.aborted) await this.#recover(error, signal);
      }
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  listen(listener: LiveSetListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { entries, head, resourceVersion } = await this.#upstream.list(signal);
    this.entries.clear();
    for (const [key, value] of entries) this.entries.set(key, value);
    this.head = head;
    this.loaded = true;
    this.#resourceVersion = resourceVersion;
    this.#failures = 0;
    for (const listener of this.#listeners) listener.changed(undefined);
    this.#setLiveness("LIVE");
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const startedAt = performance.now();
    for await (const change of this.#upstream.watch(this.#resourceVersion ?? "", signal)) {
      if (change.resourceVersion) this.#resourceVersion = change.resourceVersion;
      if (change.key === undefined) continue;
      if (change.value === undefined) this.entries.delete(change.key);
      else this.entries.set(change.key, change.value);
      for (const listener of this.#listeners) listener.changed(change.key);
    }
    // A proxy in between may end every watch at once.
    const tooSoon = performance.now() - startedAt < firstDelayMs;
    if (tooSoon) await delay(firstDelayMs * 4, undefined, { signal });
  }

  /**
   * After any failure the list is read anew: only a list shows for certain what happened in between, also when the API server came back
   * with an older state. An orderly end of the watch is no failure and goes on from the last version.
   */
  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    this.#resourceVersion = undefined;
    if (isFinal(error)) return this.#fail(error);
    this.#setLiveness("RECONNECTING");
    const capped = Math.min(firstDelayMs * 2 ** this.#failures++, longestDelayMs);
    const asked = error instanceof TooManyRequestsError ? error.retryAfterMs : 0;
    await delay(Math.max(asked, capped * (0.5 + Math.random() / 2)), undefined, { signal }).catch(
      () => undefined,
    );
  }

  #fail(error: unknown): void {
    this.failure = error;
    this.entries.clear();
    for (const listener of this.#listeners) listener.changed(undefined);
  }

  #setLiveness(liveness: Liveness): void {
    if (liveness === this.liveness) return;
    this.liveness = liveness;
    for (const listener of this.#listeners) listener.livenessChanged();
  }
}

function isFinal(error: unknown): boolean {
  const final = [ForbiddenError, InvalidError, NotFoundError, UnauthorizedError, TypeError];
  return final.some((kind) => error instanceof kind);
}
