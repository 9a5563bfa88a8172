import type { UnknownObject } from "@kyma/kube/objects.ts";
import { presentable } from "../resources/secret-values.ts";
import { cut, type ExtraColumn } from "./extra-column.ts";
import { Interner } from "./interner.ts";
import type { Row, ServerColumn } from "./row.ts";
import { ageToTime } from "./server-columns.ts";
import { natural } from "./sort-key.ts";

/** A row as the API server sends it. */
export interface WireRow {
  cells: unknown[];
  object: UnknownObject;
}

/** Turns the API server's rows into those that are kept: as small as can be, ages as times, no Secret's value. */
export class RowReader {
  columns: ServerColumn[] = [];
  /** Unix ms at which what is read now has arrived. */
  now = Date.now();
  readonly #isSecret: boolean;
  readonly #objects: boolean;
  readonly #extract: readonly ExtraColumn[];
  readonly #interner = new Interner();

  constructor(
    isSecret: boolean,
    { objects, extract }: { objects: boolean; extract: readonly ExtraColumn[] },
  ) {
    this.#isSecret = isSecret;
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

  #cells(cells: readonly unknown[], name: string, createdAt: string): unknown[] {
    return cells.map((cell, index) => {
      if (cell === name) return name;
      const column = this.columns[index];
      if (column?.id === "age" && createdAt) return createdAt;
      const value = column?.type === "date" ? ageToTime(cell, this.now) : cut(cell);
      return typeof value === "string" && value.length <= 40 ? this.#interner.text(value) : value;
    });
  }

  /** Objects inside a Table's rows may come without their kind. */
  #presentable(object: UnknownObject): UnknownObject {
    return presentable(this.#isSecret ? { ...object, apiVersion: "v1", kind: "Secret" } : object);
  }
}

const none: readonly unknown[] = [];
