import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { refuseUpgrade } from "./upgrade.ts";

/** Bounds of every connection. A header block may have 8 KiB: what is larger is answered 431. */
const maxHeaderSize = 8 * 1024;
const headersTimeoutMs = 10_000;
const keepAliveTimeoutMs = 65_000;
const idleTimeoutMs = 300_000;
const checkIntervalMs = 1000;
const mostConnections = 8192;

export interface ProxyHandlers {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  connect(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** A request that was no HTTP, too large or too slow, answered here with the status. */
  rejected(status: number): void;
}

/** An HTTP/1.1 server with the strict parser and bounds on everything that a caller can make large or slow. */
export function createProxyServer(handlers: ProxyHandlers): Server {
  const current = new WeakMap<Duplex, ServerResponse>();
  const server = createServer({
    insecureHTTPParser: false,
    maxHeaderSize,
    headersTimeout: headersTimeoutMs,
    // The header is bounded above, the answer by the route; an upload may take as long as it moves.
    requestTimeout: 0,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionsCheckingInterval: checkIntervalMs,
    joinDuplicateHeaders: true,
    requireHostHeader: false,
    noDelay: true,
    shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === "websocket",
  });
  // No silent dropping of surplus headers: they are counted and refused.
  server.maxHeadersCount = 0;
  server.maxConnections = mostConnections;
  server.setTimeout(idleTimeoutMs);
  server.on("request", (request, response) => {
    current.set(request.socket, response);
    handlers.request(request, response);
  });
  server.on("upgrade", (request, socket, head) => handlers.upgrade(request, socket, head));
  server.on("connect", (request, socket, head) => handlers.connect(request, socket, head));
  server.on("clientError", (error: Error & { code?: string }, socket: Socket) => {
    const response = current.get(socket);
    // Behind a begun answer nothing can be said any more.
    if (response?.headersSent && !response.writableFinished) return void socket.destroy();
    if (error.code === "ECONNRESET" || error.code === "EPIPE") return void socket.destroy();
    const [status, text] = rejection(error.code);
    handlers.rejected(status);
    refuseUpgrade(socket, status, text);
  });
  return server;
}

function rejection(code: string | undefined): readonly [number, string] {
  if (code === "HPE_HEADER_OVERFLOW") return [431, "the request header is larger than 8 KiB"];
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return [408, "the request header took longer than 10 s"];
  return [400, "this is not a valid HTTP request"];
}
