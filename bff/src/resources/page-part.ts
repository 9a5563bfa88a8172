import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";

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
  /** The served kind of an apiVersion and kind, in that version; undefined when the cluster does not serve it. */
  typeOf: (apiVersion: string, kind: string) => ResourceType | undefined;
}

/**
 * One part of the message of an object's page: a field of ObjectPageMessage that an area adds in its SDL (`extend type ObjectPageMessage`)
 * and how its value follows from what is in the cluster. Only run when the query selects the field, never for what nobody shows.
 */
export interface ObjectPart {
  field: string;
  /** Pure apart from `page.read`. Undefined while something that it needs is not loaded; null when there is nothing to say (of this kind). */
  value(page: PageView): unknown;
}
