import type { WatchStream } from "./watch-stream.ts";

/** Any object of this API. */
export interface ServedObject {
  kind: string;
  apiVersion: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    creationTimestamp?: string;
  };
}

export interface NamedKey {
  namespace: string;
  name: string;
}

/** Where and what a list, a watch or a collection's deletion is about. */
export interface Selection {
  /** Absent: the whole cluster. */
  namespace?: string;
  /** Only the object of this name. */
  name?: string;
  /** Only what belongs to the Subscription of this name. */
  subscription?: string;
}

export interface ListOptions extends Selection {
  /** From 1 to 500. */
  limit: number;
  /** What an earlier page said. */
  continueFrom?: string;
}

export interface WatchOptions extends Selection {
  /** Only attempts for the event of this id. */
  eventId?: string;
  /** Only events of this type and source; each `*` stands for any characters. */
  type?: string;
  source?: string;
}

export interface DeleteOptions {
  dryRun: boolean;
  /** Delete only this very object. */
  uid?: string;
  resourceVersion?: string;
}

export interface Page<T> {
  items: T[];
  continueFrom?: string;
  /** How many follow; absent when that is not known. */
  remaining?: number;
  /** Further fields of the list. */
  extra?: object;
}

/** A column of what kubectl prints. */
export interface Column<T> {
  name: string;
  type: "string" | "integer";
  description: string;
  /** 1: with `-o wide` only. */
  priority?: number;
  cell(item: T, now: number): string | number;
}

/** One resource: what can be done with it is what has a function here. */
export interface Resource<T extends ServedObject = ServedObject> {
  plural: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  description: string;
  columns: readonly Column<T>[];
  /** An object as JSON, in one line where there is a watch; JSON.stringify unless told otherwise. */
  write?(item: T): string;
  get?(key: NamedKey): Promise<T>;
  list?(options: ListOptions): Promise<Page<T>>;
  delete?(key: NamedKey, options: DeleteOptions): Promise<void>;
  deleteCollection?(selection: Selection & { namespace: string }, options: DeleteOptions): Promise<void>;
  /** Writes to the stream until it ends. Throws before it begins. */
  watch?(options: WatchOptions, stream: () => WatchStream): void;
  subresources?: Record<string, Subresource>;
}

export interface Subresource {
  kind: string;
  /** `body` is the text that was sent; it may be empty. */
  create(key: NamedKey, body: string): Promise<object>;
}

const functions = {
  delete: "delete",
  deletecollection: "deleteCollection",
  get: "get",
  list: "list",
  watch: "watch",
} as const;

/** The verbs of a resource, as discovery tells them; pure. */
export function verbsOf(resource: Resource): string[] {
  return Object.entries(functions).flatMap(([verb, name]) => (name in resource ? [verb] : []));
}
