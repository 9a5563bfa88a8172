import type { Selection } from "@kyma/kube/client.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import type { Joined } from "../resources/live-messages.ts";
import type { LiveSet } from "../resources/live-set.ts";
import type { Reading, ReadSet } from "../resources/page-part.ts";

export type ObjectSet = LiveSet<UnknownObject>;

interface Open {
  set: ObjectSet;
  leave: () => void;
  /** Parts that have read it in their last run. */
  readers: Set<string>;
}

export interface ReadingsOptions {
  join: (type: ResourceType, selection: Selection) => Joined<UnknownObject, undefined>;
  /** These parts have to run again. */
  onChange: (fields: ReadonlySet<string>) => void;
  onLiveness: () => void;
}

/** The live sets that one page has open, and which part reads which. Sets that no part reads any more are left. */
export class PageReadings {
  readonly #options: ReadingsOptions;
  readonly #open = new Map<string, Open>();

  constructor(options: ReadingsOptions) {
    this.#options = options;
  }

  get sets(): Iterable<ObjectSet> {
    return [...this.#open.values()].map(({ set }) => set);
  }

  /** Runs a part; what it reads meanwhile is noted as its readings. */
  track<T>(field: string, run: (read: (reading: Reading) => ReadSet) => T): T {
    const before = [...this.#open.values()].filter(({ readers }) => readers.delete(field));
    try {
      return run((reading) => this.#read(field, reading));
    } finally {
      for (const open of before) if (open.readers.size === 0) this.#close(open);
    }
  }

  /** The set itself, for the object that the page is about. */
  open(field: string, reading: Reading): ObjectSet {
    const { type, namespace, labelSelector, fieldSelector } = reading;
    const key = JSON.stringify([
      type.group,
      type.version,
      type.plural,
      namespace,
      labelSelector,
      fieldSelector,
    ]);
    const open = this.#open.get(key) ?? this.#join(key, reading);
    open.readers.add(field);
    return open.set;
  }

  close(): void {
    for (const open of this.#open.values()) open.leave();
    this.#open.clear();
  }

  #read(field: string, reading: Reading): ReadSet {
    const set = this.open(field, reading);
    if (set.failure !== undefined)
      return { loaded: true, missing: missingText(set.failure, reading), objects: [] };
    return { loaded: set.loaded, missing: undefined, objects: [...set.entries.values()] };
  }

  #join(key: string, { type, namespace, labelSelector, fieldSelector }: Reading): Open {
    const { set, leave } = this.#options.join(type, { namespace, labelSelector, fieldSelector });
    const open: Open = { set, leave, readers: new Set() };
    const unlisten = set.listen({
      changed: () => this.#options.onChange(open.readers),
      livenessChanged: this.#options.onLiveness,
    });
    open.leave = () => {
      unlisten();
      leave();
    };
    this.#open.set(key, open);
    return open;
  }

  #close(open: Open): void {
    for (const [key, one] of this.#open) if (one === open) this.#open.delete(key);
    open.leave();
  }
}

/** Why a set cannot be read. A kind that the cluster does not serve has no objects, which is no failure. */
function missingText(failure: unknown, { type, namespace }: Reading): string | undefined {
  if (failure instanceof NotFoundError) return undefined;
  const kind = type.group ? `${type.plural}.${type.group}` : type.plural;
  const place = namespace ? `in namespace ${namespace}` : "in the whole cluster";
  const status = (failure as { status?: unknown } | null)?.status;
  if (status === 403) return `You may not list ${kind} ${place}.`;
  return `${kind} ${place} cannot be read: ${failure instanceof Error ? failure.message : String(failure)}`;
}
