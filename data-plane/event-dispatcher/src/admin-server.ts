import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Registry } from "prom-client";

/** Whether the process is ready, and what else there is to say of it. */
export interface Readiness {
  ready: boolean;
  text: string;
}

export interface AdminServerOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  registry: Registry;
  readiness: () => Readiness;
}

export interface AdminServer {
  port: number;
  close(): void;
}

/** Serves /healthz, /readyz and /metrics; rejects when it cannot listen. */
export async function startAdminServer(options: AdminServerOptions): Promise<AdminServer> {
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    void respond(request.url?.split("?")[0] ?? "", response, options);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

async function respond(
  path: string,
  response: ServerResponse,
  { registry, readiness }: AdminServerOptions,
): Promise<void> {
  const text = (status: number, body: string): void => {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${body}\n`);
  };
  if (path === "/metrics") {
    const metrics = await registry.metrics();
    response.writeHead(200, { "content-type": registry.contentType }).end(metrics);
  } else if (path === "/readyz") {
    const now = readiness();
    text(now.ready ? 200 : 503, now.text);
  } else if (path === "/healthz") text(200, "ok");
  else text(404, "this server has /healthz, /readyz and /metrics");
}
