import type { UnknownObject } from "@kyma/kube/objects.ts";

/** One row as the BFF keeps it. It is never changed: a changed object makes another row. */
export interface Row {
  /** The object's uid. */
  readonly key: string;
  /** "" for cluster-scoped kinds. */
  readonly namespace: string;
  readonly name: string;
  /** The name as it sorts, made once for all views. */
  readonly nameKey: string;
  /** RFC 3339 */
  readonly createdAt: string;
  readonly labels: Readonly<Record<string, string>>;
  /** One per column of the API server; what tells an age holds the time that it counts from. */
  readonly cells: readonly unknown[];
  /** Values of the extra columns that its upstream was asked to extract, in their order. */
  readonly extras: readonly unknown[];
  /** Only where an expression may look at all of it. */
  readonly object?: UnknownObject;
}

/** A column of the API server's Table. */
export interface ServerColumn {
  /** `name`, `age` or `cell:<name>` */
  id: string;
  name: string;
  type: string;
  description: string;
  priority: number;
}
