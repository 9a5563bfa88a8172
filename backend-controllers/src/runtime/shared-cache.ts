import type { KubeClient } from "@kyma/kube/client.ts";
import { Informer } from "@kyma/kube/informer.ts";
import type { KubeObject, ObjectKey, ResourceType } from "@kyma/kube/objects.ts";

export type ChangeListener<T> = (next: T | undefined, previous: T | undefined) => void;
/** Names under which an object can be found besides its key. */
export type Index<T> = (object: T) => string[];

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
  readonly #indexes: Record<string, Index<T>> = {};
  readonly #listeners: ChangeListener<T>[] = [];
  #informer: Informer<T> | undefined;

  constructor(type: ResourceType, selection: CacheSelection) {
    this.type = type;
    this.#selection = selection;
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

  start(client: KubeClient, signal: AbortSignal): void {
    const informer = new Informer<T>(client, this.type, { ...this.#selection, indexes: this.#indexes });
    this.#informer = informer;
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
    return this.#running().get(key);
  }

  list(namespace?: string): T[] {
    return this.#running().list(namespace);
  }

  byIndex(index: string, value: string): T[] {
    return this.#running().byIndex(index, value);
  }

  #running(): Informer<T> {
    if (this.#informer === undefined)
      throw new Error(`The cache of ${this.type.plural} is read before its start`);
    return this.#informer;
  }
}
