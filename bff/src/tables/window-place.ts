import { badInput } from "../graphql/errors.ts";
import type { Row } from "./row.ts";
import type { TableView } from "./table-view.ts";

export interface WindowInput {
  offset: number;
  count: number;
  anchor?: string | null;
}

const mostRows = 500;

export function checkWindow({ offset, count, anchor }: WindowInput): WindowInput {
  if (count < 1 || count > mostRows) throw badInput(`a window has 1 to ${mostRows} rows`);
  if (offset < 0) throw badInput("a window's offset cannot be negative");
  return { offset, count, anchor: anchor ?? null };
}

/** Where a reader's window stands. With an anchor it moves as the anchor's row moves, so that what is looked at stays where it is. */
export class WindowPlace {
  readonly #count: number;
  #offset: number;
  #anchor: string | undefined;
  /** Place of the anchor when last looked. */
  #anchorAt: number | undefined;
  #keys: string[] = [];

  constructor({ offset, count, anchor }: WindowInput) {
    this.#offset = offset;
    this.#count = count;
    this.#anchor = anchor ?? undefined;
  }

  /** The rows that are in the window now. */
  take(view: TableView): { offset: number; rows: Row[] } {
    if (this.#anchor !== undefined) this.#follow(view);
    const last = Math.max(0, view.size - this.#count);
    const offset = this.#offset < view.size ? this.#offset : last;
    const rows = view.slice(offset, offset + this.#count);
    this.#keys = rows.map(({ key }) => key);
    return { offset, rows };
  }

  #follow(view: TableView): void {
    let at = view.indexOf(this.#anchor ?? "");
    if (at < 0) {
      at = this.#nextAnchor(view);
      if (at < 0) return;
    }
    if (this.#anchorAt === undefined) this.#show(at);
    else this.#offset = Math.max(0, this.#offset + at - this.#anchorAt);
    this.#anchorAt = at;
  }

  /** The first look: what the reader knew of the row's place may be old. */
  #show(at: number): void {
    if (at < this.#offset) this.#offset = at;
    else if (at >= this.#offset + this.#count) this.#offset = at - this.#count + 1;
  }

  /** The anchor is gone: the window holds on to the next row that was in it. */
  #nextAnchor(view: TableView): number {
    const from = this.#keys.indexOf(this.#anchor ?? "");
    const others = [...this.#keys.slice(from + 1), ...this.#keys.slice(0, Math.max(0, from)).toReversed()];
    const key = from < 0 ? undefined : others.find((candidate) => view.indexOf(candidate) >= 0);
    if (key === undefined) {
      this.#anchor = undefined;
      return -1;
    }
    this.#anchorAt = (this.#anchorAt ?? 0) + this.#keys.indexOf(key) - from;
    this.#anchor = key;
    // Rows before it may have left with the anchor; what is in the window keeps its place.
    return view.indexOf(key);
  }
}
