import type { Selection } from "@kyma/kube/client.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import type { Joined } from "../resources/live-messages.ts";
import type { LiveSet } from "../resources/live-set.ts";
import type { Followed, LiveSource, PageView, Reading, ReadSet } from "../resources/page-part.ts";

export type ObjectSet = LiveSet<UnknownObject>;

interface Open {
  set: LiveSet<unknown, unknown>;
  /** It tells by itself whether it is fresh. */
  isSource: boolean;
  leave: () => void;
  /** Parts that have read it in their last run. */
  readers: Set<string>;
}

export interface ReadingsOptions {
  join: (type: ResourceType, selection: Selection) => Joined<UnknownObject, undefined>;
  joinSource: <T, H>(source: LiveSource<T, H>) => Joined<T, H>;
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

  /** What decides whether the page is fresh. */
  get sets(): Iterable<Pick<ObjectSet, "liveness">> {
    return [...this.#open.values()].filter(({ isSource }) => !isSource).map(({ set }) => set);
  }

  /** Runs a part; what it reads meanwhile is noted as its readings. */
  track<T>(field: string, run: (reads: Pick<PageView, "read" | "follow">) => T): T {
    const before = [...this.#open.values()].filter(({ readers }) => readers.delete(field));
    try {
      return run({
        read: (reading) => this.#read(field, reading),
        follow: (source) => this.#follow(field, source),
      });
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
    const join = (): Joined<UnknownObject, undefined> =>
      this.#options.join(type, { namespace, labelSelector, fieldSelector });
    return this.#enter(field, key, join, false);
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

  #follow<T, H>(field: string, source: LiveSource<T, H>): Followed<T, H> {
    return this.#enter(field, source.key, () => this.#options.joinSource(source), true);
  }

  #enter<T, H>(field: string, key: string, join: () => Joined<T, H>, isSource: boolean): LiveSet<T, H> {
    const open = this.#open.get(key) ?? this.#join(key, join(), isSource);
    open.readers.add(field);
    return open.set as LiveSet<T, H>;
  }

  #join<T, H>(key: string, { set, leave }: Joined<T, H>, isSource: boolean): Open {
    const open: Open = { set, isSource, leave, readers: new Set() };
    const changed = (): void => this.#options.onChange(open.readers);
    const unlisten = set.listen({
      changed,
      livenessChanged: isSource ? changed : this.#options.onLiveness,
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
