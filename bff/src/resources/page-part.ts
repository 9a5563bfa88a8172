import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import type { Caller } from "../graphql/context.ts";
import type { LiveSet, Upstream } from "./live-set.ts";

/** A set of objects that a part looks at. */
export interface Reading {
  type: ResourceType;
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
}

/** The present content of a reading. */
export interface ReadSet {
  /** False until it was listed once; then `objects` is empty. */
  loaded: boolean;
  /** A sentence when it cannot be read, e.g. "You may not list pods in namespace shop."; then `objects` is empty. */
  missing: string | undefined;
  objects: readonly UnknownObject[];
}

/** Something live that is no set of objects, e.g. measurements. Whether it is fresh is its part's to tell, not the page's. */
export interface LiveSource<T, H> {
  /** Names everything that decides what it holds, except who reads it. */
  key: string;
  open: (caller: Caller) => Upstream<T, H>;
}

/** What is known of a live source now. */
export type Followed<T, H> = Pick<
  LiveSet<T, H>,
  "entries" | "head" | "loaded" | "liveness" | "staleSince" | "failure"
>;

/** What a part is computed from. */
export interface PageView {
  type: ResourceType;
  /** Absent for cluster-scoped kinds. */
  namespace: string | undefined;
  name: string;
  /** As it is now: masked, without managedFields. Null: it does not exist (any more). */
  object: UnknownObject | null;
  /** Arguments of the part's field, as the query gives them. */
  args: Readonly<Record<string, unknown>>;
  /**
   * Looks at objects with the rights of the person. The set is watched for as long as the last run of the part has read it (shared by all pages
   * of the same credentials) and the part is run again when it changes. It does not wait: what is not there yet has `loaded` false.
   */
  read: (reading: Reading) => ReadSet;
  /** The same for a source of something else. */
  follow: <T, H>(source: LiveSource<T, H>) => Followed<T, H>;
  /** The served kind of an apiVersion and kind, in that version; undefined when the cluster does not serve it. */
  typeOf: (apiVersion: string, kind: string) => ResourceType | undefined;
}

/**
 * One part of the message of an object's page: a field of ObjectPageMessage that an area adds in its SDL (`extend type ObjectPageMessage`)
 * and how its value follows from what is in the cluster. Only run when the query selects the field, never for what nobody shows.
 */
export interface ObjectPart {
  field: string;
  /** Pure apart from what it reads. Undefined while something that it needs is not loaded; null when there is nothing to say (of this kind). */
  value(page: PageView): unknown;
}

/** A part whose values build on each other: each says what the page's reader has not seen of it, undefined when that is nothing. */
export interface GrowingPart {
  field: string;
  /** For one page: the function remembers what it told. */
  start(): ObjectPart["value"];
}
