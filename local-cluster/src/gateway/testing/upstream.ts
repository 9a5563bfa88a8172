import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { listen } from "./table-gateway.ts";

export interface Upstream {
  /** Pod address, 10.244.a.b. */
  address: string;
  port: number;
  /** What arrived, oldest first. */
  seen: { method: string; url: string; headers: IncomingMessage["headers"]; rawHeaders: string[] }[];
  server: Server;
  close(): Promise<void>;
}

let lastOctet = 0;
// Test files run side by side: each worker takes a net of its own.
const net = 64 + (process.pid % 128);

/** A pod address that nothing listens on. */
export function freshAddress(): string {
  lastOctet += 1;
  return `10.244.${net}.${lastOctet}`;
}

/** A real server where a pod with a fresh address would listen. Answers with its name and what it saw, unless told otherwise. */
export async function startUpstream(
  name: string,
  handle?: (request: IncomingMessage, response: ServerResponse) => unknown,
  port = 0,
): Promise<Upstream> {
  const address = freshAddress();
  const seen: Upstream["seen"] = [];
  const server = createServer((request, response) => {
    seen.push({
      method: request.method ?? "",
      url: request.url ?? "",
      headers: request.headers,
      rawHeaders: request.rawHeaders,
    });
    if (handle) return void handle(request, response);
    request.resume();
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({ name, method: request.method, url: request.url, headers: request.headers }),
    );
  });
  const actual = await listen(server, address.replace("10.", "127."), port);
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address, port: actual, seen, server, close };
}
