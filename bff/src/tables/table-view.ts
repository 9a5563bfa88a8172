import { compareKeys, type SortKey } from "./sort-key.ts";
import type { Row } from "./row.ts";
import type { RowFilter } from "./row-filter.ts";

/** How rows are ordered: a key per sort column, each with its direction. */
export interface RowOrder {
  keysOf(row: Row): SortKey[];
  descending: readonly boolean[];
}

interface Entry {
  row: Row;
  keys: SortKey[];
}

/** The rows of a list that match a filter, in an order. It is kept up to date row by row and shared by all readers who want the same. */
export class TableView {
  readonly filter: RowFilter;
  readonly #order: RowOrder;
  #entries: Entry[] = [];
  readonly #byKey = new Map<string, Entry>();
  readonly #failed = new Map<string, string>();

  constructor(filter: RowFilter, order: RowOrder) {
    this.filter = filter;
    this.#order = order;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Rows that the filter failed on, and one of the reasons. */
  get failures(): { count: number; reason: string } | undefined {
    const reason = this.#failed.values().next().value;
    return reason === undefined ? undefined : { count: this.#failed.size, reason };
  }

  /** Starts anew from all rows. */
  rebuild(rows: Iterable<Row>): void {
    this.#byKey.clear();
    this.#failed.clear();
    this.#entries = [];
    for (const row of rows) {
      if (!this.#matches(row)) continue;
      const entry = this.#toEntry(row);
      this.#entries.push(entry);
      this.#byKey.set(row.key, entry);
    }
    this.#entries.sort(this.#compare);
  }

  /** Takes in one row that is new, changed or (undefined) gone. */
  update(key: string, row: Row | undefined): void {
    const old = this.#byKey.get(key);
    this.#failed.delete(key);
    const next = row && this.#matches(row) ? this.#toEntry(row) : undefined;
    if (old && next && this.#compare(old, next) === 0) {
      old.row = next.row;
      return;
    }
    if (old) {
      this.#entries.splice(this.#place(old), 1);
      this.#byKey.delete(key);
    }
    if (next) {
      this.#entries.splice(this.#place(next), 0, next);
      this.#byKey.set(key, next);
    }
  }

  /** Place of a row, -1 when it is not in the view. */
  indexOf(key: string): number {
    const entry = this.#byKey.get(key);
    return entry ? this.#place(entry) : -1;
  }

  slice(from: number, to: number): Row[] {
    return this.#entries.slice(from, to).map(({ row }) => row);
  }

  #matches(row: Row): boolean {
    const verdict = this.filter(row);
    if (typeof verdict === "boolean") return verdict;
    this.#failed.set(row.key, verdict.failed);
    return false;
  }

  #toEntry(row: Row): Entry {
    return { row, keys: this.#order.keysOf(row) };
  }

  /** Where the entry stands or would stand: the first place whose entry does not come before it. */
  #place(entry: Entry): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#entries[middle];
      if (other && this.#compare(other, entry) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  readonly #compare = (a: Entry, b: Entry): number => {
    const { descending } = this.#order;
    for (let index = 0; index < descending.length; index++) {
      const order = compareKeys(a.keys[index], b.keys[index], descending[index] === true);
      if (order !== 0) return order;
    }
    return (
      compareTexts(a.row.namespace, b.row.namespace) ||
      compareTexts(a.row.nameKey, b.row.nameKey) ||
      compareTexts(a.row.key, b.row.key)
    );
  };
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
