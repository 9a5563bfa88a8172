import {
  AnswerTooLargeError,
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

/** Some entries of a list of which more come. */
export interface ListPage<T, H = undefined> {
  entries: Iterable<readonly [string, T]>;
  head: H;
  /** Entries that the server still has to send after these. */
  remaining: number;
}

/** What is told while a list is read. */
export interface ListProgress<T, H = undefined> {
  /** It is tried again inside. */
  trouble(): void;
  /** A page is there and others follow; not called when it is not known how many entries they hold. */
  arrived(page: ListPage<T, H>): void;
}

/** Where a live set comes from: one list, then one watch from its version on. */
export interface Upstream<T, H = undefined> {
  list(
    signal: AbortSignal,
    progress: ListProgress<T, H>,
  ): Promise<{ entries: Map<string, T>; head: H; resourceVersion: string }>;
  /** `opened` must be called once the API server has accepted the watch: until then changes may be missing. */
  watch(resourceVersion: string, signal: AbortSignal, opened: () => void): AsyncIterable<Change<T>>;
  /** The new value of an entry, with what the one of before tells more exactly. */
  merge?(value: T, before: T): T;
  /**
   * Rejects with ForbiddenError when the person may not read this any more: a watch that is open already goes on upstream although its
   * right was taken away.
   */
  check?(signal: AbortSignal): Promise<void>;
}

export interface LiveSetListener {
  /** Undefined: everything may have changed. */
  changed(key: string | undefined): void;
  livenessChanged(): void;
  /** More of the first list is there. Its first page and its end are told as changes of everything. */
  arrivingChanged?(): void;
}

const firstDelayMs = 250;
const longestDelayMs = 15_000;
/** How long a watch that ended in order may take to be opened again before the person is told. */
const reopenMs = 2000;
const checkEveryMs = 5000;
/** A watch that lived so long ends the growing of pauses between attempts. */
const steadyMs = 5000;

/** The present state of one list, kept so until it is stopped. What waiting cannot mend (no right, no such kind) ends it with `failure`. */
export class LiveSet<T, H = undefined> {
  readonly entries = new Map<string, T>();
  /** What came with the list besides its entries (columns); undefined until it was read once. */
  head: H | undefined;
  /** False until the first list is complete; what is in `entries` before is some of it. */
  loaded = false;
  /** Entries that the first list still has to bring; undefined when they cannot be counted, and once it is there. */
  arriving: number | undefined;
  liveness: Liveness = "LIVE";
  /** Since when changes may be missing (Unix ms); undefined while LIVE. */
  staleSince: number | undefined;
  failure: unknown;
  readonly #upstream: Upstream<T, H>;
  readonly #listeners = new Set<LiveSetListener>();
  readonly #stop = new AbortController();
  #resourceVersion: string | undefined;
  #failures = 0;
  #heardAt = Date.now();

  constructor(upstream: Upstream<T, H>) {
    this.#upstream = upstream;
  }

  /** Runs until `stop`; never rejects. */
  async run(): Promise<void> {
    const { signal } = this.#stop;
    if (this.#upstream.check) void this.#checkRights(signal);
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
    // A list that is read again replaces what is shown only as a whole.
    const isFirst = !this.loaded && this.arriving === undefined;
    const { entries, head, resourceVersion } = await this.#upstream.list(signal, {
      trouble: () => this.#stale(Date.now()),
      arrived: (page) => isFirst && this.#arrive(page),
    });
    const merged = [...entries].map(([key, value]) => [key, this.#merged(key, value)] as const);
    this.entries.clear();
    for (const [key, value] of merged) this.entries.set(key, value);
    this.head = head;
    this.loaded = true;
    this.arriving = undefined;
    this.#resourceVersion = resourceVersion;
    for (const listener of this.#listeners) listener.changed(undefined);
  }

  #arrive({ entries, head, remaining }: ListPage<T, H>): void {
    const begins = this.arriving === undefined;
    for (const [key, value] of entries) this.entries.set(key, value);
    this.head = head;
    this.arriving = remaining;
    for (const listener of this.#listeners) {
      if (begins) listener.changed(undefined);
      else listener.arrivingChanged?.();
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const startedAt = performance.now();
    const late = setTimeout(() => this.#stale(this.#heardAt), reopenMs).unref();
    const opened = (): void => {
      clearTimeout(late);
      this.#heard();
    };
    try {
      for await (const change of this.#upstream.watch(this.#resourceVersion ?? "", signal, opened)) {
        this.#heard();
        this.#take(change);
      }
    } finally {
      clearTimeout(late);
      if (performance.now() - startedAt > steadyMs) this.#failures = 0;
    }
    // A proxy in between may end every watch at once.
    const tooSoon = performance.now() - startedAt < firstDelayMs;
    if (tooSoon) await delay(firstDelayMs * 4, undefined, { signal });
  }

  #take(change: Change<T>): void {
    if (change.resourceVersion) this.#resourceVersion = change.resourceVersion;
    if (change.key === undefined) return;
    if (change.value === undefined) this.entries.delete(change.key);
    else this.entries.set(change.key, this.#merged(change.key, change.value));
    for (const listener of this.#listeners) listener.changed(change.key);
  }

  #merged(key: string, value: T): T {
    const before = this.entries.get(key);
    return before === undefined || !this.#upstream.merge ? value : this.#upstream.merge(value, before);
  }

  /**
   * After any failure the list is read anew: only a list shows for certain what happened in between, also when the API server came back
   * with an older state. An orderly end of the watch is no failure and goes on from the last version.
   */
  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    this.#resourceVersion = undefined;
    if (isFinal(error)) return this.#fail(error);
    this.#stale(Date.now());
    const capped = Math.min(firstDelayMs * 2 ** this.#failures++, longestDelayMs);
    const asked = error instanceof TooManyRequestsError ? error.retryAfterMs : 0;
    await delay(Math.max(asked, capped * (0.5 + Math.random() / 2)), undefined, { signal }).catch(
      () => undefined,
    );
  }

  /** Whatever keeps the question from being answered is the watch's to notice. */
  async #checkRights(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await delay(checkEveryMs * (0.8 + Math.random() * 0.4), undefined, { signal, ref: false });
        if (this.loaded) await this.#upstream.check?.(signal);
      } catch (error) {
        if (signal.aborted || !isRightsLost(error)) continue;
        this.#fail(error);
        this.stop();
      }
    }
  }

  #fail(error: unknown): void {
    this.failure = error;
    this.entries.clear();
    this.arriving = undefined;
    for (const listener of this.#listeners) listener.changed(undefined);
  }

  #heard(): void {
    this.#heardAt = Date.now();
    if (this.liveness !== "LIVE") this.#setLiveness("LIVE", undefined);
  }

  #stale(since: number): void {
    if (this.liveness === "LIVE") this.#setLiveness("RECONNECTING", since);
  }

  #setLiveness(liveness: Liveness, staleSince: number | undefined): void {
    this.liveness = liveness;
    this.staleSince = staleSince;
    for (const listener of this.#listeners) listener.livenessChanged();
  }
}

function isRightsLost(error: unknown): boolean {
  return error instanceof ForbiddenError || error instanceof UnauthorizedError;
}

function isFinal(error: unknown): boolean {
  const final = [
    AnswerTooLargeError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    UnauthorizedError,
    TypeError,
  ];
  return final.some((kind) => error instanceof kind);
}
