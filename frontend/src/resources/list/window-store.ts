import { RequestError } from "#api/errors.ts";
import type { WindowMessage, WindowPart, WindowRequest } from "#api/lists.ts";
import { openWindow } from "#api/lists.ts";
import type { RowRange, WindowRange } from "./window-range.ts";
import { firstWindow, nextWindow } from "./window-range.ts";
import type { WindowState } from "./window-state.ts";
import { applyWindowMessage, rowAt } from "./window-state.ts";

/** What a list is about and how it is ordered, apart from the part that is looked at. */
export interface ListQuery {
  scope: WindowRequest["scope"];
  view: Omit<WindowRequest["view"], "offset" | "count" | "anchor">;
}

/** What a live list shows at the moment. */
export interface ListState {
  window: WindowState | undefined;
  /** True until the answer to a changed filter or order is there; the rows are those of before. */
  pending: boolean;
  /** Set while no messages come although the socket may be up: when (ms) they stopped. */
  lostAt: number | undefined;
  /** Set while the server reads a list that can be shown only when all of it is there. */
  progress: ListProgress | undefined;
  error: Error | undefined;
}

export interface ListProgress {
  read: number;
  total: number;
}

const nothing: ListState = {
  window: undefined,
  pending: true,
  lostAt: undefined,
  progress: undefined,
  error: undefined,
};
const restMs = 60;

type Open = (wanted: WindowRequest, signal: AbortSignal) => AsyncIterable<WindowPart>;
/** One subscription, and how far it has come. */
interface Stream {
  abort: AbortController;
  /** Of its last message; a smaller one shows that the server has begun it anew. */
  revision: number;
  hasSnapshot: boolean;
}

type Schedule = (notify: () => void) => void;

const onFrame: Schedule = (notify) => void requestAnimationFrame(notify);

/**
 * The live rows around what a person looks at. A new window is opened before the old one is closed, so that rows stay live and none
 * flickers; messages between two frames are one change for those who listen.
 */
export class WindowStore {
  readonly #open: Open;
  readonly #schedule: Schedule;
  readonly #listeners = new Set<() => void>();
  #state = nothing;
  #query: ListQuery | undefined;
  #range: WindowRange = firstWindow;
  #serving: Stream | undefined;
  #opening: Stream | undefined;
  #notifying = false;
  #moveTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(open: Open = openWindow, schedule: Schedule = onFrame) {
    this.#open = open;
    this.#schedule = schedule;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): ListState => this.#state;

  /** Shows a list from its first row. Rows of before stay until the new ones are there, if they are of the same kind and namespaces. */
  show(query: ListQuery): void {
    const before = this.#query?.scope;
    const same =
      before !== undefined &&
      JSON.stringify([before.type, before.namespaces]) ===
        JSON.stringify([query.scope.type, query.scope.namespaces]);
    this.#query = query;
    this.#range = firstWindow;
    this.#set(same ? { ...this.#state, pending: true, progress: undefined, error: undefined } : nothing);
    if (!same) this.#serving?.abort.abort();
    this.#start(undefined);
  }

  /** Says which rows are seen; asks for others when too few around them are in memory. */
  look(visible: RowRange): void {
    clearTimeout(this.#moveTimer);
    this.#moveTimer = setTimeout(() => this.#move(visible), restMs);
  }

  retry(): void {
    if (this.#query) this.show(this.#query);
  }

  close(): void {
    clearTimeout(this.#moveTimer);
    this.#serving?.abort.abort();
    this.#opening?.abort.abort();
    this.#serving = undefined;
    this.#opening = undefined;
    this.#query = undefined;
  }

  #move(visible: RowRange): void {
    const { window } = this.#state;
    if (!window || this.#state.pending || this.#state.error) return;
    // A window that is on its way counts as held; else it is where the server has moved it to.
    const held = this.#opening ? this.#range : { ...this.#range, offset: window.offset };
    const next = nextWindow(visible, held, window.total);
    if (!next) return;
    this.#range = next;
    this.#start(visible.start > 0 ? rowAt(window, visible.start)?.row.key : undefined);
  }

  #start(anchor: string | undefined): void {
    if (!this.#query) return;
    this.#opening?.abort.abort();
    const stream = { abort: new AbortController(), revision: 0, hasSnapshot: false };
    this.#opening = stream;
    const { scope, view } = this.#query;
    void this.#read({ scope, view: { ...view, ...this.#range, anchor: anchor ?? null } }, stream);
  }

  async #read(wanted: WindowRequest, stream: Stream): Promise<void> {
    const { signal } = stream.abort;
    try {
      for await (const part of this.#open(wanted, signal)) {
        if (signal.aborted) return;
        this.#take(part, stream);
      }
    } catch (error) {
      if (!signal.aborted) this.#fail(error instanceof Error ? error : new Error(String(error)), stream);
    }
  }

  /** A refused filter leaves the rows of before, live; whoever lost the right to read keeps none. */
  #fail(error: Error, stream: Stream): void {
    const code = error instanceof RequestError ? error.code : "INTERNAL";
    const isLost = code === "FORBIDDEN" || code === "UNAUTHENTICATED";
    if (stream === this.#opening) this.#opening = undefined;
    if (isLost || stream === this.#serving) {
      this.#serving?.abort.abort();
      this.#serving = undefined;
    }
    const window = isLost ? undefined : this.#state.window;
    this.#set({ window, pending: false, lostAt: undefined, progress: undefined, error });
  }

  #take(part: WindowPart, stream: Stream): void {
    if ("lost" in part) {
      this.#set({ ...this.#state, lostAt: this.#state.lostAt ?? part.at });
      return;
    }
    const message = part.data.tableWindow;
    if (message.revision <= stream.revision) stream.hasSnapshot = false;
    stream.revision = message.revision;
    stream.hasSnapshot ||= message.snapshot;
    if (!stream.hasSnapshot) return this.#wait(message, part.at);
    const isFirst = this.#opening === stream;
    if (isFirst) {
      this.#serving?.abort.abort();
      this.#serving = stream;
      this.#opening = undefined;
    }
    const window = applyWindowMessage(this.#state.window, message, part.at);
    const pending = this.#opening !== undefined && this.#state.pending;
    const error = isFirst ? undefined : this.#state.error;
    this.#set({ window, pending, lostAt: undefined, progress: undefined, error });
  }

  /** The server itself still waits: for the cluster, or for the rest of the list. What is shown stays. */
  #wait({ liveness, staleSince, unfiltered, arriving }: WindowMessage, at: number): void {
    const since = staleSince ? Date.parse(staleSince) : at;
    const lostAt = liveness === "LIVE" ? undefined : (this.#state.lostAt ?? since);
    const progress = arriving > 0 ? { read: unfiltered - arriving, total: unfiltered } : undefined;
    this.#set({ ...this.#state, lostAt, progress });
  }

  #set(state: ListState): void {
    this.#state = state;
    if (this.#notifying) return;
    this.#notifying = true;
    this.#schedule(() => {
      this.#notifying = false;
      for (const listener of this.#listeners) listener();
    });
  }
}
