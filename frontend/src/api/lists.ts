import { graphql } from "./generated/gql.ts";
import type {
  BulkInput,
  BulkMutation,
  ObjectRef,
  ResourceType,
  TableScope,
  TableView,
  TableWindowSubscription,
} from "./generated/graphql.ts";
import type { Part } from "./live.ts";
import { endless } from "./live.ts";
import { request } from "./request.ts";
import { subscribe } from "./subscribe.ts";

export type { BulkAction, TableView } from "./generated/graphql.ts";

const TableWindowDocument = graphql(`
  subscription TableWindow($scope: TableScope!, $view: TableView!) {
    tableWindow(scope: $scope, view: $view) {
      liveness
      staleSince
      revision
      snapshot
      total
      unfiltered
      arriving
      offset
      columns {
        id
        name
        type
        description
        priority
      }
      order
      rows {
        key
        namespace
        name
        creationTimestamp
        labels
        cells
      }
      forbidden
      warnings
    }
  }
`);

const BulkDocument = graphql(`
  mutation Bulk($input: BulkInput!) {
    bulk(input: $input) {
      namespace
      name
      ok
      message
    }
  }
`);

const ObjectOnceDocument = graphql(`
  query ObjectOnce($ref: ObjectRef!) {
    object(ref: $ref)
  }
`);

/** One message of a live list's window. */
export type WindowMessage = TableWindowSubscription["tableWindow"];
export type WindowRow = WindowMessage["rows"][number];
export type WindowColumn = NonNullable<WindowMessage["columns"]>[number];
export type WindowPart = Part<TableWindowSubscription>;
export type BulkResult = BulkMutation["bulk"][number];

/** What a list shows (scope) and how (view). */
export interface WindowRequest {
  scope: TableScope;
  view: TableView;
}

/** Some rows of a live list, for as long as `signal` lasts. Lost streams come back by themselves, beginning with a snapshot. */
export function openWindow(wanted: WindowRequest, signal: AbortSignal): AsyncGenerator<WindowPart> {
  return endless({ document: TableWindowDocument, variables: { ...wanted } }, signal);
}

/** Whether a message holds all rows of its window, in their order among all of the list. */
export function isWhole({ snapshot, arriving }: WindowMessage): boolean {
  return snapshot && arriving === 0;
}

/** The rows of a window as soon as the whole list is there; for what needs keys rather than a live view. At most 500 rows. */
export async function readWindow(wanted: WindowRequest, signal: AbortSignal): Promise<WindowMessage> {
  const once = new AbortController();
  const both = AbortSignal.any([signal, once.signal]);
  try {
    for await (const { tableWindow } of subscribe(TableWindowDocument, { ...wanted }, both)) {
      if (isWhole(tableWindow)) return tableWindow;
    }
  } finally {
    once.abort();
  }
  throw new DOMException("The list was left.", "AbortError");
}

/** Does one thing to at most 100 objects; every object has its own result. */
export async function bulk(input: BulkInput): Promise<BulkResult[]> {
  return (await request(BulkDocument, { input })).bulk;
}

/** The object as it is now, for a row's menu; null when it is gone. */
export async function readObject<Kind>(ref: ObjectRef, signal?: AbortSignal): Promise<Kind | null> {
  return ((await request(ObjectOnceDocument, { ref }, signal)).object ?? null) as Kind | null;
}

/** Where the list can be had as CSV: all rows that match, in the view's order, with its columns. */
export function csvAddress(type: ResourceType, { scope, view }: WindowRequest): string {
  const query = new URLSearchParams({ type: `${type.group ?? ""}/${type.version}/${type.plural}` });
  const put = (key: string, value: string | null | undefined) => {
    if (value) query.set(key, value);
  };
  put("namespaces", scope.namespaces?.join(","));
  put("labelSelector", scope.labelSelector);
  put("fieldSelector", scope.fieldSelector);
  put("text", view.text);
  put("where", view.where);
  const [sort] = view.sort ?? [];
  put("sort", sort && `${sort.descending ? "-" : ""}${sort.column}`);
  for (const column of view.columns ?? []) query.append("columns", column);
  return `/export/table.csv?${query.toString()}`;
}
