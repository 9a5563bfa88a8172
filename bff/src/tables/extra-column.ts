import type { UnknownObject } from "@kyma/kube/objects.ts";
import { badInput } from "../graphql/errors.ts";
import { compileJsonPath } from "./json-path.ts";
import type { Row } from "./row.ts";

/** A column that the person added. */
export interface ExtraColumn {
  /** What the person asked for; also its id. */
  text: string;
  name: string;
  /** What an upstream must read for it: nothing more than it reads anyway, all metadata, or whole objects. */
  needs: "labels" | "metadata" | "object";
  /** The value of an object; undefined when it has none. */
  extract(object: UnknownObject): unknown;
}

const longestColumn = 300;
/** Longest text of one cell: a window of fifty rows stays a message of some ten KB. */
const longestCell = 512;

/** Understands `label:<key>`, `annotation:<key>` and `jsonpath:<expression>`; anything else is BAD_INPUT. */
export function parseExtraColumn(text: string): ExtraColumn {
  const colon = text.indexOf(":");
  const [kind, value] = [text.slice(0, colon), text.slice(colon + 1).trim()];
  if (text.length > longestColumn) throw badInput(`a column may have at most ${longestColumn} characters`);
  if (value === "") throw badInput(`the column "${text}" names nothing after its colon`);
  if (kind === "label") {
    return { text, name: value, needs: "labels", extract: ({ metadata }) => metadata.labels?.[value] };
  }
  if (kind === "annotation") {
    return {
      text,
      name: value,
      needs: "metadata",
      extract: ({ metadata }) => cut(metadata.annotations?.[value]),
    };
  }
  if (kind !== "jsonpath") {
    throw badInput(`"${text}" is no column: it begins with label:, annotation: or jsonpath:`);
  }
  const read = compileJsonPath(value);
  return { text, name: value, needs: "object", extract: (object) => toCell(read(object)) };
}

/** The value of a row; `extracted` are the columns that the row's upstream extracts. */
export function readExtra(column: ExtraColumn, row: Row, extracted: readonly string[]): unknown {
  if (column.needs === "labels") return row.labels[column.text.slice("label:".length).trim()];
  if (row.object) return column.extract(row.object);
  return row.extras[extracted.indexOf(column.text)];
}

function toCell(values: readonly unknown[]): unknown {
  const [first] = values;
  if (values.length === 0) return undefined;
  if (values.length === 1 && typeof first !== "object") return cut(first);
  return cut(values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(","));
}

/** Texts that are too long for a cell end in an ellipsis. */
export function cut(value: unknown): unknown {
  return typeof value === "string" && value.length > longestCell ? `${value.slice(0, longestCell)}…` : value;
}
