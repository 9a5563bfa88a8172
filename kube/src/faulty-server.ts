import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { KubeAccess } from "./kubeconfig.ts";

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** For tests: a server that answers lists and watches as the test scripts them, to show faults that a real API server shows rarely. */
export class FaultyServer {
  readonly lists: Answer[] = [];
  readonly watches: Answer[] = [];
  readonly requests: { url: string; at: number }[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      this.requests.push({ url: request.url ?? "", at: performance.now() });
      const queue = request.url?.includes("watch=true") ? this.watches : this.lists;
      const answer = queue.length > 1 ? queue.shift() : queue[0];
      if (answer) answer(request, response);
      else response.writeHead(500).end();
    });
  }

  async listen(): Promise<KubeAccess> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const { port } = this.#server.address() as AddressInfo;
    const server = `http://127.0.0.1:${port}`;
    return { context: "test", cluster: "test", user: "test", namespace: "default", server, tls: {} };
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** A list answer of ConfigMaps: name → resourceVersion. */
export function listOf(names: Record<string, string>, resourceVersion: string): Answer {
  const items = Object.entries(names).map(([name, version]) => configMap(name, version));
  return (_request, response) => response.end(JSON.stringify({ metadata: { resourceVersion }, items }));
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_request, response) =>
    response.writeHead(code, headers).end(JSON.stringify({ kind: "Status", code }));
}

/** Writes these chunks, then ends; or stays open. */
export function stream(chunks: (string | Buffer)[], open = false): Answer {
  return (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.flushHeaders();
    for (const chunk of chunks) response.write(chunk);
    if (!open) response.end();
  };
}

export function watchLine(type: string, name: string, version: string): string {
  return `${JSON.stringify({ type, object: configMap(name, version) })}\n`;
}

export function configMap(name: string, resourceVersion: string): object {
  const metadata = {
    name,
    namespace: "default",
    resourceVersion,
    uid: name,
    managedFields: [{ manager: "x" }],
  };
  return { apiVersion: "v1", kind: "ConfigMap", metadata };
}
