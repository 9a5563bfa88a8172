import type { UnknownObject } from "@kyma/kube/objects.ts";
import { isMap, LineCounter, parseAllDocuments, type Document } from "yaml";
import { toObject } from "../resources/yaml-text.ts";
import { isFields, own } from "./field-paths.ts";

export const longestDocument = 1024 * 1024;
const mostItems = 500;

/** A fault of the text: a sentence, and the line in the document, from 1. */
export class ManifestFault extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** One object of a document; `prefix` is the path to it: "" or "items[3].". */
export interface Manifest {
  object: UnknownObject;
  prefix: string;
  line: number;
}

/**
 * Reads one YAML or JSON document: no object when it is empty, several when it is a List. Duplicate keys, tabs as indentation and aliases
 * that multiply are refused.
 */
export function readManifests(text: string): Manifest[] {
  if (Buffer.byteLength(text) > longestDocument)
    throw new ManifestFault("the document is longer than 1 MiB", 1);
  const counter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: counter, merge: true });
  const documents = Array.isArray(parsed) ? (parsed as Document.Parsed[]) : [];
  const lineOf = (offset: number): number => counter.linePos(offset).line;
  for (const { errors } of documents) {
    const [fault] = errors;
    if (fault) {
      const { line, col } = counter.linePos(fault.pos[0]);
      throw new ManifestFault(`${sentenceOf(fault.code, fault.message)} (column ${col})`, line);
    }
  }
  const full = documents.filter(({ contents }) => contents !== null);
  if (full.length > 1) throw new ManifestFault("the text holds several documents; send them one by one", 1);
  const [document] = full;
  if (!document) return [];
  const start = lineOf(document.contents?.range?.[0] ?? 0);
  return objectsIn(plainValue(document, start), document, { start, lineOf });
}

function objectsIn(
  value: unknown,
  document: Document,
  { start, lineOf }: { start: number; lineOf: (offset: number) => number },
): Manifest[] {
  const items =
    own(value, "kind") === "List" && own(value, "apiVersion") === "v1" ? own(value, "items") : undefined;
  if (!Array.isArray(items)) return [{ object: checked(value, start), prefix: "", line: start }];
  if (items.length > mostItems)
    throw new ManifestFault(`the List holds more than ${mostItems} objects`, start);
  return items.map((item, index) => {
    const at = document.getIn(["items", index], true);
    const line = isMap(at) && at.range ? lineOf(at.range[0]) : start;
    return { object: checked(item, line), prefix: `items[${index}].`, line };
  });
}

function checked(value: unknown, line: number): UnknownObject {
  if (!isFields(value))
    throw new ManifestFault(
      "this is no Kubernetes object: a mapping with apiVersion and kind is expected",
      line,
    );
  try {
    return toObject(value);
  } catch (error) {
    throw new ManifestFault(error instanceof Error ? error.message : "this is no Kubernetes object", line);
  }
}

function plainValue(document: Document, line: number): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new ManifestFault("its aliases multiply to more than 100 copies; write the values out", line);
  }
}

/** The parser's sentences, where they need it, in words for people. */
function sentenceOf(code: string, message: string): string {
  if (code === "DUPLICATE_KEY") return "the same key stands twice in one mapping";
  if (code === "TAB_AS_INDENT") return "a tab stands where spaces are expected";
  return message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? "the YAML cannot be read";
}
