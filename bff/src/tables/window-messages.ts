import { latest } from "../graphql/latest.ts";
import type { Liveness } from "../resources/live-set.ts";
import type { Row } from "./row.ts";
import type { TableSource } from "./table-source.ts";
import type { TableView } from "./table-view.ts";
import type { ShownColumn, WantedView } from "./wanted-view.ts";
import { WindowPlace, type WindowInput } from "./window-place.ts";

/** Least pause between two messages of one reader: a burst of changes becomes one message. */
const pauseMs = 100;

interface WindowMessage {
  liveness: Liveness;
  staleSince: string | null;
  revision: number;
  snapshot: boolean;
  total: number;
  unfiltered: number;
  arriving: number;
  offset: number;
  columns: ShownColumn[] | null;
  order: string[] | null;
  rows: object[];
  forbidden: string[];
  warnings: string[];
}

type Join = () => { source: TableSource; leave: () => void };

/** One reader's window of a live list: a snapshot, then what changed in it. A slow reader costs one window's keys, nothing is queued. */
export function windowMessages(
  join: Join,
  wanted: WantedView,
  window: WindowInput,
): AsyncIterableIterator<WindowMessage> {
  let reader: WindowReader | undefined;
  const open = (wake: () => void): (() => void) => {
    const { source, leave } = join();
    const own = new WindowReader(source, wanted, window);
    reader = own;
    const unlisten = source.listen(wake);
    return () => {
      unlisten();
      own.leave();
      leave();
    };
  };
  return latest({ open, take: () => reader?.take() }, pauseMs);
}

/** What a reader was told last. */
interface Told {
  rows: Map<string, Row>;
  order: string[];
  /** Everything else of the message, as text. */
  rest: string;
  generation: number;
}

class WindowReader {
  readonly #source: TableSource;
  readonly #wanted: WantedView;
  readonly #view: { look: () => TableView; leave: () => void };
  readonly #place: WindowPlace;
  #told: Told | undefined;
  /** Whether the window is where a list begins: its rows may be shown before the others are there. */
  readonly #isStart: boolean;
  #revision = 0;
  /** What was told last of what is waited for, as text. */
  #toldWaiting = "";

  constructor(source: TableSource, wanted: WantedView, window: WindowInput) {
    this.#source = source;
    this.#wanted = wanted;
    this.#isStart = wanted.isPlain && window.offset === 0 && !window.anchor;
    this.#place = new WindowPlace(window);
    this.#view = source.view(wanted.key, () => wanted.build(source.columns));
  }

  leave(): void {
    this.#view.leave();
  }

  take(): { value: WindowMessage } | undefined {
    const { failure, loaded, begun, generation, columns } = this.#source;
    if (failure !== undefined) throw failure;
    if (!loaded && !(begun && this.#isStart)) return this.#waiting();
    const view = this.#view.look();
    const { offset, rows } = this.#place.take(view);
    const state = this.#state(view, offset);
    const rest = JSON.stringify(state);
    const before = this.#told?.generation === generation ? this.#told : undefined;
    const changed = before ? rows.filter((row) => before.rows.get(row.key) !== row) : rows;
    const order = rows.map(({ key }) => key);
    const moved = !before || !equal(before.order, order);
    if (before && !moved && changed.length === 0 && rest === before.rest) return undefined;
    this.#told = { rows: new Map(rows.map((row) => [row.key, row])), order, rest, generation };
    const value = {
      ...state,
      revision: ++this.#revision,
      snapshot: !before,
      columns: before ? null : this.#wanted.columns(columns),
      order: moved ? order : null,
      rows: changed.map((row) => this.#toWire(row)),
    };
    return { value };
  }

  #state(view: TableView, offset: number) {
    const { columns } = this.#source;
    const freshness = this.#freshness();
    return {
      ...freshness,
      total: freshness.arriving > 0 ? freshness.unfiltered : view.size,
      offset,
      warnings: [
        ...warningsOf(view),
        ...this.#wanted
          .unknownSorts(columns)
          .map((column) => `The list has no column "${column}" to sort by.`),
      ],
    };
  }

  #freshness() {
    const { liveness, staleSince, size, arriving = 0, forbidden } = this.#source;
    return {
      liveness,
      staleSince: staleSince === undefined ? null : new Date(staleSince).toISOString(),
      unfiltered: size + arriving,
      arriving,
      forbidden,
    };
  }

  /** Nothing can be shown yet: how much was read, and that it takes more than one attempt. */
  #waiting(): { value: WindowMessage } | undefined {
    const freshness = this.#freshness();
    const text = JSON.stringify(freshness);
    const isUsual = freshness.liveness === "LIVE" && freshness.arriving === 0;
    if (isUsual || text === this.#toldWaiting) return undefined;
    this.#toldWaiting = text;
    const nothing = { total: 0, offset: 0, columns: null, order: null, rows: [], warnings: [] };
    return { value: { ...nothing, ...freshness, revision: ++this.#revision, snapshot: false } };
  }

  #toWire(row: Row): object {
    return {
      key: row.key,
      namespace: row.namespace || null,
      name: row.name,
      creationTimestamp: row.createdAt,
      labels: row.labels,
      cells: this.#wanted.cells(row),
    };
  }
}

function warningsOf({ failures }: TableView): string[] {
  if (!failures) return [];
  const { count, reason } = failures;
  const rows = count === 1 ? "one row" : `${count} rows`;
  return [`The expression failed on ${rows}, which are left out, e.g. ${reason}.`];
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}
