import { type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Registry } from "prom-client";

export interface AdminServerOptions {
  /** 0 takes any free port. */
  port: number;
  registry: Registry;
  /** Why the process is not ready; undefined when it is. */
  unreadyReason: () => string | undefined;
}

export interface AdminServer {
  port: number;
  close(): Promise<void>;
}

/** Serves /healthz, /readyz and /metrics on 127.0.0.1; rejects when the port is taken. */
export async function startAdminServer(options: AdminServerOptions): Promise<AdminServer> {
  const server = createServer((request, response) => {
    void respond(request.url ?? "", response, options);
  });
  await listen(server, options.port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(url: string, response: ServerResponse, options: AdminServerOptions): Promise<void> {
  const { status, type, body } = await answer(url, options);
  response.writeHead(status, { "content-type": type }).end(body);
}

async function answer(url: string, options: AdminServerOptions) {
  const text = (status: number, body: string) => ({
    status,
    type: "text/plain; charset=utf-8",
    body: `${body}\n`,
  });
  const path = url.split("?")[0];
  if (path === "/healthz") return text(200, "ok");
  if (path === "/readyz") {
    const reason = options.unreadyReason();
    return reason === undefined ? text(200, "ok") : text(503, reason);
  }
  if (path === "/metrics") {
    return { status: 200, type: options.registry.contentType, body: await options.registry.metrics() };
  }
  return text(404, "not found; this server has /healthz, /readyz and /metrics");
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}
