import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import { type Answer, Refusal, textAnswer } from "./answer.ts";
import type { GatewayMetrics } from "./metrics.ts";
import { BodyAbortedError, type RequestBodies } from "./request-body.ts";

export interface Route {
  method: "GET" | "POST";
  /** With parameters as names, for metrics. */
  path: string;
  handle: (request: IncomingMessage, application: string) => Answer | Promise<Answer>;
  /** How a Refusal is told; by default as text. */
  refuse?: (refusal: Refusal) => Answer;
}

/** How often the log says that requests fail, with each status, ms. */
const reportEveryMs = 10_000;

export interface ServerParts {
  /** The route of a path without its query, and the application that it names. */
  find: (path: string) => { route: Route; application: string } | undefined;
  bodies: RequestBodies;
  metrics: GatewayMetrics;
  log: Logger;
  /** How long a request may take to arrive, ms. */
  receiveTimeoutMs: number;
  isDraining: () => boolean;
}

type Serving = ServerParts & {
  /** When the log last told of a status, by performance.now(). */
  reported: Map<number, number>;
};

/** Longer than proxies keep idle connections, so that it is they who end one. */
const keepAliveMs = 65_000;
/** How long a client may still send a body that was refused, ms: an end at once would take the answer from it. */
const lingerMs = 1000;
const mostConnections = 10_000;

/** Any failure becomes one answer. Not listening yet. */
export function createGatewayServer(parts: ServerParts): Server {
  const serving: Serving = { ...parts, reported: new Map() };
  const server = createServer(
    {
      requestTimeout: parts.receiveTimeoutMs,
      headersTimeout: parts.receiveTimeoutMs,
      connectionsCheckingInterval: Math.min(1000, parts.receiveTimeoutMs),
      keepAliveTimeout: keepAliveMs,
      noDelay: true,
    },
    (request, response) => void answer(serving, request, response),
  );
  server.maxConnections = mostConnections;
  // Who asks first is told before it sends megabytes.
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    if (!parts.bodies.declaresTooMuch(request)) response.writeContinue();
    void answer(serving, request, response);
  });
  return server;
}

async function answer(parts: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const began = performance.now();
  const method = request.method ?? "";
  const url = request.url ?? "/";
  const query = url.indexOf("?");
  const found = parts.find(query === -1 ? url : url.slice(0, query));
  const result = await resultOf(parts, request, found);
  if (!result) return;
  parts.metrics.countRequest(
    knownMethod(method),
    found?.route.path ?? "other",
    result.status,
    (performance.now() - began) / 1000,
  );
  send(response, result, parts.isDraining());
  if (!request.complete) response.once("finish", () => endLater(request));
}

/** Undefined when there is nobody to answer. */
async function resultOf(
  parts: Serving,
  request: IncomingMessage,
  found: ReturnType<ServerParts["find"]>,
): Promise<Answer | undefined> {
  if (!found) return textAnswer(404, "there is nothing at this path: events go to /publish");
  const { route, application } = found;
  try {
    if (!allows(route, request.method)) return notAllowed(route);
    return await route.handle(request, application);
  } catch (error) {
    if (error instanceof BodyAbortedError) return undefined;
    const refusal = error instanceof Refusal ? error : unexpected(parts.log, error);
    if (refusal.status >= 500) report(parts, refusal);
    return route.refuse?.(refusal) ?? textAnswer(refusal.status, refusal.message);
  }
}

function allows(route: Route, method: string | undefined): boolean {
  return method === route.method || (method === "HEAD" && route.method === "GET");
}

function notAllowed({ method, path }: Route): Answer {
  const allow = method === "GET" ? "GET, HEAD" : method;
  return { ...textAnswer(405, `${path} takes ${allow} only`), allow };
}

/** Not each: while NATS is away there may be thousands per second. */
function report({ log, reported }: Serving, { status, message }: Refusal): void {
  const now = performance.now();
  if (now - (reported.get(status) ?? -Infinity) < reportEveryMs) return;
  reported.set(status, now);
  log.warn({ status }, `requests are refused: ${message}`);
}

function unexpected(log: Logger, error: unknown): Refusal {
  log.error({ err: error }, "a request failed in a way that was not expected");
  return new Refusal(500, "the request failed in a way that was not expected: the log says more");
}

/** Metrics must not grow with what senders make up. */
function knownMethod(method: string): string {
  return ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].includes(method) ? method : "other";
}

function send(response: ServerResponse, { status, body, contentType, allow }: Answer, isLast: boolean): void {
  if (isLast) response.shouldKeepAlive = false;
  const headers: Record<string, string | number> = {};
  if (contentType) headers["content-type"] = contentType;
  if (body !== undefined) headers["content-length"] = Buffer.byteLength(body);
  if (allow) headers["allow"] = allow;
  response.writeHead(status, headers);
  response.end(body);
}

function endLater(request: IncomingMessage): void {
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, lingerMs);
  timer.unref();
}
