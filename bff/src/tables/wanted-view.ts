import { badInput } from "../graphql/errors.ts";
import { parseExtraColumn, readExtra, type ExtraColumn } from "./extra-column.ts";
import { searchable } from "./relative-cells.ts";
import type { Row, ServerColumn } from "./row.ts";
import { rowFilter } from "./row-filter.ts";
import type { RowShape } from "./row-upstream.ts";
import { ageKey, sortKeyOf, type SortKey } from "./sort-key.ts";
import { TableView, type RowOrder } from "./table-view.ts";
import { compileWhere, type Where } from "./where.ts";

/** TableView of the SDL without its window. */
export interface ViewInput {
  text?: string | null;
  where?: string | null;
  columns?: readonly string[] | null;
  sort?: readonly SortInput[] | null;
}

export interface SortInput {
  column: string;
  descending: boolean;
}

export interface ShownColumn {
  id: string;
  name: string;
  type: string;
  description: string;
  priority: number;
}

const mostColumns = 20;
const mostSorts = 5;
const longestText = 300;
const mostKnownKeys = 500;

/** A checked view: which rows, in what order, with what extra columns. */
export class WantedView {
  /** Equal for equal views. */
  readonly key: string;
  readonly shape: RowShape;
  readonly #text: string;
  readonly #where: Where | undefined;
  readonly #extras: readonly ExtraColumn[];
  readonly #sort: readonly SortInput[];
  readonly #extracted: readonly string[];

  /** Throws BAD_INPUT with a sentence for what cannot be understood. */
  constructor({ text, where, columns, sort }: ViewInput) {
    this.#text = (text ?? "").trim();
    this.#sort = sort ?? [];
    if (this.#text.length > longestText)
      throw badInput(`a search may have at most ${longestText} characters`);
    if (this.#sort.length > mostSorts) throw badInput(`a list is sorted by at most ${mostSorts} columns`);
    const asked = [
      ...new Set([...(columns ?? []), ...this.#sort.map(({ column }) => column).filter(isExtra)]),
    ];
    if (asked.length > mostColumns) throw badInput(`a list has at most ${mostColumns} extra columns`);
    this.#where = where?.trim() ? compileWhere(where.trim()) : undefined;
    const parsed = asked.map(parseExtraColumn);
    this.#extras = parsed.slice(0, new Set(columns).size);
    const objects = this.#where !== undefined;
    const extract = objects ? [] : parsed.filter(({ needs }) => needs !== "labels");
    // In an order of their own: which column stands first must not make another upstream.
    this.shape = { objects, extract: extract.toSorted((a, b) => (a.text < b.text ? -1 : 1)) };
    this.#extracted = this.shape.extract.map((column) => column.text);
    this.key = JSON.stringify([this.#text, where?.trim() ?? "", columns ?? [], this.#sort]);
  }

  /** All rows in their usual order. */
  get isPlain(): boolean {
    return this.#text === "" && this.#where === undefined && this.#sort.length === 0;
  }

  columns(server: readonly ServerColumn[]): ShownColumn[] {
    const extras = this.#extras.map(({ text, name }) => ({
      id: text,
      name,
      type: "string",
      description: text,
      priority: 0,
    }));
    return [...server, ...extras];
  }

  /** One value per column. */
  cells(row: Row): readonly unknown[] {
    if (this.#extras.length === 0) return row.cells;
    return [...row.cells, ...this.#extras.map((column) => readExtra(column, row, this.#extracted) ?? null)];
  }

  build(server: readonly ServerColumn[]): TableView {
    const types = server.map(({ type }) => type);
    const searched = (row: Row): unknown[] =>
      this.cells(row).map((cell, index) => searchable(cell, types[index] ?? ""));
    return new TableView(rowFilter(this.#text, this.#where, searched), this.#order(server));
  }

  /** Sort columns that the list does not have. */
  unknownSorts(server: readonly ServerColumn[]): string[] {
    const known = (id: string): boolean => isOwn(id) || isExtra(id) || server.some((one) => one.id === id);
    return this.#sort.map(({ column }) => column).filter((column) => !known(column));
  }

  #order(server: readonly ServerColumn[]): RowOrder {
    const readers = this.#sort.map(({ column }) => this.#keyReader(column, server));
    return {
      keysOf: (row) => readers.map((read) => read(row)),
      descending: this.#sort.map(({ descending }) => descending),
    };
  }

  #keyReader(id: string, server: readonly ServerColumn[]): (row: Row) => SortKey {
    if (id === "name") return ({ nameKey }) => nameKey;
    if (id === "namespace") return ({ namespace }) => namespace;
    if (id === "age") return ({ createdAt }) => ageKey(createdAt);
    if (isExtra(id)) {
      const column = parseExtraColumn(id);
      return (row) => sortKeyOf(readExtra(column, row, this.#extracted), "string");
    }
    const index = server.findIndex((column) => column.id === id);
    const column = server[index];
    if (!column) return () => undefined;
    const keyOf = remembering((cell) => sortKeyOf(cell, column.type));
    return ({ cells }) => keyOf(cells[index]);
  }
}

/** Most cells of a column say what many others say. */
function remembering(keyOf: (cell: unknown) => SortKey): (cell: unknown) => SortKey {
  const known = new Map<unknown, SortKey>();
  return (cell) => {
    const before = known.get(cell);
    if (before !== undefined) return before;
    const key = keyOf(cell);
    if (known.size < mostKnownKeys) known.set(cell, key);
    return key;
  };
}

function isOwn(id: string): boolean {
  return id === "name" || id === "namespace" || id === "age";
}

function isExtra(id: string): boolean {
  return /^(?:label|annotation|jsonpath):/.test(id);
}
