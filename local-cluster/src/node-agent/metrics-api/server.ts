import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { TLSSocket } from "node:tls";
import type { UsageSampler } from "../metrics/sampler.ts";
import { discoveryDocument } from "./discovery.ts";
import { type Answer, answerMetrics, failure, type NodeIdentity } from "./routes.ts";

/** What the server needs of TLS, as PEM text. */
export interface MetricsTls {
  cert: Buffer;
  key: Buffer;
  /** The authority of the API server's certificate as a proxy. */
  frontProxyCa: Buffer;
}

/** Where the API server finds it: the first address of the pod network, which no pod gets. */
export const metricsPodAddress = "10.244.0.1";
const listenAddress = "127.244.0.1";
const frontProxyName = "front-proxy-client";

/**
 * Serves metrics.k8s.io and history.metrics.kyma-project.io to the API server's aggregation layer. Who asks, and whether that is allowed, the
 * API server has decided; nobody but it has a certificate that is let in here.
 */
export async function startMetricsApi(
  sampler: UsageSampler,
  node: NodeIdentity,
  port: number,
  tls: MetricsTls,
): Promise<Server> {
  const server = createServer({
    cert: tls.cert,
    key: tls.key,
    ca: tls.frontProxyCa,
    requestCert: true,
    rejectUnauthorized: true,
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const { status, body } = answer(request, sampler, node);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, listenAddress, resolve);
  });
  return server;
}

function answer(request: IncomingMessage, sampler: UsageSampler, node: NodeIdentity): Answer {
  const certificate = (request.socket as TLSSocket).getPeerCertificate();
  if (certificate.subject?.CN !== frontProxyName)
    return failure(403, "Forbidden", "only the API server may ask for metrics here");
  if (request.method !== "GET") return failure(405, "MethodNotAllowed", "metrics can only be read");
  const url = new URL(request.url ?? "/", "https://metrics");
  const accept = request.headers.accept ?? "";
  const wantsTable = /as=Table/.test(accept.split(",")[0] ?? "");
  const measured = answerMetrics(url, sampler, node, { now: Date.now(), wantsTable });
  if (measured) return measured;
  // The API server then asks for each group by itself.
  if (/as=APIGroupDiscoveryList/.test(accept) && !/application\/json(,|$)/.test(accept))
    return failure(406, "NotAcceptable", "aggregated discovery is not offered");
  const body = discoveryDocument(url.pathname);
  return body
    ? { status: 200, body }
    : failure(404, "NotFound", "the server could not find the requested resource");
}
