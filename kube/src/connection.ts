import type { KubeConfig } from "@kubernetes/client-node";
import { readFile } from "node:fs/promises";
import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import { AnswerTooLargeError, UnavailableError, unreachable } from "./errors.ts";
import type { Impersonation, KubeAccess } from "./kubeconfig.ts";

export interface KubeRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  signal?: AbortSignal;
  /** Milliseconds without a byte before the request is given up; 0 for streams that time themselves. Default 60,000. */
  timeoutMs?: number;
  /** A watch or a followed log: it gets a socket of its own. */
  stream?: boolean;
  /** Bytes of the answer after which reading it as text is an AnswerTooLargeError. Default 512 MiB: a page of 500 large Secrets. */
  largestAnswer?: number;
}

/** An answer whose body has not been read yet. */
export interface KubeResponse {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: http.IncomingMessage;
  text(): Promise<string>;
  json<T = unknown>(): Promise<T>;
}

/** The server sent nothing for the time that the request allowed. */
export class SilenceError extends Error {
  override name = "SilenceError";
  override message = "no answer in time";
}

export interface ConnectionOptions {
  userAgent?: string;
  /** Called at every 401, whoever behind the API server it comes from: time to ask whether the credentials still count. */
  onUnauthorized?: () => void;
  /** Milliseconds until a connection must stand, with its TLS. Default 10,000. */
  connectTimeoutMs?: number;
}

/** A lost SYN is sent again after 1, 3 and 7 s; the system itself would try for two minutes. */
export const defaultConnectTimeoutMs = 10_000;
const defaultLargestAnswer = 512 * 1024 * 1024;
/** Of the text of an error; the API server's own are a few KB. */
const largestError = 1024 * 1024;
/** A connection is probed when it was quiet for so long, then each second; after ten probes without an answer it ends. */
const probeAfterMs = 15_000;

/**
 * Sends requests to one API server as one user. Plain node:https: an import of @kubernetes/client-node costs 80 MB of memory and 0.7 s in
 * every process, so it is loaded only for users whose credentials come from a plugin.
 */
export class Connection {
  readonly access: KubeAccess;
  readonly #options: ConnectionOptions;
  readonly #requests: http.Agent;
  readonly #streams: http.Agent;
  readonly #base: URL;

  constructor(access: KubeAccess, options: ConnectionOptions = {}) {
    this.access = access;
    this.#options = options;
    this.#base = new URL(access.server);
    const tls = { ...access.tls, keepAlive: true, keepAliveMsecs: probeAfterMs };
    const agent = this.#base.protocol === "https:" ? https.Agent : http.Agent;
    this.#requests = new agent({ ...tls, maxSockets: 64, maxFreeSockets: 16 });
    this.#streams = new agent({ ...tls, keepAlive: false });
  }

