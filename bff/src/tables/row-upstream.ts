import type { KubeClient, Selection } from "@kyma/kube/client.ts";
import { TooManyRequestsError, toApiError, UnavailableError } from "@kyma/kube/errors.ts";
import type { ObjectMeta, ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { queryText, resourcePath } from "@kyma/kube/paths.ts";
import { setTimeout as delay } from "node:timers/promises";
import { listCheck } from "../resources/list-check.ts";
import type { Change, ListProgress, Upstream } from "../resources/live-set.ts";
import { RowReader, type WireRow } from "./row-reader.ts";
import { withoutManagedFields } from "./managed-fields.ts";
import type { ExtraColumn } from "./extra-column.ts";
import type { Row, ServerColumn } from "./row.ts";
import { serverColumns, type WireColumn } from "./server-columns.ts";

/** What rows hold besides the API server's cells. */
export interface RowShape {
  /** Whole objects, for expressions over them. */
  objects: boolean;
  /** Extra columns whose values are extracted at arrival; empty when whole objects are kept. */
  extract: readonly ExtraColumn[];
}

export type RowUpstream = Upstream<Row, ServerColumn[]>;

const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
/** The first page is small, so that it is shown soon, and has all that a window may hold. */
const firstRows = 500;
/** Large enough to be quick, small enough that parsing one page holds nobody up. */
const rowsPerPage = 1000;
/** A Secret or ConfigMap may be 1 MiB. */
const objectsPerPage = 250;
const mostAttempts = 6;

/** A list as kubectl prints it: the API server's own Table representation. */
export function rowUpstream(
  kube: KubeClient,
  type: ResourceType,
  selection: Selection,
  shape: RowShape,
): RowUpstream {
  const reader = new RowReader(type, shape);
  const needsObjects = shape.objects || shape.extract.some(({ needs }) => needs === "object");
  const request: Request = {
    kube,
    type,
    selection,
    query: { includeObject: needsObjects ? "Object" : "Metadata" },
    limits: needsObjects ? [objectsPerPage, objectsPerPage] : [firstRows, rowsPerPage],
    parse: (text: string) => JSON.parse(needsObjects ? text : withoutManagedFields(text)) as WireTable,
  };
  return {
    list: (signal, progress) => readAll(request, reader, { signal, progress }),
    watch: (resourceVersion, signal, onOpen) =>
      readChanges(request, reader, { resourceVersion, signal, onOpen }),
    merge: (row, before) => reader.keepTimes(row, before),
    check: listCheck(kube, type, selection),
  };
}

/** All pages; the server makes the next one while this one is parsed. */
async function readAll(
  request: Request,
  reader: RowReader,
  { signal, progress }: { signal: AbortSignal; progress: ListProgress<Row, ServerColumn[]> },
): Promise<{ entries: Map<string, Row>; head: ServerColumn[]; resourceVersion: string }> {
  const entries = new Map<string, Row>();
  const ask = (next: string | undefined): Promise<string> => readPage(request, { signal, progress, next });
  let coming: Promise<string> | undefined = ask(undefined);
  let resourceVersion = "";
  while (coming) {
    const text: string = await coming;
    const early = nextPage(text);
    coming = early ? ask(early) : undefined;
    // It is awaited later, or never when this page cannot be parsed.
    coming?.catch(() => undefined);
    const page = request.parse(text);
    if (page.columnDefinitions?.length) reader.columns = serverColumns(page.columnDefinitions);
    reader.now = Date.now();
    const rows = (page.rows ?? []).map((wire) => reader.read(wire));
    for (const row of rows) entries.set(row.key, row);
    const { continue: next, remainingItemCount: remaining } = page.metadata;
    if (next && next !== early) coming = ask(next);
    if (next && remaining !== undefined)
      progress.arrived({ entries: keyed(rows), head: reader.columns, remaining });
    resourceVersion = page.metadata.resourceVersion ?? "";
  }
  return { entries, head: reader.columns, resourceVersion };
}

function keyed(rows: readonly Row[]): [string, Row][] {
  return rows.map((row) => [row.key, row]);
}

interface Request {
  kube: KubeClient;
  type: ResourceType;
  selection: Selection;
  query: Record<string, string>;
  /** Rows of the first page, and of each later one. */
  limits: [number, number];
  parse: (text: string) => WireTable;
}

interface PageOptions {
  next: string | undefined;
  signal: AbortSignal;
  progress: { trouble(): void };
}

/** A page that a busy server refuses is asked for again by itself: beginning the whole list anew might never come to an end. */
async function readPage(request: Request, options: PageOptions): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await askPage(request, options);
    } catch (error) {
      const passing = error instanceof TooManyRequestsError || error instanceof UnavailableError;
      if (!passing || attempt >= mostAttempts || options.signal.aborted) throw error;
      options.progress.trouble();
      const asked = error instanceof TooManyRequestsError ? error.retryAfterMs : 0;
      const backoff = 100 * 2 ** attempt * (0.5 + Math.random() / 2);
      await delay(Math.max(asked, backoff), undefined, { signal: options.signal });
    }
  }
}

async function askPage(request: Request, { next, signal }: PageOptions): Promise<string> {
  const { kube, type, selection, limits } = request;
  const { namespace, labelSelector, fieldSelector } = selection;
  const limit = limits[next === undefined ? 0 : 1];
  const query = queryText({ ...request.query, labelSelector, fieldSelector, limit, continue: next });
  const path = resourcePath(type, namespace ? { namespace } : {}) + query;
  const answer = await kube.raw(path, { headers: { accept }, signal });
  const text = await answer.text();
  if (answer.status !== 200) throw toApiError(answer.status, text, answer.headers["retry-after"]);
  return text;
}

/** The API server writes a list's metadata before its rows. */
function nextPage(text: string): string | undefined {
  return /^\{"kind":"Table","apiVersion":"[^"]*","metadata":\{[^{}]*"continue":"([\w=-]+)"/.exec(
    text.slice(0, 4096),
  )?.[1];
}

async function* readChanges(
  { kube, type, selection, query }: Request,
  reader: RowReader,
  options: { resourceVersion: string; signal: AbortSignal; onOpen: () => void },
): AsyncGenerator<Change<Row>> {
  const events = kube.watch<UnknownObject>(type, { ...selection, ...options, accept, query });
  for await (const event of events) {
    const table = event.object as unknown as WireTable;
    if (table.columnDefinitions?.length) sameColumns(reader.columns, table.columnDefinitions);
    reader.now = Date.now();
    for (const wire of table.rows ?? []) yield toChange(reader, event.type, wire);
  }
}

/** A CRD's printer columns were changed: what was listed before has other cells. */
function sameColumns(columns: readonly ServerColumn[], wire: readonly WireColumn[]): void {
  const same =
    columns.length === wire.length && wire.every(({ name }, index) => columns[index]?.name === name);
  if (!same) throw new Error("the columns of the list have changed");
}

/** A BOOKMARK carries one row without a name: only its version counts. */
function toChange(reader: RowReader, eventType: string, wire: WireRow): Change<Row> {
  const { metadata } = wire.object;
  const version = metadata.resourceVersion ? { resourceVersion: metadata.resourceVersion } : {};
  if (eventType === "BOOKMARK" || !metadata.name) return version;
  const row = reader.read(wire);
  return eventType === "DELETED" ? { ...version, key: row.key } : { ...version, key: row.key, value: row };
}

interface WireTable {
  /** Without a selector the server says how many rows come after this page. */
  metadata: ObjectMeta & { continue?: string; remainingItemCount?: number };
  columnDefinitions?: WireColumn[];
  rows?: WireRow[];
}
