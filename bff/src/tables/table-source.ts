import { ForbiddenError } from "@kyma/kube/errors.ts";
import type { Liveness, LiveSet } from "../resources/live-set.ts";
import type { Row, ServerColumn } from "./row.ts";
import type { TableView } from "./table-view.ts";

/** One upstream of a list: a namespace's, or all. */
export interface SourcePart {
  namespace: string | undefined;
  set: LiveSet<Row, ServerColumn[]>;
  leave: () => void;
}

interface SharedView {
  view: TableView;
  readers: number;
  dirty: boolean;
  linger?: NodeJS.Timeout | undefined;
}

/** The rows of one scope, merged from its namespaces, and the views that are kept of them. */
export class TableSource {
  readonly #parts: readonly SourcePart[];
  readonly #views = new Map<string, SharedView>();
  readonly #wakes = new Set<() => void>();
  readonly #leaves: (() => void)[];
  readonly #lingerMs: number;
  /** Grows whenever everything may have changed. */
  generation = 0;

  constructor(parts: readonly SourcePart[], lingerMs: number) {
    this.#parts = parts;
    this.#lingerMs = lingerMs;
    this.#leaves = parts.map(({ set }) =>
      set.listen({
        changed: (key) => this.#changed(set, key),
        livenessChanged: () => this.#wake(),
        arrivingChanged: () => this.#wake(),
      }),
    );
  }

  get loaded(): boolean {
    return this.#parts.every(({ set }) => set.loaded || set.failure !== undefined);
  }

  /** Rows that the first list still has to bring; undefined when they cannot be counted, and once it is there. */
  get arriving(): number | undefined {
    const loading = this.#parts.filter(({ set }) => !set.loaded && set.failure === undefined);
    if (loading.length === 0) return undefined;
    return loading.reduce<number | undefined>(
      (sum, { set }) => (sum === undefined || set.arriving === undefined ? undefined : sum + set.arriving),
      0,
    );
  }

  /** Whether the rows that are there are the first of all in the API server's order, although others still arrive. */
  get begun(): boolean {
    return this.#parts.length === 1 && this.arriving !== undefined;
  }

  /** Why there is nothing to show: some part failed, and not just for want of rights; or there is no part with rights. */
  get failure(): unknown {
    const failed = this.#parts.flatMap(({ set }) => (set.failure === undefined ? [] : [set.failure]));
    const other = failed.find((error) => !(error instanceof ForbiddenError));
    return other ?? (failed.length === this.#parts.length ? failed[0] : undefined);
  }

  get forbidden(): string[] {
    return this.#parts.flatMap(({ set, namespace }) =>
      set.failure instanceof ForbiddenError && namespace !== undefined ? [namespace] : [],
    );
  }

  get liveness(): Liveness {
    return this.#parts.some(({ set }) => set.liveness !== "LIVE") ? "RECONNECTING" : "LIVE";
  }

  /** Unix ms; undefined while LIVE. */
  get staleSince(): number | undefined {
    const times = this.#parts.flatMap(({ set }) => set.staleSince ?? []);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  get columns(): readonly ServerColumn[] {
    return this.#parts.find(({ set }) => set.head)?.set.head ?? [];
  }

  get size(): number {
    return this.#parts.reduce((sum, { set }) => sum + set.entries.size, 0);
  }

  /** Calls `wake` after every change; returns how to stop. */
  listen(wake: () => void): () => void {
    this.#wakes.add(wake);
    return () => this.#wakes.delete(wake);
  }

  /**
   * Joins the view of this key. It is built when it is first looked at and kept some seconds after its last reader, so that a reader who
   * scrolls finds it again. `create` is called at the first look, when the columns are known.
   */
  view(key: string, create: () => TableView): { look: () => TableView; leave: () => void } {
    let shared: SharedView | undefined;
    const look = (): TableView => {
      shared ??= this.#joinView(key, create);
      if (shared.dirty) shared.view.rebuild(this.#rows());
      shared.dirty = false;
      return shared.view;
    };
    return { look, leave: () => shared && this.#leaveView(key, shared) };
  }

  close(): void {
    for (const leave of this.#leaves) leave();
    for (const { linger } of this.#views.values()) clearTimeout(linger);
    for (const { leave } of this.#parts) leave();
  }

  #joinView(key: string, create: () => TableView): SharedView {
    const shared = this.#views.get(key) ?? { view: create(), readers: 0, dirty: true };
    this.#views.set(key, shared);
    clearTimeout(shared.linger);
    shared.readers += 1;
    return shared;
  }

  #leaveView(key: string, shared: SharedView): void {
    shared.readers -= 1;
    if (shared.readers > 0) return;
    const forget = (): void => {
      if (this.#views.get(key) === shared) this.#views.delete(key);
    };
    shared.linger = setTimeout(forget, this.#lingerMs).unref();
  }

  #changed(set: SourcePart["set"], key: string | undefined): void {
    if (key === undefined) {
      this.generation += 1;
      for (const shared of this.#views.values()) shared.dirty = true;
    } else {
      const row = set.entries.get(key);
      for (const { view, dirty } of this.#views.values()) if (!dirty) view.update(key, row);
    }
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#wakes) wake();
  }

  *#rows(): Generator<Row> {
    for (const { set } of this.#parts) yield* set.entries.values();
  }
}