  /** The same server, as somebody else; needs the right to impersonate. */
  as(impersonate: Impersonation): Connection {
    return new Connection({ ...this.access, impersonate }, this.#options);
  }

  /** Resolves with any status; rejects with UnavailableError when there is no answer, or with the abort reason. */
  async send(path: string, request: KubeRequest = {}): Promise<KubeResponse> {
    const plugin = this.access.plugin ? await pluginOptions(this.access) : undefined;
    const headers: http.OutgoingHttpHeaders = {
      ...request.headers,
      ...(await this.#authorization()),
      ...(plugin?.headers as Record<string, string> | undefined),
      "user-agent": this.#options.userAgent ?? "kyma",
    };
    if (request.body !== undefined) headers["content-length"] = String(Buffer.byteLength(request.body));
    return new Promise((resolve, reject) => {
      let answer: http.IncomingMessage | undefined;
      const transport = this.#base.protocol === "https:" ? https : http;
      const outgoing = transport.request(
        {
          ...this.#place(path),
          method: request.method ?? "GET",
          headers,
          agent: plugin?.agent ?? (request.stream ? this.#streams : this.#requests),
          signal: request.signal,
        },
        (incoming) => {
          answer = incoming;
          if (incoming.statusCode === 401) this.#options.onUnauthorized?.();
          resolve(toResponse(incoming, request.largestAnswer ?? defaultLargestAnswer));
        },
      );
      outgoing.setTimeout(request.timeoutMs ?? 60_000, () =>
        (answer ?? outgoing).destroy(new SilenceError()),
      );
      outgoing.once("socket", (socket) => this.#attend(socket, outgoing));
      outgoing.on("error", (error: NodeJS.ErrnoException) => {
        if (request.signal?.aborted) return reject(error);
        if (wasStale(error, outgoing) && isRepeatable(request)) return resolve(this.send(path, request));
        reject(unreachable(error));
      });
      outgoing.end(request.body);
    });
  }

  /** How to open a WebSocket to the server as this user: address, headers, and the agent that knows its TLS. */
  async socketTarget(
    path: string,
  ): Promise<{ url: string; headers: http.OutgoingHttpHeaders; agent: http.Agent }> {
    const plugin = this.access.plugin ? await pluginOptions(this.access) : undefined;
    const headers = {
      ...(await this.#authorization()),
      ...(plugin?.headers as Record<string, string> | undefined),
      "user-agent": this.#options.userAgent ?? "kyma",
    };
    const url = this.#base.href.replace(/^http/, "ws").replace(/\/$/, "") + path;
    return { url, headers, agent: plugin?.agent ?? this.#streams };
  }

  close(): void {
    this.#requests.destroy();
    this.#streams.destroy();
  }

  #place(path: string): http.RequestOptions {
    const { protocol, hostname, port, pathname } = this.#base;
    return {
      protocol,
      hostname: hostname.replace(/^\[|\]$/g, ""),
      port: port || undefined,
      path: pathname.replace(/\/$/, "") + path,
    };
  }

  /** Watches over a new connection: node's own time-out begins only when it stands, and the system probes none unless told to. */
  #attend(socket: Socket, request: http.ClientRequest): void {
    if (!socket.connecting) return;
    socket.setKeepAlive(true, probeAfterMs);
    const giveUp = (): void => void request.destroy(new SilenceError());
    const timer = setTimeout(giveUp, this.#options.connectTimeoutMs ?? defaultConnectTimeoutMs);
    socket.once(this.#base.protocol === "https:" ? "secureConnect" : "connect", () => clearTimeout(timer));
    request.once("close", () => clearTimeout(timer));
  }

  async #authorization(): Promise<http.OutgoingHttpHeaders> {
    const { token, tokenFile, basic, impersonate } = this.access;
    const headers: http.OutgoingHttpHeaders = {};
    if (tokenFile) headers["authorization"] = `Bearer ${(await readFile(tokenFile, "utf8")).trim()}`;
    else if (token) headers["authorization"] = `Bearer ${token}`;
    else if (basic) {
      headers["authorization"] =
        `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString("base64")}`;
    }
    if (impersonate) {
      headers["impersonate-user"] = impersonate.user;
      if (impersonate.groups?.length) headers["impersonate-group"] = impersonate.groups;
      if (impersonate.uid) headers["impersonate-uid"] = impersonate.uid;
    }
    return headers;
  }
}

export function connect(access: KubeAccess, options: ConnectionOptions = {}): Connection {
  return new Connection(access, options);
}

/** A kept-alive socket that the server had closed before our request reached it. */
function wasStale(error: NodeJS.ErrnoException, request: http.ClientRequest): boolean {
  return request.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
}

function isRepeatable(request: KubeRequest): boolean {
  const apply = request.headers?.["content-type"]?.startsWith("application/apply-patch") ?? false;
  return (request.method ?? "GET") === "GET" || apply;
}

/** exec and auth-provider plugins run in client-node, which also caches what they return (a token, or a client certificate). */
async function pluginOptions(access: KubeAccess): Promise<https.RequestOptions & { agent?: https.Agent }> {
  let config = pluginConfigs.get(access);
  if (!config) {
    const clientNode = await import("@kubernetes/client-node");
    config = new clientNode.KubeConfig();
    config.loadFromString(access.plugin?.text ?? "");
    config.setCurrentContext(access.context);
    pluginConfigs.set(access, config);
  }
  const options: https.RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  return options as https.RequestOptions & { agent?: https.Agent };
}
const pluginConfigs = new WeakMap<KubeAccess, KubeConfig>();

function toResponse(body: http.IncomingMessage, largest: number): KubeResponse {
  const status = body.statusCode ?? 0;
  const isError = status < 200 || status > 299;
  const text = async (): Promise<string> => {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largest && !isError) throw new AnswerTooLargeError(largest);
      chunks.push(chunk);
      if (isError && size >= largestError) break;
    }
    return Buffer.concat(chunks).toString("utf8");
  };
  return {
    status,
    headers: body.headers,
    body,
    text,
    json: async <T>() => parseJson(status, await text()) as T,
  };
}

/** Something between us and the API server may answer with a page of its own. */
function parseJson(status: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const error = new UnavailableError(status, { message: "the API server's answer is not JSON" });
    error.cause = cause;
    throw error;
  }
}
