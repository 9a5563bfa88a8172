import { apiVersionOf, type ResourceType, type UnknownObject } from "@kyma/kube/objects.ts";
import { isSecret, presentable } from "../resources/secret-values.ts";
import { cut, type ExtraColumn } from "./extra-column.ts";
import { Interner } from "./interner.ts";
import type { Row, ServerColumn } from "./row.ts";
import { ageToTime, isSameTime, keepTimes, occurrencesToTime } from "./relative-cells.ts";
import { natural } from "./sort-key.ts";

/** A row as the API server sends it. */
export interface WireRow {
  cells: unknown[];
  object: UnknownObject;
}

/** Turns the API server's rows into those that are kept: as small as can be, what is relative to now as times, no Secret's value. */
export class RowReader {
  columns: ServerColumn[] = [];
  /** Unix ms at which what is read now has arrived. */
  now = Date.now();
  readonly #isSecret: boolean;
  readonly #isJob: boolean;
  readonly #objects: boolean;
  readonly #extract: readonly ExtraColumn[];
  readonly #interner = new Interner();

  constructor(
    type: ResourceType,
    { objects, extract }: { objects: boolean; extract: readonly ExtraColumn[] },
  ) {
    this.#isSecret = isSecret({ apiVersion: apiVersionOf(type), kind: type.kind });
    this.#isJob = type.group === "batch" && type.kind === "Job";
    this.#objects = objects;
    this.#extract = extract;
  }

  read(wire: WireRow): Row {
    const { uid, namespace = "", name, creationTimestamp = "", labels } = wire.object.metadata;
    const row = {
      key: uid ?? `${namespace}/${name}`,
      namespace: this.#interner.text(namespace),
      name,
      nameKey: natural(name),
      createdAt: this.#interner.text(creationTimestamp),
      labels: this.#interner.labels(labels),
      cells: this.#cells(wire.cells, name, creationTimestamp),
      extras: none,
    };
    if (!this.#objects && this.#extract.length === 0) return row;
    const object = this.#presentable(wire.object);
    if (this.#objects) return { ...row, object };
    return { ...row, extras: this.#extract.map((column) => column.extract(object)) };
  }

  /** The row of an object of which another was known. */
  keepTimes(row: Row, before: Row): Row {
    const cells = keepTimes(row.cells, before.cells, this.columns, this.now);
    return cells === row.cells ? row : { ...row, cells };
  }

  #cells(cells: readonly unknown[], name: string, createdAt: string): unknown[] {
    return cells.map((cell, index) => {
      if (cell === name) return name;
      const column = this.columns[index];
      if (column?.id === "age" && createdAt) return createdAt;
      const isRunning = column?.type === "duration" && this.#isJob && !this.#hasEnded(cells);
      const value = isRunning ? this.#startOf(cell, createdAt) : this.#value(cell, column?.type);
      return typeof value === "string" && value.length <= 40 ? this.#interner.text(value) : value;
    });
  }

  #value(cell: unknown, type: string | undefined): unknown {
    if (type === "date") return ageToTime(cell, this.now);
    if (type === "occurrences") return occurrencesToTime(cell, this.now);
    return cut(cell);
  }

  /** A Job that failed has ended too, although the API server counts on. */
  #hasEnded(cells: readonly unknown[]): boolean {
    const status = cells[this.columns.findIndex(({ id }) => id === "cell:Status")];
    return status === undefined || status === "Complete" || status === "Failed";
  }

  /** Most Jobs start when they are made, which is known to the second. */
  #startOf(duration: unknown, createdAt: string): unknown {
    const time = ageToTime(duration, this.now);
    return isSameTime(createdAt, time, this.now) ? createdAt : time;
  }

  /** Objects inside a Table's rows may come without their kind. */
  #presentable(object: UnknownObject): UnknownObject {
    return presentable(this.#isSecret ? { ...object, apiVersion: "v1", kind: "Secret" } : object);
  }
}

const none: readonly unknown[] = [];
