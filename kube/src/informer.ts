import { setTimeout as delay } from "node:timers/promises";
import type { KubeClient, Selection } from "./client.ts";
import { GoneError, TooManyRequestsError } from "./errors.ts";
import { keyOf, keyText, type KubeObject, type ObjectKey, type ResourceType } from "./objects.ts";
import { Indexes, type IndexFunctions } from "./indexes.ts";
import { MalformedWatchError, type WatchEvent } from "./watch.ts";

export type InformerState = "starting" | "live" | "reconnecting";
export type ChangeListener<T> = (next: T | undefined, previous: T | undefined) => void;
export type InformerOptions<T> = Selection & {
  /** Look-ups by what an object holds: name → the values of one object. */
  indexes?: IndexFunctions<T>;
  /** Drop what nobody reads before it is kept. managedFields are always dropped. */
  transform?: (object: T) => T;
  /** What is told of trouble; the informer itself never gives up. */
  onError?: (error: unknown) => void;
};

const firstDelayMs = 250;
const longestDelayMs = 8_000;
const shortestWatchMs = 1000;

/**
 * A local copy of all objects of one kind: lists once, then watches, for ever. It takes its version from lists, events and bookmarks,
 * lists anew when the version is too old (410), and meets everything else with capped, jittered backoff.
 */
export class Informer<T extends KubeObject> {
  readonly type: ResourceType;
  /** Settles after the first list has been taken in. */
  readonly synced: Promise<void>;
  readonly #client: KubeClient;
  readonly #options: InformerOptions<T>;
  readonly #indexes: Indexes<T>;
  readonly #objects = new Map<string, T>();
  readonly #listeners = new Set<ChangeListener<T>>();
  readonly #stateListeners = new Set<(state: InformerState) => void>();
  readonly #markSynced: () => void;
  #version: string | undefined;
  #state: InformerState = "starting";
  #failures = 0;

  constructor(client: KubeClient, type: ResourceType, options: InformerOptions<T> = {}) {
    this.#client = client;
    this.type = type;
    this.#options = options;
    this.#indexes = new Indexes(options.indexes ?? {}, (error) => this.#report(error));
    const { promise, resolve } = Promise.withResolvers<void>();
    this.synced = promise;
    this.#markSynced = resolve;
  }

  get state(): InformerState {
    return this.#state;
  }

  /** Runs until the signal aborts. */
  start(signal: AbortSignal): void {
    void this.#run(signal);
  }

  get(key: ObjectKey): T | undefined {
    return this.#objects.get(keyText(key));
  }

  list(namespace?: string): T[] {
    const all = [...this.#objects.values()];
    return namespace ? all.filter((object) => object.metadata.namespace === namespace) : all;
  }

  byIndex(index: string, value: string): T[] {
    return this.#indexes.keys(index, value).flatMap((key) => this.#objects.get(key) ?? []);
  }

  /** Told of every add (no previous), update and delete (no next) from now on, the initial ones too if called before start. */
  onChange(listener: ChangeListener<T>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onState(listener: (state: InformerState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.#version === undefined) await this.#relist(signal);
        await this.#follow(signal);
      } catch (error) {
        if (signal.aborted) return;
        await this.#recover(error, signal);
      }
    }
  }

  async #relist(signal: AbortSignal): Promise<void> {
    const { items, resourceVersion } = await this.#client.list<T>(this.type, { ...this.#options, signal });
    const seen = new Set<string>();
    for (const item of items) {
      seen.add(keyText(keyOf(item)));
      this.#upsert(item);
    }
    for (const [key, object] of this.#objects) if (!seen.has(key)) this.#remove(object);
    this.#version = resourceVersion;
    this.#settled();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { namespace, labelSelector, fieldSelector } = this.#options;
    const selection = { namespace, labelSelector, fieldSelector };
    const began = performance.now();
    const events = this.#client.watch<T>(this.type, {
      ...selection,
      resourceVersion: this.#version,
      signal,
      onOpen: () => this.#setState("live"),
    });
    for await (const event of events) {
      this.#take(event);
      this.#settled();
    }
    // A watch that the server ends at once would otherwise be opened again without a pause, for ever.
    if (performance.now() - began < shortestWatchMs)
      throw new Error(`the watch of ${this.type.plural} ended at once`);
    this.#failures = 0;
  }

  #take(event: WatchEvent<T>): void {
    const version = event.object.metadata?.resourceVersion;
    if (event.type === "DELETED") this.#remove(event.object);
    else if (event.type !== "BOOKMARK") this.#upsert(event.object);
    if (version) this.#version = version;
  }

  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    if (error instanceof GoneError || error instanceof MalformedWatchError) this.#version = undefined;
    this.#setState(this.#state === "starting" ? "starting" : "reconnecting");
    this.#report(error);
    const capped = Math.min(firstDelayMs * 2 ** this.#failures++, longestDelayMs);
    const asked = error instanceof TooManyRequestsError ? error.retryAfterMs : 0;
    const wait = Math.max(asked, capped * (0.5 + Math.random() / 2));
    await delay(wait, undefined, { signal }).catch(() => undefined);
  }

  #settled(): void {
    this.#failures = 0;
    this.#setState("live");
    this.#markSynced();
  }

  #upsert(object: T): void {
    delete object.metadata.managedFields;
    const next = this.#transformed(object);
    if (!next) return;
    const key = keyText(keyOf(next));
    const previous = this.#objects.get(key);
    if (previous && previous.metadata.resourceVersion === next.metadata.resourceVersion) return;
    this.#objects.set(key, next);
    this.#indexes.update(key, next, previous);
    this.#notify(next, previous);
  }

  /** Undefined when that fails: what was known of the object stays, since it is not gone, and all others count as ever. */
  #transformed(object: T): T | undefined {
    try {
      return this.#options.transform?.(object) ?? object;
    } catch (error) {
      this.#report(error);
      return undefined;
    }
  }

  #remove(object: T): void {
    const key = keyText(keyOf(object));
    const previous = this.#objects.get(key);
    if (!previous) return;
    this.#objects.delete(key);
    this.#indexes.update(key, undefined, previous);
    this.#notify(undefined, previous);
  }

  #notify(next: T | undefined, previous: T | undefined): void {
    for (const listener of this.#listeners) {
      try {
        listener(next, previous);
      } catch (error) {
        this.#report(error);
      }
    }
  }

  #setState(state: InformerState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }

  #report(error: unknown): void {
    this.#options.onError?.(error);
  }
}
