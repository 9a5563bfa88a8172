import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { Duplex } from "node:stream";
import type { PeerCertificate, TLSSocket } from "node:tls";
import { readLog } from "../logs/read-log.ts";
import type { PodManager } from "../pods/pod-manager.ts";
import { parseLogPath, parseLogQuery } from "./log-query.ts";
import type { UsageSampler } from "../metrics/sampler.ts";
import { resourceMetrics, statsSummary } from "./stats.ts";
import { StreamingServer } from "./streaming.ts";

/** What the kubelet API tells of. */
export interface KubeletNode {
  pods: PodManager;
  sampler: UsageSampler;
  nodeName: string;
}

/** What the kubelet API needs of TLS, as PEM text. */
export interface KubeletTls {
  cert: Buffer;
  key: Buffer;
  clientCa: Buffer;
}

/**
 * The kubelet API on loopback. Only the API server (or an administrator with a certificate of the same authority) may use it: TLS refuses
 * everybody without one, and the subject is looked at besides.
 */
export async function startKubeletApi(node: KubeletNode, port: number, tls: KubeletTls): Promise<Server> {
  const server = createServer({
    cert: tls.cert,
    key: tls.key,
    ca: tls.clientCa,
    requestCert: true,
    rejectUnauthorized: true,
    // The command of an exec is part of the address.
    maxHeaderSize: 256 * 1024,
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    answer(node, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else say(response, 500, (error as Error).message);
    });
  });
  const streaming = new StreamingServer(node.pods);
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (mayUse((request.socket as TLSSocket).getPeerCertificate().subject))
      void streaming.serve(request, socket, head);
    else socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return server;
}

const streamingPaths = ["exec", "attach", "portForward"];

/** Who may use the kubelet API: the API server's own client certificate, or an administrator's. */
export function mayUse(subject: PeerCertificate["subject"] | undefined): boolean {
  const organizations = [subject?.O ?? []].flat();
  return subject?.CN === "kube-apiserver-kubelet-client" || organizations.includes("system:masters");
}

async function answer(node: KubeletNode, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pods, sampler } = node;
  const url = new URL(request.url ?? "/", "https://kubelet");
  const certificate = (request.socket as TLSSocket).getPeerCertificate();
  if (!mayUse(certificate.subject))
    return say(
      response,
      403,
      `Forbidden: ${String(certificate.subject?.CN ?? "nobody")} may not use the kubelet API`,
    );
  if (streamingPaths.includes(url.pathname.split("/")[1] ?? ""))
    return say(response, 400, "Upgrade request required");
  if (request.method !== "GET") return say(response, 405, "only GET is known here");
  if (url.pathname === "/healthz") return say(response, 200, "ok");
  if (url.pathname === "/pods")
    return sayJson(response, { apiVersion: "v1", kind: "PodList", metadata: {}, items: pods.list() });
  if (url.pathname === "/stats/summary") return sayJson(response, statsSummary(sampler, node.nodeName));
  if (url.pathname === "/metrics/resource") return say(response, 200, resourceMetrics(sampler));
  const path = parseLogPath(url.pathname);
  return path ? sendLog(pods, path, url.searchParams, response) : say(response, 404, "404 page not found");
}

async function sendLog(
  pods: PodManager,
  path: { namespace: string; pod: string; container: string },
  search: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  let query: ReturnType<typeof parseLogQuery>;
  try {
    query = parseLogQuery(search, Date.now());
  } catch (error) {
    return say(response, 400, (error as Error).message);
  }
  const worker = pods.find(path.namespace, path.pod);
  if (!worker) return say(response, 404, `pod "${path.pod}" does not exist on this node`);
  const log = await worker.log(path.container, query.previous);
  if (!log) {
    const which = query.previous ? "previous terminated container" : "container";
    return say(
      response,
      400,
      `${which} "${path.container}" in pod "${path.pod}" has no log${query.previous ? "" : ": it has not been started yet"}`,
    );
  }
  response.writeHead(200, { "content-type": "text/plain" });
  response.flushHeaders();
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  for await (const chunk of readLog(log, query, gone.signal)) {
    if (!response.write(chunk)) await drained(response, gone.signal);
  }
  response.end();
}

/** A slow reader holds up only itself. */
function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off("drain", go);
      signal.removeEventListener("abort", go);
      resolve();
    };
    response.once("drain", go);
    signal.addEventListener("abort", go);
    if (signal.aborted) go();
  });
}

function say(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { "content-type": "text/plain" }).end(`${sentence.trimEnd()}\n`);
}

function sayJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}
