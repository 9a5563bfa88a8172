import type { KubeAccess } from "@kyma/kube/kubeconfig.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import * as https from "node:https";
import type { AddressInfo } from "node:net";

export interface Fault {
  status: number;
  headers?: Record<string, string>;
}

export interface Seen {
  at: number;
  method: string;
  url: string;
  status?: number;
}

/** For tests: a relay in front of a real API server that counts, and that fails as the test says. It speaks plain HTTP. */
export class KubeProxy {
  readonly seen: Seen[] = [];
  /** Decides of each request whether it fails. */
  fault: (request: IncomingMessage) => Fault | undefined = () => undefined;
  /** What a request waits for before it goes on; it was seen already. */
  gate: (request: IncomingMessage) => Promise<void> | undefined = () => undefined;
  readonly #target: KubeAccess;
  readonly #server: Server;
  readonly #agent: https.Agent;
  readonly #watches = new Set<ServerResponse>();
  #frozen = false;

  constructor(kubeconfig: string) {
    this.#target = loadKubeConfig(kubeconfig);
    this.#agent = new https.Agent({ ...this.#target.tls, keepAlive: true });
    this.#server = createServer((request, response) => this.#relay(request, response));
  }

  get lists(): number {
    return this.seen.filter(({ method, url }) => method === "GET" && !isWatch(url)).length;
  }

  get watches(): number {
    return this.seen.filter(({ url }) => isWatch(url)).length;
  }

  get openWatches(): number {
    return this.#watches.size;
  }

  /** How a client with the admin's rights gets here, or as somebody else. */
  async listen(user?: string): Promise<KubeAccess> {
    if (!this.#server.listening)
      await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const { port } = this.#server.address() as AddressInfo;
    const server = `http://127.0.0.1:${port}`;
    const access = { context: "test", cluster: "test", user: "test", namespace: "default", server, tls: {} };
    return user ? { ...access, impersonate: { user } } : access;
  }

  /** No byte passes any more, and nobody is told: what a half-open connection looks like. */
  freeze(): void {
    this.#frozen = true;
  }

  thaw(): void {
    this.#frozen = false;
    this.cutWatches();
  }

  cutWatches(): void {
    for (const response of this.#watches) response.destroy();
  }

  /** Writes into every open watch, then (unless `open`) ends it. */
  say(text: string | Buffer, { open = false } = {}): void {
    for (const response of this.#watches) {
      response.write(text);
      if (!open) response.end();
    }
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
    this.#agent.destroy();
  }

  #relay(request: IncomingMessage, response: ServerResponse): void {
    const { url = "", method = "GET" } = request;
    const seen: Seen = { at: performance.now(), method, url };
    this.seen.push(seen);
    if (this.#frozen) return;
    const fault = this.fault(request);
    if (fault) {
      seen.status = fault.status;
      request.resume();
      const status = { kind: "Status", code: fault.status, message: `injected ${fault.status}` };
      response.writeHead(fault.status, fault.headers).end(JSON.stringify(status));
      return;
    }
    const gate = this.gate(request);
    if (gate) void gate.then(() => this.#forward(request, response));
    else this.#forward(request, response);
  }

  #forward(request: IncomingMessage, response: ServerResponse): void {
    const { url = "", method = "GET", headers } = request;
    if (isWatch(url)) this.#watches.add(response);
    response.once("close", () => this.#watches.delete(response));
    const { host: _, ...forwarded } = headers;
    const upstream = https.request(
      this.#target.server + url,
      { method, headers: forwarded, agent: this.#agent },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        response.flushHeaders();
        answer.on("data", (chunk: Buffer) => this.#frozen || response.writableEnded || response.write(chunk));
        answer.once("end", () => this.#frozen || response.end());
        answer.once("error", () => response.destroy());
      },
    );
    upstream.once("error", () => response.destroy());
    response.once("close", () => upstream.destroy());
    request.pipe(upstream);
  }
}

function isWatch(url: string): boolean {
  return url.includes("watch=true");
}
