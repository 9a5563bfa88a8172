import type { KubeClient, Selection, WatchOptions } from "@kyma/kube/client.ts";
import { toApiError } from "@kyma/kube/errors.ts";
import type { KubeObject, ObjectMeta, ResourceType } from "@kyma/kube/objects.ts";
import { queryText, resourcePath } from "@kyma/kube/paths.ts";
import { listCheck } from "./list-check.ts";
import type { Change, Upstream } from "./live-set.ts";

export interface TableColumn {
  name: string;
  type: string;
  format: string;
  description: string;
  priority: number;
}

/** A row as the browser gets it; of the object only what is named here is kept. */
export interface TableRow {
  key: string;
  namespace?: string;
  name: string;
  creationTimestamp: string;
  labels: Record<string, string>;
  cells: unknown[];
}

const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
const pageSize = 500;

/** A list as kubectl prints it: the API server's own Table representation. */
export function tableUpstream(
  kube: KubeClient,
  type: ResourceType,
  selection: Selection,
): Upstream<TableRow, TableColumn[]> {
  return {
    async list(signal) {
      const entries = new Map<string, TableRow>();
      let columns: TableColumn[] = [];
      let next: string | undefined;
      for (;;) {
        const page = await readPage(kube, type, selection, { next, signal });
        if (page.columnDefinitions?.length) columns = page.columnDefinitions;
        for (const row of page.rows ?? []) addRow(entries, row);
        next = page.metadata.continue;
        if (!next) return { entries, head: columns, resourceVersion: page.metadata.resourceVersion ?? "" };
      }
    },
    watch: (resourceVersion, signal, onOpen) =>
      readChanges(kube, type, { ...selection, resourceVersion, signal, onOpen }),
    check: listCheck(kube, type, selection),
  };
}

async function readPage(
  kube: KubeClient,
  type: ResourceType,
  selection: Selection,
  page: { next: string | undefined; signal: AbortSignal },
): Promise<WireTable> {
  const { namespace, labelSelector, fieldSelector } = selection;
  const query = queryText({ labelSelector, fieldSelector, limit: pageSize, continue: page.next });
  const path = resourcePath(type, namespace ? { namespace } : {}) + query;
  const answer = await kube.raw(path, { headers: { accept }, signal: page.signal });
  if (answer.status !== 200) {
    throw toApiError(answer.status, await answer.text(), answer.headers["retry-after"]);
  }
  return answer.json<WireTable>();
}

async function* readChanges(
  kube: KubeClient,
  type: ResourceType,
  options: WatchOptions,
): AsyncGenerator<Change<TableRow>> {
  for await (const event of kube.watch<KubeObject>(type, { ...options, accept })) {
    const table = event.object as unknown as WireTable;
    for (const row of table.rows ?? []) yield toChange(event.type, row);
  }
}

/** A BOOKMARK carries one row without a name: only its version counts. */
function toChange(eventType: string, row: WireRow): Change<TableRow> {
  const { metadata } = row.object;
  const version = metadata.resourceVersion ? { resourceVersion: metadata.resourceVersion } : {};
  if (eventType === "BOOKMARK" || !metadata.name) return version;
  const parsed = toRow(row);
  return eventType === "DELETED"
    ? { ...version, key: parsed.key }
    : { ...version, key: parsed.key, value: parsed };
}

function addRow(entries: Map<string, TableRow>, row: WireRow): void {
  const parsed = toRow(row);
  entries.set(parsed.key, parsed);
}

function toRow({ cells, object }: WireRow): TableRow {
  const { uid, namespace, name, creationTimestamp, labels } = object.metadata;
  return {
    key: uid ?? `${namespace ?? ""}/${name}`,
    ...(namespace ? { namespace } : {}),
    name,
    creationTimestamp: creationTimestamp ?? "",
    labels: labels ?? {},
    cells,
  };
}

interface WireTable {
  metadata: { resourceVersion?: string; continue?: string };
  columnDefinitions?: TableColumn[];
  rows?: WireRow[];
}

interface WireRow {
  cells: unknown[];
  object: { metadata: ObjectMeta };
}
