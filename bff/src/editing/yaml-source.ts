import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";
import { entrySegment, segmentId, type Path, type Segment } from "./field-paths.ts";
import type { FieldSchema } from "./field-schema.ts";

/** What stands at a path of a YAML text: the value, and the pair or list it stands in. */
export interface Found {
  node: Node | null;
  pair?: Pair<Node, Node | null>;
  parent?: Node;
  index?: number;
}

export function parseSource(text: string): Document.Parsed {
  return parseDocument(text, { keepSourceTokens: true, merge: true });
}

/** Undefined when the path leads nowhere, or through an alias. */
export function findIn(document: Document, schema: FieldSchema, path: Path): Found | undefined {
  let found: Found = { node: document.contents };
  let at = schema;
  for (const segment of path) {
    const next = step(document, found.node, segment, at);
    if (!next) return undefined;
    found = next;
    at = "field" in segment ? at.field(segment.field) : at.items;
  }
  return isAlias(found.node) ? undefined : found;
}

function step(
  document: Document,
  node: Node | null,
  segment: Segment,
  schema: FieldSchema,
): Found | undefined {
  if ("field" in segment) {
    if (!isMap(node)) return undefined;
    const pair = pairOf(node, segment.field);
    return pair && { node: pair.value, pair, parent: node };
  }
  if (!isSeq(node)) return undefined;
  const id = segmentId(segment);
  const index = node.items.findIndex((item) => {
    const entry = entrySegment(schema, (item as Node).toJS(document, { maxAliasCount: 100 }));
    return entry !== undefined && segmentId(entry) === id;
  });
  return index < 0 ? undefined : { node: node.items[index] as Node, parent: node, index };
}

export function pairOf(map: YAMLMap, name: string): Pair<Node, Node | null> | undefined {
  return map.items.find((pair) => isPair(pair) && isScalar(pair.key) && String(pair.key.value) === name) as
    Pair<Node, Node | null> | undefined;
}

/** The line, from 1, of a field as the API server names it in a cause: `spec.containers[0].image`. The deepest part that is there counts. */
export function lineOfField(text: string, field: string): number | undefined {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const part of field.matchAll(/\[(?<key>[^\]]*)\]|(?<name>[^.[\]]+)/g)) {
    const name = part.groups?.["name"] ?? part.groups?.["key"] ?? "";
    if (isMap(node)) {
      const pair = pairOf(node, name);
      if (!pair) break;
      offset = pair.key.range?.[0];
      node = pair.value;
    } else if (isSeq(node) && /^\d+$/.test(name) && node.items[Number(name)]) {
      node = node.items[Number(name)];
      offset = (node as Node).range?.[0];
    } else break;
  }
  return offset === undefined ? undefined : counter.linePos(offset).line;
}
