import type { KubeClient } from "@kyma/kube/client.ts";
import { Informer } from "@kyma/kube/informer.ts";
import { type KubeObject, type ObjectKey, type ResourceType, keyOf, keyText } from "@kyma/kube/objects.ts";

export type ChangeListener<T> = (next: T | undefined, previous: T | undefined) => void;
/** Names under which an object can be found besides its key. */
export type Index<T> = (object: T) => string[];

/** A watch that is further behind than this has other troubles; what was written is then no longer believed. */
const longestWatchLagMs = 10_000;

export interface CacheSelection {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

/**
 * What the manager knows of one resource type, shared by all controllers that asked for it. Everything that shapes it
 * (indexes, listeners) is said before `start`; reading is possible afterwards.
 */
export class SharedCache<T extends KubeObject> {
  readonly type: ResourceType;
  readonly #selection: CacheSelection;
  readonly #transform: (object: T) => T;
  readonly #indexes: Record<string, Index<T>> = {};
  readonly #listeners: ChangeListener<T>[] = [];
  readonly #written = new Map<string, { object: T; replaced: string | undefined; until: number }>();
  #informer: Informer<T> | undefined;

  constructor(type: ResourceType, selection: CacheSelection, transform: (object: T) => T) {
    this.type = type;
    this.#selection = selection;
    this.#transform = transform;
  }

  /** Adds a look-up by `values(object)` under `name`, read with `byIndex`. */
  addIndex(name: string, values: Index<T>): this {
    if (this.#informer !== undefined)
      throw new Error(`Index ${name} of ${this.type.plural} comes after the start`);
    if (this.#indexes[name] !== undefined)
      throw new Error(`Index ${name} of ${this.type.plural} is defined twice`);
    this.#indexes[name] = values;
    return this;
  }

  /** Calls `listener` for every object that appears, changes or goes, those of the first list included. */
  onChange(listener: ChangeListener<T>): void {
    this.#listeners.push(listener);
    this.#informer?.onChange(listener);
  }

  /** `onError` hears of lists and watches that fail, and of objects that an index or the transform cannot bear. */
  start(client: KubeClient, signal: AbortSignal, onError: (error: unknown) => void): void {
    const informer = new Informer<T>(client, this.type, {
      ...this.#selection,
      indexes: this.#indexes,
      transform: this.#transform,
      onError,
    });
    this.#informer = informer;
    informer.onChange((next, previous) => this.#forget(next ?? previous));
    for (const listener of this.#listeners) informer.onChange(listener);
    informer.start(signal);
  }

  /** Resolves when the first list is in memory. */
  get synced(): Promise<void> {
    return this.#running().synced;
  }

  get live(): boolean {
    return this.#informer?.state === "live";
  }

  get(key: ObjectKey): T | undefined {
    const known = this.#running().get(key);
    return this.#newer(keyText(key), known) ?? known;
  }

  list(namespace?: string): T[] {
    return this.#running().list(namespace);
  }

  byIndex(index: string, value: string): T[] {
    const found = this.#running().byIndex(index, value);
    if (this.#written.size === 0) return found;
    const byKey = new Map(found.map((object) => [keyText(keyOf(object)), object]));
    for (const [key, { object }] of this.#written) {
      const newer = this.#newer(key, this.#running().get(keyOf(object)));
      if (newer !== undefined && this.#indexes[index]?.(newer).includes(value)) byKey.set(key, newer);
    }
    return [...byKey.values()];
  }

  /**
   * Shows `written`, the answer to a write, in place of `replaced` until the watch delivers it, so that a reconcile in
   * between does not write the same again. Changes seen by `list` and by listeners come from the watch only.
   */
  remember(written: T, replaced: T | undefined): void {
    const { resourceVersion } = written.metadata;
    const before = replaced?.metadata.resourceVersion;
    if (resourceVersion === before) return;
    delete written.metadata.managedFields;
    const until = Date.now() + longestWatchLagMs;
    this.#written.set(keyText(keyOf(written)), { object: this.#transform(written), replaced: before, until });
  }

  /** The remembered write of this key, if the watch is still behind it. */
  #newer(key: string, known: T | undefined): T | undefined {
    const entry = this.#written.get(key);
    if (entry === undefined) return undefined;
    if (entry.replaced === known?.metadata.resourceVersion && entry.until > Date.now()) return entry.object;
    this.#written.delete(key);
    return undefined;
  }

  #forget(changed: T | undefined): void {
    if (changed !== undefined) this.#written.delete(keyText(keyOf(changed)));
  }

  #running(): Informer<T> {
    if (this.#informer === undefined)
      throw new Error(`The cache of ${this.type.plural} is read before its start`);
    return this.#informer;
  }
}
