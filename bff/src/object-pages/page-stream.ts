import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { latest } from "../graphql/latest.ts";
import type { Liveness } from "../resources/live-set.ts";
import { PageReadings, type ObjectSet, type ReadingsOptions } from "./page-readings.ts";
import type { GrowingPart, ObjectPart, PageView } from "../resources/page-part.ts";
import type { SelectedPart } from "./selected-parts.ts";

/** Least pause between two messages: a burst of changes becomes one message. */
const pauseMs = 50;

/** A message as GraphQL resolves it: the parts of this message beside these fields. */
export interface PageMessage {
  liveness: Liveness;
  staleSince: string | null;
  changed: string[];
  [part: string]: unknown;
}

export interface PageOptions {
  type: ResourceType;
  namespace: string | undefined;
  name: string;
  parts: { part: ObjectPart | GrowingPart; selected: SelectedPart }[];
  typeOf: PageView["typeOf"];
  join: ReadingsOptions["join"];
  joinSource: ReadingsOptions["joinSource"];
}

/** The messages of one page, at the reader's own pace: a slow reader gets the latest state, nothing is queued for it. */
export function pageMessages(options: PageOptions): AsyncIterableIterator<PageMessage> {
  let page: Page | undefined;
  return latest(
    {
      open(wake) {
        page = new Page(options, wake);
        return () => page?.close();
      },
      take: () => page?.take(),
    },
    pauseMs,
  );
}

class Page {
  readonly #options: PageOptions;
  readonly #parts: { field: string; value: ObjectPart["value"]; selected: SelectedPart }[];
  readonly #readings: PageReadings;
  readonly #main: ObjectSet;
  readonly #dirty: Set<string>;
  /** What the reader knows of each part, as text. */
  readonly #told = new Map<string, string>();
  #toldLiveness: Liveness | undefined;
  #staleSince: string | null = null;

  constructor(options: PageOptions, wake: () => void) {
    this.#options = options;
    this.#parts = options.parts.map(({ part, selected }) => ({
      field: part.field,
      value: "start" in part ? part.start() : (page) => part.value(page),
      selected,
    }));
    this.#dirty = new Set(this.#fields());
    this.#readings = new PageReadings({
      join: options.join,
      joinSource: options.joinSource,
      onChange: (fields) => {
        for (const field of fields.has(mainReader) ? this.#fields() : fields) this.#dirty.add(field);
        wake();
      },
      onLiveness: wake,
    });
    const { type, namespace, name } = options;
    this.#main = this.#readings.open(mainReader, { type, namespace, fieldSelector: `metadata.name=${name}` });
  }

  take(): { value: PageMessage } | undefined {
    const main = this.#main;
    if (main.failure !== undefined) throw main.failure;
    const changed = main.loaded ? this.#runParts(main.entries.values().next().value ?? null) : new Map();
    const liveness = this.#liveness();
    if (changed.size === 0 && liveness === this.#toldLiveness) return undefined;
    if (changed.size === 0 && this.#toldLiveness === undefined && liveness === "LIVE") return undefined;
    this.#toldLiveness = liveness;
    const message = { liveness, staleSince: this.#staleSince, changed: [...changed.keys()] };
    return { value: Object.assign(Object.fromEntries(changed), message) };
  }

  close(): void {
    this.#readings.close();
  }

  #fields(): string[] {
    return this.#parts.map(({ field }) => field);
  }

  /** Runs the parts that something changed for; those whose value is another than what the reader knows, by field. */
  #runParts(object: UnknownObject | null): Map<string, unknown> {
    const changed = new Map<string, unknown>();
    for (const { field, value: valueOf, selected } of this.#parts) {
      if (!this.#dirty.delete(field)) continue;
      const value = this.#readings.track(field, (reads) => valueOf(this.#view(object, selected, reads)));
      if (value === undefined) continue;
      const text = JSON.stringify(value);
      if (this.#told.get(field) === text) continue;
      this.#told.set(field, text);
      changed.set(field, value);
    }
    return changed;
  }

  #view(
    object: UnknownObject | null,
    { args }: SelectedPart,
    reads: Pick<PageView, "read" | "follow">,
  ): PageView {
    const { type, namespace, name, typeOf } = this.#options;
    return { type, namespace, name, object, args, typeOf, ...reads };
  }

  #liveness(): Liveness {
    const stale = [...this.#readings.sets].some(({ liveness }) => liveness !== "LIVE");
    if (!stale) this.#staleSince = null;
    else this.#staleSince ??= new Date().toISOString();
    return stale ? "RECONNECTING" : "LIVE";
  }
}

const mainReader = "";
