import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { clearCookie, readCookie, setCookie } from "../auth/cookie.ts";
import { isAllowedHost, isOwnOrigin } from "../auth/request-guard.ts";
import type { Credentials, Session, Sessions } from "../auth/sessions.ts";
import type { SignInLink } from "../auth/sign-in-link.ts";
import type { GraphqlSockets } from "../graphql/socket.ts";
import type { GraphqlServer } from "../graphql/yoga.ts";
import { answerGraphql, checkGraphqlRequest, Refusal } from "./graphql-endpoint.ts";
import type { Metrics } from "./metrics.ts";
import { setSecurityHeaders } from "./security-headers.ts";
import type { StaticFiles } from "./static-files.ts";

export interface ServerParts {
  /** Allowed values of the Host header. */
  hosts: () => ReadonlySet<string>;
  cookieName: () => string;
  sessions: Sessions;
  signInLink: () => SignInLink;
  credentials: Credentials;
  graphql: GraphqlServer;
  sockets: GraphqlSockets;
  files: StaticFiles;
  metrics: Metrics;
  isReady: () => Promise<boolean>;
  log: Logger;
}

const notSignedIn = new Refusal(
  401,
  "UNAUTHENTICATED",
  "not signed in: open the link that npm start printed, it is also in the file console-url",
);

/** All routes of the console on one port. */
export function createConsoleServer(parts: ServerParts): Server {
  const server = createServer({ maxHeaderSize: 32 * 1024, requestTimeout: 60_000, headersTimeout: 10_000 });
  server.on("request", (request, response) => {
    setSecurityHeaders(response);
    new Routes(parts).answer(request, response).catch((error: unknown) => fail(parts.log, response, error));
  });
  server.on("upgrade", (request, socket, head) => upgrade(parts, request, socket, head));
  return server;
}

class Routes {
  readonly #parts: ServerParts;

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = pathOf(request);
    if (url.pathname === "/healthz") return sendText(response, 200, "ok");
    if (url.pathname === "/readyz") return this.#readyz(response);
    checkHost(this.#parts, request);
    if (url.pathname === "/graphql") return this.#graphql(request, response);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      throw new Refusal(405, "BAD_INPUT", "this path can only be read");
    }
    if (url.pathname === "/sign-in") return this.#signIn(request, response, url);
    if (url.pathname === "/session") return this.#session(request, response);
    if (url.pathname === "/metrics") return this.#metrics(response);
    return this.#parts.files.serve(request, response, url.pathname);
  }

  async #readyz(response: ServerResponse): Promise<void> {
    const ready = await this.#parts.isReady();
    sendText(response, ready ? 200 : 503, ready ? "ok" : "not ready");
  }

  async #metrics(response: ServerResponse): Promise<void> {
    const { metrics } = this.#parts;
    response.setHeader("content-type", metrics.contentType);
    response.end(await metrics.text());
  }

  async #graphql(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { graphql, log, hosts } = this.#parts;
    if (!isOwnOrigin(request.headers, hosts(), { originRequired: false })) throw foreign();
    checkGraphqlRequest(request);
    const session = findSession(this.#parts, request);
    if (!session) throw notSignedIn;
    // The cookie of a session that this very request ends is taken back.
    const forget = session.onEnd(() => {
      if (!response.headersSent) response.setHeader("set-cookie", clearCookie(this.#parts.cookieName()));
    });
    await answerGraphql(graphql, { request, response, caller: session, log }).finally(forget);
  }

  async #signIn(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { cookieName, credentials, sessions, signInLink } = this.#parts;
    response.setHeader("cache-control", "no-store");
    const prefetch = `${String(request.headers["sec-purpose"] ?? "")}${String(request.headers["purpose"] ?? "")}`;
    // A prefetch or a HEAD must not use the link up.
    if (request.method !== "GET" || prefetch.includes("prefetch"))
      throw new Refusal(405, "BAD_INPUT", "open this link in a browser");
    const link = signInLink();
    if (!link.consume(url.searchParams.get("token") ?? "")) return sendText(response, 401, usedLink);
    await link.renew();
    findSession(this.#parts, request)?.signOut();
    const { id } = sessions.start(credentials);
    response.setHeader("set-cookie", setCookie(cookieName(), id));
    response.writeHead(303, { location: "/" }).end();
  }

  #session(request: IncomingMessage, response: ServerResponse): void {
    const session = findSession(this.#parts, request);
    if (!session) throw notSignedIn;
    sendJson(response, 200, { user: session.user });
  }
}

const usedLink = `This sign-in link is not valid any more: each link works once. The file console-url in the data directory holds the next one.\n`;

function upgrade(parts: ServerParts, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on("error", () => socket.destroy());
  try {
    if (pathOf(request).pathname !== "/graphql") throw new Refusal(404, "NOT_FOUND", "not found");
    checkHost(parts, request);
    if (!isOwnOrigin(request.headers, parts.hosts(), { originRequired: true })) throw foreign();
    const session = findSession(parts, request);
    if (!session) throw notSignedIn;
    parts.sockets.accept(request, socket, head, session);
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 500;
    if (!(error instanceof Refusal)) parts.log.error({ err: error }, "an upgrade failed");
    socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }
}

function findSession(parts: ServerParts, request: IncomingMessage): Session | undefined {
  return parts.sessions.find(readCookie(request.headers.cookie, parts.cookieName()));
}

function checkHost(parts: ServerParts, request: IncomingMessage): void {
  if (!isAllowedHost(request.headers, parts.hosts())) {
    throw new Refusal(403, "FORBIDDEN", "the console is not served under this host name");
  }
}

function foreign(): Refusal {
  return new Refusal(403, "FORBIDDEN", "the request comes from a page of another origin");
}

function pathOf(request: IncomingMessage): URL {
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

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.setHeader("cache-control", "no-store");
  response.writeHead(status).end(JSON.stringify(value));
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.writeHead(status).end(text.endsWith("\n") ? text : `${text}\n`);
}
