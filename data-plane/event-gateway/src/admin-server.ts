import { createServer, type Server, type ServerResponse } from "node:http";
import type { Registry } from "prom-client";

/** Serves the metrics to who scrapes the pod. Not listening yet. */
export function createAdminServer(registry: Registry): Server {
  return createServer({ requestTimeout: 10_000 }, (request, response) => {
    const path = request.url?.split("?")[0];
    if (path === "/metrics") return void answerMetrics(registry, response);
    response.writeHead(404, { "content-type": "text/plain" });
    response.end("metrics are at /metrics\n");
  });
}

async function answerMetrics(registry: Registry, response: ServerResponse): Promise<void> {
  const text = await registry.metrics();
  response.writeHead(200, { "content-type": registry.contentType });
  response.end(text);
}
