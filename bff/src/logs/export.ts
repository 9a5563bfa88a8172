import { jobs, pods } from "@kyma/kube/resource-types.ts";
import type { IncomingMessage, ServerResponse } from "node:http";
import { PassThrough, type Writable } from "node:stream";
import type { Logger } from "pino";
import { createGzip } from "node:zlib";
import type { Caller } from "../graphql/context.ts";
import { badInput } from "../graphql/errors.ts";
import { answerError } from "../graphql/http-error.ts";
import { latest } from "../graphql/latest.ts";
import { Kinds } from "../resources/kinds.ts";
import type { LogBatch } from "./log-batch.ts";
import { LogFeed, type Pods } from "./log-feed.ts";
import { ownPods, selectPods, type LogSourceInput, type PodSelection } from "./log-source.ts";
import { logOptions } from "./options.ts";
import type { LogPod } from "./pods.ts";

const mostExports = 20;
const limits = {
  windowMs: Infinity,
  longestLine: 8 * 1024 * 1024,
  streams: 1000,
  waiting: 32 * 1024 * 1024,
  // Some six seconds: a file that cannot be had must end with a note instead of never.
  attempts: 6,
};

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  caller: Caller;
  url: URL;
}

/** Answers downloads of logs; one that cannot begin is a JSON answer with the sentence of the error. */
export function logExport(log: Logger): (exchange: Exchange) => Promise<void> {
  const parts = { kinds: new Kinds(), running: new Map<string, number>() };
  return async (exchange) => {
    try {
      await exportLogs(parts, exchange);
    } catch (error) {
      answerError(exchange.response, error, log);
    }
  };
}

/**
 * Answers GET /export/logs?namespace=…&pod=…: the whole log as a text file, in order of time, each line with its pod and container. What
 * goes wrong before the first byte is thrown; later it becomes the file's last line, so that nobody takes a part for the whole.
 */
async function exportLogs(
  { kinds, running }: { kinds: Kinds; running: Map<string, number> },
  { request, response, caller, url }: Exchange,
): Promise<void> {
  const { source, options } = readQuery(url.searchParams);
  const selection = await selectPods({ kinds, caller }, source);
  const feed = new LogFeed({
    kube: caller.kube,
    pods: new ListedPods(await listPods(caller, selection)),
    options: { ...options, follow: false },
    pod: selection.pod,
    limits,
  });
  const count = running.get(caller.identity) ?? 0;
  if (count >= mostExports)
    throw badInput(`${mostExports} downloads run already; wait until one of them has ended`);
  running.set(caller.identity, count + 1);
  try {
    await send({ request, response, caller }, { feed, name: fileName(source), bare: options.bare });
  } finally {
    running.set(caller.identity, (running.get(caller.identity) ?? 1) - 1);
  }
}

interface Query {
  source: LogSourceInput;
  options: ReturnType<typeof logOptions.parse> & { bare: boolean };
}

/** The query of a download; a fault is BAD_INPUT. */
export function readQuery(query: URLSearchParams): Query {
  const text = (name: string): string | undefined => query.get(name) ?? undefined;
  const number = (name: string): number | undefined =>
    query.has(name) ? Number(query.get(name)) : undefined;
  const plural = text("plural");
  const source: LogSourceInput = {
    namespace: text("namespace") ?? "",
    pod: text("pod") ?? null,
    labelSelector: text("labelSelector") ?? null,
    workload: plural
      ? {
          type: { group: text("group") ?? "", version: text("version") ?? "v1", plural },
          name: text("name") ?? "",
        }
      : null,
  };
  const options = logOptions.parse({
    containers: query.getAll("container"),
    previous: query.get("previous") === "true",
    tailLines: number("tailLines"),
    sinceSeconds: number("sinceSeconds"),
    sinceTime: text("sinceTime"),
    limit: number("limit"),
  });
  return { source, options: { ...options, bare: query.get("prefix") === "false" } };
}

async function send(
  { request, response, caller }: Omit<Exchange, "url">,
  { feed, name, bare }: { feed: LogFeed; name: string; bare: boolean },
): Promise<void> {
  const batches = latest(feed);
  const stop = (): void => void batches.return?.();
  response.once("close", stop);
  const forget = caller.onEnd(() => response.destroy());
  try {
    const streams: string[] = [];
    let text = "";
    let next = await batches.next();
    // Until a log has answered nobody knows whether this person may read it, so the answer waits.
    while (!next.done && !next.value.ended && isQuiet(next.value)) {
      text += lines(next.value, streams, bare);
      next = await batches.next();
    }
    const out = open(request, response, name);
    await write(out, text);
    while (!next.done) {
      await write(out, lines(next.value, streams, bare));
      if (next.value.ended || response.destroyed) break;
      try {
        next = await batches.next();
      } catch (error) {
        await write(
          out,
          `--- the log ends here: ${error instanceof Error ? error.message : String(error)} ---\n`,
        );
        break;
      }
    }
    out.end();
  } finally {
    stop();
    forget();
  }
}

function isQuiet({ texts, streams }: LogBatch): boolean {
  return texts.length === 0 && streams.every(({ state }) => state === "WAITING");
}

function open(request: IncomingMessage, response: ServerResponse, name: string): Writable {
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.setHeader("content-disposition", `attachment; filename="${name}"`);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("cache-control", "no-store");
  response.setHeader("vary", "Accept-Encoding");
  const packs = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
  if (packs) response.setHeader("content-encoding", "gzip");
  response.writeHead(200);
  const out = packs ? createGzip({ level: 4 }) : new PassThrough();
  out.on("error", () => response.destroy());
  out.pipe(response);
  return out;
}

/** Lines as kubectl logs --prefix --timestamps prints them. */
function lines(batch: LogBatch, streams: string[], bare: boolean): string {
  const notes: string[] = [];
  for (const { index, pod, container, state, message } of batch.streams) {
    streams[index] = `[pod/${pod}/${container}]`;
    if (state === "FAILED") notes.push(`${streams[index]} --- cannot be read: ${message ?? ""} ---\n`);
  }
  const read = batch.texts.map((text, index) => {
    const time = batch.times[index] ?? "";
    return bare ? `${text}\n` : `${streams[batch.sources[index] ?? -1] ?? ""} ${time} ${text}\n`;
  });
  return [...notes, ...read].join("");
}

async function write(out: Writable, text: string): Promise<void> {
  if (text === "" || out.destroyed || out.write(text)) return;
  await new Promise<void>((resolve) => {
    out.once("drain", resolve);
    out.once("close", resolve);
  });
}

function fileName({ pod, workload, labelSelector, namespace }: LogSourceInput): string {
  const name = pod ?? workload?.name ?? labelSelector ?? "log";
  return `${namespace}-${name}.log`.replaceAll(/[^A-Za-z0-9._-]+/g, "-");
}

async function listPods(caller: Caller, selection: PodSelection): Promise<LogPod[]> {
  const { namespace, labelSelector, fieldSelector, cronJob } = selection;
  const found = await caller.kube.list<LogPod>(pods, { namespace, labelSelector, fieldSelector });
  const made = cronJob === undefined ? { items: [] } : await caller.kube.list(jobs, { namespace });
  return ownPods(selection, { pods: found.items, jobs: made.items });
}

/** Pods as they were listed once. */
class ListedPods implements Pods {
  readonly loaded = true;
  readonly failure = undefined;
  readonly liveness = "LIVE";
  readonly #pods: LogPod[];

  constructor(listed: LogPod[]) {
    this.#pods = listed;
  }

  list(): LogPod[] {
    return this.#pods;
  }

  listen(): () => void {
    return () => undefined;
  }
}
