import { createServer, type Server, type ServerResponse } from "node:http";
import type { ConfigSource } from "./config-source.ts";
import type { GatewayMetrics } from "./metrics.ts";

/** /healthz, /readyz (200 once there has been a complete configuration, with its age) and /metrics. */
export function createAdminServer(source: ConfigSource, metrics: GatewayMetrics): Server {
  return createServer({ requestTimeout: 10_000 }, (request, response) => {
    if (request.url === "/healthz") return send(response, 200, "ok");
    if (request.url === "/readyz") return send(response, source.synced ? 200 : 503, readiness(source));
    if (request.url !== "/metrics") return send(response, 404, "not found");
    metrics.registry.metrics().then(
      (text) => send(response, 200, text, metrics.registry.contentType),
      () => send(response, 500, "metrics could not be collected"),
    );
  });
}

function readiness(source: ConfigSource): string {
  if (!source.synced) return "waiting for the configuration: every request is refused";
  const age = Math.round(source.ageSeconds);
  return age === 0
    ? "ok, the configuration is current"
    : `ok, the configuration was last current ${age} s ago`;
}

function send(
  response: ServerResponse,
  status: number,
  text: string,
  type = "text/plain; charset=utf-8",
): void {
  response.writeHead(status, { "content-type": type });
  response.end(text.endsWith("\n") ? text : `${text}\n`);
}
