import {
  isMap,
  isScalar,
  isSeq,
  stringify,
  type Document,
  type Node,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { isDeepStrictEqual } from "node:util";
import { applyChanges } from "./apply-changes.ts";
import type { Change } from "./changes.ts";
import type { Path } from "./field-paths.ts";
import type { FieldSchema } from "./field-schema.ts";
import { findIn, pairOf, parseSource } from "./yaml-source.ts";

const format = { lineWidth: 0, aliasDuplicateObjects: false, compat: "yaml-1.1" } as const;

/**
 * The text with the changes made, every other byte as it was: comments, quotes, order and blank lines stay. Where a change cannot be cut in
 * (an alias lies on its way), the text is written anew, with its comments. The result always reads as the changed object.
 */
export function editYaml(schema: FieldSchema, text: string, changes: readonly Change[]): string {
  return changes.reduce((current, change) => {
    const document = parseSource(current);
    const before = document.toJS({ maxAliasCount: 100 }) as unknown;
    const wanted = applyChanges(schema, before, [change]);
    if (isDeepStrictEqual(before, wanted)) return current;
    const cut = splice(document, schema, current, change);
    return cut !== undefined && reads(cut, wanted) ? cut : rewritten(current, change.path, wanted);
  }, text);
}

function reads(text: string, wanted: unknown): boolean {
  const document = parseSource(text);
  if (document.errors.length > 0) return false;
  return isDeepStrictEqual(document.toJS({ maxAliasCount: 100 }), wanted);
}

/** The value of the change's first field is written anew; comments elsewhere stay. */
function rewritten(text: string, path: Path, wanted: unknown): string {
  const [first] = path;
  const document = parseSource(text);
  if (first && "field" in first && isMap(document.contents)) {
    const value = (wanted as Record<string, unknown>)[first.field];
    if (value === undefined) document.delete(first.field);
    else document.set(first.field, document.createNode(value));
    const result = document.toString({ lineWidth: 0 });
    if (reads(result, wanted)) return result;
  }
  return stringify(wanted, format);
}

function splice(document: Document, schema: FieldSchema, text: string, change: Change): string | undefined {
  if (change.kind === "order") return undefined;
  const found = findIn(document, schema, change.path);
  if (change.kind === "remove") return found && removed(text, found);
  if (found?.pair) return replacedValue(text, found.pair, change.after);
  if (found) return undefined;
  return added(document, schema, text, change);
}

function cut(text: string, from: number, to: number, put = ""): string {
  return text.slice(0, from) + put + text.slice(to);
}

const lineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;
function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
const column = (text: string, at: number): number => at - lineStart(text, at);

/** Where the node's own text ends: the end of its last line for a block, so that the line's comment stays with it. */
function endOf(text: string, node: Node): number {
  const end = node.range?.[1] ?? 0;
  // Block scalars and block collections may end behind their last line break.
  const trimmed = text.slice(0, end).trimEnd().length;
  return lineEnd(text, Math.max(trimmed, 0));
}

/** "key: value" in block style, all lines after the first indented by `indent`. */
function blockPair(name: string, value: unknown, indent: number): string {
  const lines = stringify(Object.fromEntries([[name, value]]), format)
    .trimEnd()
    .split("\n");
  return lines.map((line, at) => (at === 0 || line === "" ? line : " ".repeat(indent) + line)).join("\n");
}

function isOneLine(value: unknown): boolean {
  return (
    (typeof value !== "object" || value === null) && !(typeof value === "string" && value.includes("\n"))
  );
}

function replacedValue(
  text: string,
  pair: { key: Node; value: Node | null },
  value: unknown,
): string | undefined {
  const { key, value: node } = pair;
  if (!node?.range || !key.range) return undefined;
  const isInline = isScalar(node) && node.type !== "BLOCK_LITERAL" && node.type !== "BLOCK_FOLDED";
  const [start, end] = node.range;
  if (isInline && isOneLine(value) && start < end)
    return cut(text, start, end, stringify(value, format).trimEnd());
  if ((isMap(node) || isSeq(node)) && node.flow) return cut(text, start, end, JSON.stringify(value));
  const at = column(text, key.range[0]);
  if (!/^[\s-]*$/.test(text.slice(lineStart(text, key.range[0]), key.range[0]))) return undefined;
  const rendered = blockPair("k", value, at).slice(1);
  if (!isInline) return cut(text, key.range[1], endOf(text, node), rendered);
  // A comment behind the old value stays on the first line: behind the last it would be part of a block scalar.
  const from = Math.max(end, key.range[1] + 1);
  const comment = text.slice(from, lineEnd(text, from));
  const [first = "", ...rest] = rendered.split("\n");
  return cut(text, key.range[1], from + comment.length, [first + comment, ...rest].join("\n"));
}

function removed(
  text: string,
  found: { node: Node | null; pair?: { key: Node }; parent?: Node; index?: number },
): string | undefined {
  const { parent, node, pair } = found;
  if (!(isMap(parent) || isSeq(parent)) || !node?.range) return undefined;
  const start = pair?.key.range?.[0] ?? node.range[0];
  if (parent.flow) return undefined;
  if (parent.items.length === 1) return emptied(text, parent);
  const from = lineStart(text, start);
  if (
    /^\s*(- *)?$/.test(text.slice(from, start)) &&
    (isSeq(parent) || !text.slice(from, start).includes("-"))
  )
    return cut(text, from, Math.min(endOf(text, node) + 1, text.length));
  // The first field of a list's entry shares its line with the dash.
  const next = isMap(parent) ? (parent.items[1]?.key as Node | undefined) : undefined;
  return isMap(parent) && parent.items[0] === pair && next?.range
    ? cut(text, start, next.range[0])
    : undefined;
}

function emptied(text: string, parent: YAMLMap | YAMLSeq): string | undefined {
  if (!parent.range) return undefined;
  const empty = isMap(parent) ? " {}" : " []";
  const before = text.slice(0, parent.range[0]).trimEnd();
  // Only where nothing but white space stands between the key and its value.
  return before.endsWith(":") ? before + empty + text.slice(endOf(text, parent)) : undefined;
}

function added(
  document: Document,
  schema: FieldSchema,
  text: string,
  { path, after, place }: Change,
): string | undefined {
  const last = path.at(-1);
  const parent = findIn(document, schema, path.slice(0, -1));
  if (!last) return undefined;
  if (!parent) {
    // The parent is missing too: it is added with this in it.
    const above = path.slice(0, -1);
    const made = "field" in last ? Object.fromEntries([[last.field, after]]) : [after];
    return above.length > 0
      ? added(document, schema, text, { path: above, kind: "set", after: made })
      : undefined;
  }
  const { node } = parent;
  if ((isMap(node) || isSeq(node)) && (node.flow || node.items.length === 0)) {
    const whole = "field" in last ? Object.fromEntries([[last.field, after]]) : [after];
    return node.items.length === 0 && parent.pair ? replacedFlow(text, parent.pair, whole) : undefined;
  }
  if ("field" in last && isMap(node)) return addedField(text, node, last.field, after);
  return isSeq(node) && place !== "" ? addedEntry(text, node, after) : undefined;
}

/** `key: {}` becomes a block. */
function replacedFlow(
  text: string,
  pair: { key: Node; value: Node | null },
  value: unknown,
): string | undefined {
  const { key, value: node } = pair;
  if (!key.range || !node?.range) return undefined;
  const rendered = blockPair("k", value, column(text, key.range[0])).slice(1);
  return cut(text, key.range[1], node.range[1], rendered);
}

function addedField(text: string, map: YAMLMap, name: string, value: unknown): string | undefined {
  const first = map.items[0]?.key as Node | undefined;
  const last = map.items.at(-1);
  if (!first?.range || pairOf(map, name)) return undefined;
  const indent = column(text, first.range[0]);
  const end = endOf(text, (last?.value ?? last?.key) as Node);
  return cut(text, end, end, `\n${" ".repeat(indent)}${blockPair(name, value, indent)}`);
}

function addedEntry(text: string, seq: YAMLSeq, value: unknown): string | undefined {
  const [first] = seq.items as Node[];
  const last = seq.items.at(-1) as Node | undefined;
  if (!first?.range || !last) return undefined;
  const dash = text.lastIndexOf("-", first.range[0] - 1);
  if (!/^\s*$/.test(text.slice(lineStart(text, dash), dash))) return undefined;
  const indent = column(text, dash);
  const lines = stringify([value], format).trimEnd().split("\n");
  const block = lines.map((line) => (line === "" ? line : " ".repeat(indent) + line)).join("\n");
  const end = endOf(text, last);
  return cut(text, end, end, `\n${block}`);
}
