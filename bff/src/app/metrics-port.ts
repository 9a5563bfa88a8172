import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { allowedHosts, isAllowedHost } from "../auth/request-guard.ts";
import type { Metrics } from "./metrics.ts";
import { sendText } from "./refusal.ts";
import { setSecurityHeaders } from "./security-headers.ts";

export interface MetricsPort {
  /** e.g. http://127.0.0.1:9090/metrics */
  url: string;
  close(): void;
}

/**
 * Serves the figures, and nothing else, to whoever is on this machine: a Prometheus has no session. Rejects when the port is taken. 0 takes
 * any free port, undefined none.
 */
export async function openMetricsPort(
  metrics: Metrics,
  port: number | undefined,
): Promise<MetricsPort | undefined> {
  if (port === undefined) return undefined;
  const server = createServer({ maxHeaderSize: 8 * 1024, requestTimeout: 10_000, headersTimeout: 5000 });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  const hosts = allowedHosts(bound, []);
  server.on("request", (request, response) => void answer(metrics, hosts, { request, response }));
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${bound}/metrics`, close };
}

async function answer(
  metrics: Metrics,
  hosts: ReadonlySet<string>,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  setSecurityHeaders(response);
  // A page whose name leads here could read the answer otherwise.
  if (!isAllowedHost(request.headers, hosts)) return sendText(response, 403, "not under this host name");
  if (request.url !== "/metrics") return sendText(response, 404, "there is only /metrics");
  if (request.method !== "GET") return sendText(response, 405, "figures can only be read");
  try {
    const text = await metrics.text();
    response.setHeader("content-type", metrics.contentType);
    response.end(text);
  } catch {
    sendText(response, 500, "the figures could not be collected");
  }
}
