import { isMap, isScalar, parseDocument } from "yaml";

/** One document of an upload: its text, where it begins, and what it says it is. */
export interface UploadDocument {
  text: string;
  /** In the whole text, from 1. */
  firstLine: number;
  apiVersion: string;
  kind: string;
  namespace: string;
  name: string;
}

export const mostDocuments = 200;
const longestDocument = 1024 * 1024;
export const longestUpload = 8 * 1024 * 1024;

/** The documents of a YAML stream; those that hold nothing but comments are left out. Pure. */
export function splitDocuments(text: string): UploadDocument[] {
  const parts: { lines: string[]; firstLine: number }[] = [{ lines: [], firstLine: 1 }];
  text.split("\n").forEach((line, at) => {
    // Three dashes at the start of a line end a document wherever they stand.
    if (/^---(\s|$)/.test(line)) {
      const rest = line.slice(3).trim();
      parts.push({ lines: rest === "" || rest.startsWith("#") ? [""] : [rest], firstLine: at + 1 });
    } else if (/^\.\.\.\s*$/.test(line)) parts.push({ lines: [""], firstLine: at + 1 });
    else parts.at(-1)?.lines.push(line);
  });
  return parts
    .filter(({ lines }) => lines.some((line) => !/^\s*(#.*)?$/.test(line)))
    .map(({ lines, firstLine }) => describe(lines.join("\n"), firstLine));
}

/** Why the documents cannot be taken; undefined when they can. */
export function uploadFault(text: string, documents: readonly UploadDocument[]): string | undefined {
  if (text.length > longestUpload) return "The text is longer than 8 MiB.";
  if (documents.length > mostDocuments)
    return `There are ${documents.length} documents; at most ${mostDocuments} can be applied at once.`;
  const long = documents.find((document) => document.text.length > longestDocument);
  return long ? `The document at line ${long.firstLine} is longer than 1 MiB.` : undefined;
}

function describe(text: string, firstLine: number): UploadDocument {
  const words = { apiVersion: "", kind: "", namespace: "", name: "" };
  if (text.length <= longestDocument) {
    // Only reads four words: faults and aliases are judged where the object is applied.
    const { contents } = parseDocument(text, { logLevel: "silent", uniqueKeys: false });
    const word = (at: unknown, name: string): string => {
      const value = isMap(at) ? at.get(name, true) : undefined;
      return isScalar(value) && typeof value.value === "string" ? value.value : "";
    };
    const metadata = isMap(contents) ? contents.get("metadata", true) : undefined;
    words.apiVersion = word(contents, "apiVersion");
    words.kind = word(contents, "kind");
    words.namespace = word(metadata, "namespace");
    words.name = word(metadata, "name");
  }
  return { text, firstLine, ...words };
}

/** What others need comes first. */
const firstKinds = [
  "CustomResourceDefinition",
  "Namespace",
  "PriorityClass",
  "StorageClass",
  "ServiceAccount",
  "Secret",
  "ConfigMap",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "ClusterRole",
  "ClusterRoleBinding",
  "Role",
  "RoleBinding",
  "Service",
];

/** The order of applying: definitions and namespaces first, else as written. Pure. */
export function applyOrder(documents: readonly UploadDocument[]): UploadDocument[] {
  const rank = ({ kind }: UploadDocument): number => {
    const at = firstKinds.indexOf(kind);
    return at < 0 ? firstKinds.length : at;
  };
  return documents.toSorted((a, b) => rank(a) - rank(b));
}

/** Would the namespace or the kind that an object waits for be made by this upload? */
export function isPromised(
  waiting: { apiVersion: string; kind: string; namespace?: string | null | undefined },
  documents: readonly UploadDocument[],
): boolean {
  return documents.some((document) => {
    if (document.kind === "Namespace") return document.name === waiting.namespace;
    if (document.kind !== "CustomResourceDefinition") return false;
    const [group] = waiting.apiVersion.split("/");
    // A definition is called <plural>.<group>.
    return group !== undefined && waiting.apiVersion.includes("/") && document.name.endsWith(`.${group}`);
  });
}

/** May the text be kept in the browser? Not when it may hold a Secret. */
export function holdsSecret(text: string): boolean {
  return /["']?\bkind["']?\s*:\s*["']?Secret\b/.test(text);
}
