import type { ServerResponse } from "node:http";
import { once } from "node:events";
import type { Logger } from "pino";
import type { Caller } from "../graphql/context.ts";
import { badInput, userError } from "../graphql/errors.ts";
import { answerError } from "../graphql/http-error.ts";
import { Kinds } from "../resources/kinds.ts";
import { csvLine } from "./csv.ts";
import { parseTime } from "./relative-cells.ts";
import type { Row } from "./row.ts";
import { toScope, type ScopeInput } from "./scope-input.ts";
import type { TableSource } from "./table-source.ts";
import type { Tables } from "./tables.ts";
import { WantedView, type ViewInput } from "./wanted-view.ts";

const rowsPerChunk = 500;
const longestWaitMs = 60_000;

interface ExportRequest {
  url: URL;
  response: ServerResponse;
  caller: Caller;
}

/** Answers downloads of lists; one that cannot begin is a JSON answer with the sentence of the error. */
export function tableExport(
  tables: Tables,
  log: Logger,
  waitMs = longestWaitMs,
): (request: ExportRequest) => Promise<void> {
  const parts = { tables, kinds: new Kinds(), waitMs };
  return async (request) => {
    try {
      await exportTable(parts, request);
    } catch (error) {
      answerError(request.response, error, log);
    }
  };
}

/** All rows of a view in its order, with all its columns, as a CSV file. Nothing is sent before the list is there. */
async function exportTable(
  { tables, kinds, waitMs }: { tables: Tables; kinds: Kinds; waitMs: number },
  { url, response, caller }: ExportRequest,
): Promise<void> {
  const { scope, view } = parseQuery(url.searchParams);
  const wanted = new WantedView(view);
  const asked = await toScope(kinds, caller, scope);
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const { source, leave } = tables.join(caller, asked, wanted.shape);
  const joined = source.view(wanted.key, () => wanted.build(source.columns));
  try {
    await loaded(source, gone.signal, waitMs);
    response.setHeader("content-type", "text/csv; charset=utf-8");
    response.setHeader("content-disposition", `attachment; filename="${asked.type.plural}.csv"`);
    response.setHeader("cache-control", "no-store");
    const rows = joined.look().slice(0, Infinity);
    await send(response, lines(rows, wanted, { source, namespaced: asked.type.namespaced }), gone.signal);
  } finally {
    joined.leave();
    leave();
  }
}

function* lines(
  rows: readonly Row[],
  wanted: WantedView,
  { source, namespaced }: { source: TableSource; namespaced: boolean },
): Generator<string> {
  const columns = wanted.columns(source.columns);
  const headings = columns.map(headingOf);
  yield csvLine(namespaced ? ["Namespace", ...headings] : headings);
  for (let from = 0; from < rows.length; from += rowsPerChunk) {
    const chunk = rows.slice(from, from + rowsPerChunk).map((row) => {
      const cells = wanted.cells(row).map((cell, index) => valueOf(cell, columns[index]?.type));
      return csvLine(namespaced ? [row.namespace, ...cells] : cells);
    });
    yield chunk.join("");
  }
}

/** At the reader's pace. */
async function send(response: ServerResponse, chunks: Iterable<string>, signal: AbortSignal): Promise<void> {
  for (const chunk of chunks) {
    if (signal.aborted) return;
    if (!response.write(chunk)) await once(response, "drain", { signal });
  }
  response.end();
}

/** An age is told as the time from which it counts: a file does not grow older by itself. */
function headingOf({ id, name, type }: { id: string; name: string; type: string }): string {
  if (id === "age") return "Created";
  return type === "date" ? `${name} (time)` : name;
}

/** A duration that still grows is told as the time that it counts from, too. */
function valueOf(cell: unknown, type: string | undefined): unknown {
  const grows = type === "duration" && typeof cell === "string" && parseTime(cell) !== undefined;
  return grows ? `since ${cell}` : cell;
}

function loaded(source: TableSource, gone: AbortSignal, waitMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (source.failure !== undefined) settle(() => reject(source.failure));
      else if (source.loaded) settle(resolve);
    };
    const settle = (how: () => void): void => {
      stop();
      clearTimeout(timer);
      how();
    };
    const stop = source.listen(look);
    const late = userError("UNAVAILABLE", "the list could not be read in time; try again");
    const timer = setTimeout(() => settle(() => reject(late)), waitMs);
    gone.addEventListener("abort", () => settle(() => reject(gone.reason as Error)));
    look();
  });
}

function parseQuery(query: URLSearchParams): { scope: ScopeInput; view: ViewInput } {
  const parts = (query.get("type") ?? "").split("/");
  const [group, version, plural] = parts;
  if (parts.length !== 3 || group === undefined || !version || !plural)
    throw badInput("type must be group/version/plural, e.g. apps/v1/deployments or /v1/pods");
  const sort = query.getAll("sort").map((text) => {
    const descending = text.startsWith("-");
    return { column: descending ? text.slice(1) : text, descending };
  });
  return {
    scope: {
      type: { group, version, plural },
      namespaces: query.get("namespaces")?.split(",").filter(Boolean) ?? null,
      labelSelector: query.get("labelSelector"),
      fieldSelector: query.get("fieldSelector"),
    },
    view: {
      text: query.get("text"),
      where: query.get("where"),
      columns: query.getAll("columns"),
      sort,
    },
  };
}
