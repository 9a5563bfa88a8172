import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { readCookie } from "../auth/cookie.ts";
import { isAllowedHost, isOwnOrigin } from "../auth/request-guard.ts";
import type { Session, Sessions } from "../auth/sessions.ts";
import { foreign, notSignedIn, Refusal, sendJson, sendText } from "./refusal.ts";
import { checkJsonRequest } from "./request-body.ts";
import { findRoute, type Exchange, type Route, type SocketRoute } from "./routes.ts";
import { setSecurityHeaders } from "./security-headers.ts";
import type { StaticFiles } from "./static-files.ts";

export interface ServerParts {
  /** Allowed values of the Host header. */
  hosts: () => ReadonlySet<string>;
  cookieName: () => string;
  sessions: Sessions;
  routes: readonly Route[];
  sockets: readonly SocketRoute[];
  files: StaticFiles;
  isReady: () => Promise<boolean>;
  log: Logger;
}

/** All routes of the console on one port. */
export function createConsoleServer(parts: ServerParts): Server {
  const server = createServer({ maxHeaderSize: 32 * 1024, requestTimeout: 60_000, headersTimeout: 10_000 });
  server.on("request", (request, response) => {
    setSecurityHeaders(response);
    answer(parts, request, response).catch((error: unknown) => fail(parts.log, response, error));
  });
  server.on("upgrade", (request, socket, head) => upgrade(parts, request, socket, head));
  // Node's own answer to what is no HTTP says nothing either, but has no headers of ours.
  server.on("clientError", (_error, socket) => {
    if (socket.writable)
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  return server;
}

async function answer(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = urlOf(request);
  if (url.pathname === "/healthz") return sendText(response, 200, "ok");
  if (url.pathname === "/readyz") return answerReady(parts, response);
  checkHost(parts, request);
  const route = findRoute(parts.routes, url.pathname);
  if (route) return answerRoute(parts, route, { request, response, url });
  checkMethod(["GET", "HEAD"], request, response);
  return parts.files.serve(request, response, url.pathname);
}

async function answerReady(parts: ServerParts, response: ServerResponse): Promise<void> {
  const ready = await parts.isReady();
  sendText(response, ready ? 200 : 503, ready ? "ok" : "not ready");
}

async function answerRoute(parts: ServerParts, route: Route, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  checkMethod(route.methods, request, response);
  const writes = request.method !== "GET" && request.method !== "HEAD";
  if (writes || route.access === "session") checkOrigin(parts, request);
  if (writes) checkJsonRequest(request);
  if (route.access === "public") return route.answer(exchange);
  const session = findSession(parts, request);
  if (!session) throw notSignedIn;
  return route.answer({ ...exchange, caller: session.acting });
}

function upgrade(parts: ServerParts, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on("error", () => socket.destroy());
  try {
    const url = urlOf(request);
    const route = findRoute(parts.sockets, url.pathname);
    if (!route) throw new Refusal(404, "NOT_FOUND", "not found");
    checkHost(parts, request);
    if (!isOwnOrigin(request.headers, parts.hosts(), { originRequired: true })) throw foreign();
    const session = findSession(parts, request);
    if (!session) throw notSignedIn;
    route.accept({ request, socket, head, caller: session.acting, url });
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 500;
    if (!(error instanceof Refusal)) parts.log.error({ err: error }, "an upgrade failed");
    socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }
}

/** The session whose cookie the request carries. */
export function findSession(
  parts: Pick<ServerParts, "sessions" | "cookieName">,
  request: IncomingMessage,
): Session | undefined {
  return parts.sessions.find(readCookie(request.headers.cookie, parts.cookieName()));
}

function checkHost(parts: ServerParts, request: IncomingMessage): void {
  if (!isAllowedHost(request.headers, parts.hosts())) {
    throw new Refusal(403, "FORBIDDEN", "the console is not served under this host name");
  }
}

/** An address that a person types, or opens from a bookmark, comes from nowhere: fine for reading. */
function checkOrigin(parts: ServerParts, request: IncomingMessage): void {
  const reads = request.method === "GET" || request.method === "HEAD";
  if (reads && request.headers["sec-fetch-site"] === "none") return;
  if (!isOwnOrigin(request.headers, parts.hosts(), { originRequired: false })) throw foreign();
}

function checkMethod(methods: readonly string[], request: IncomingMessage, response: ServerResponse): void {
  if (methods.includes(request.method ?? "")) return;
  response.setHeader("allow", methods.join(", "));
  throw new Refusal(405, "BAD_INPUT", `this path takes ${methods.join(" and ")} requests only`);
}

function urlOf(request: IncomingMessage): URL {
  const target = request.url ?? "";
  if (!target.startsWith("/") || target.startsWith("//"))
    throw new Refusal(400, "BAD_INPUT", "the path must begin with one /");
  try {
    return new URL(target, "http://console");
  } catch {
    throw new Refusal(400, "BAD_INPUT", "the path cannot be read");
  }
}

function fail(log: Logger, response: ServerResponse, error: unknown): void {
  const refusal = error instanceof Refusal ? error : undefined;
  // The client went away, so there is nobody to answer and nothing wrong here.
  if (!refusal && response.destroyed) return;
  if (!refusal) log.error({ err: error }, "a request failed unexpectedly");
  if (response.headersSent) return void response.destroy();
  // The rest of a body that was refused is not read.
  if (refusal?.status === 413) response.setHeader("connection", "close");
  const { code, message } = refusal ?? { code: "INTERNAL", message: "internal error" };
  sendJson(response, refusal?.status ?? 500, { errors: [{ message, extensions: { code } }] });
}
