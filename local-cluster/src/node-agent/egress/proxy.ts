import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { dialTarget } from "./target.ts";

/** The proxy through which the API server dials pods, services and this kubelet. */
export interface EgressProxy {
  close(): Promise<void>;
}

/** Listens on a unix socket that only this user can open. `kubeletPort` is the one loopback port that passes. */
export async function startEgressProxy(socketPath: string, kubeletPort: number): Promise<EgressProxy> {
  const open = new Set<Duplex>();
  const server = createServer((_request, response) => {
    response.writeHead(405, { "content-type": "text/plain" }).end("this proxy knows CONNECT only\n");
  });
  server.on("connect", (request, client, head) => {
    open.add(client);
    client.once("close", () => open.delete(client));
    tunnel(request.url ?? "", client, head, kubeletPort);
  });
  await rm(socketPath, { force: true });
  await listen(server, socketPath);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of open) socket.destroy();
      }),
  };
}

function listen(server: Server, path: string): Promise<void> {
  // Made under this mask, so that nobody can connect between bind and chmod; bind happens within this call.
  const mask = process.umask(0o177);
  try {
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, resolve);
    });
  } finally {
    process.umask(mask);
  }
}

function tunnel(authority: string, client: Duplex, head: Buffer, kubeletPort: number): void {
  client.on("error", () => client.destroy());
  const target = dialTarget(authority, kubeletPort);
  if (!target) {
    client.end(`HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n`);
    return;
  }
  const upstream = connect({ ...target, noDelay: true });
  upstream.once("connect", () => {
    client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    if (head.length > 0) upstream.write(head);
    upstream.pipe(client).pipe(upstream);
  });
  upstream.on("error", () => {
    if (upstream.connecting || upstream.bytesRead === 0)
      client.end("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
    else client.destroy();
  });
  upstream.once("close", () => client.end());
  client.once("close", () => upstream.destroy());
}
