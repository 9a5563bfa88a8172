import { mkdtemp, writeFile } from "node:fs/promises";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { KubeProxy } from "./kube-proxy.ts";

export const attacks = ["page", "error-page", "redirect", "bomb", "endless"] as const;
export type Attack = (typeof attacks)[number];

const MiB = 1024 * 1024;
const page = '<!doctype html><title>evil</title><script src="//evil.example/evil.js"></script>';
const cookie = { "set-cookie": "evil=1; Path=/" };
/** What an endless answer ends at all the same, should nobody stop reading it. */
const endlessBytes = 1024 * MiB;

/** For tests: an API server (and gateway) that answers some paths as nobody should, and hands all others on to the real one. */
export class HostileUpstream {
  /** host:port */
  address = "";
  kubeconfig = "";
  /** Requests that came where a redirect led to. */
  followed = 0;
  /** Bytes of the last endless answer that were taken. */
  taken = 0;
  /** Answers that have not ended. */
  open = 0;
  #hostile: { pattern: RegExp; attack: Attack } | undefined;
  readonly #proxy: KubeProxy;
  readonly #server: http.Server;
  readonly #elsewhere: http.Server;
  readonly #bomb = gzipSync(Buffer.alloc(128 * MiB));
  #kubeUrl = "";

  constructor(kubeconfig: string) {
    this.#proxy = new KubeProxy(kubeconfig);
    this.#server = http.createServer((request, response) => this.#answer(request, response));
    this.#elsewhere = http.createServer((_request, response) => {
      this.followed += 1;
      response.end(page);
    });
  }

  async listen(): Promise<void> {
    this.#kubeUrl = (await this.#proxy.listen()).server;
    for (const server of [this.#server, this.#elsewhere])
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.address = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.kubeconfig = join(await mkdtemp(join(tmpdir(), "kyma-hostile-")), "kubeconfig");
    const config = {
      "current-context": "hostile",
      contexts: [{ name: "hostile", context: { cluster: "hostile", user: "hostile" } }],
      clusters: [{ name: "hostile", cluster: { server: `http://${this.address}` } }],
      users: [{ name: "hostile", user: {} }],
    };
    await writeFile(this.kubeconfig, JSON.stringify(config), { mode: 0o600 });
  }

  /** From now on paths that match are answered so, and others not. */
  turn(pattern: RegExp, attack: Attack): void {
    this.#hostile = { pattern, attack };
    this.taken = 0;
  }

  close(): void {
    for (const server of [this.#server, this.#elsewhere]) {
      server.closeAllConnections();
      server.close();
    }
    this.#proxy.close();
  }

  #answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { url = "" } = request;
    if (!this.#hostile?.pattern.test(url)) return this.#pass(request, response);
    request.resume();
    this.open += 1;
    response.once("close", () => (this.open -= 1));
    this.#attack(this.#hostile.attack, response);
  }

  #attack(attack: Attack, response: http.ServerResponse): void {
    const html = { "content-type": "text/html", ...cookie };
    if (attack === "page") response.writeHead(200, html).end(page);
    else if (attack === "error-page") response.writeHead(502, html).end(page);
    else if (attack === "redirect") {
      const { port } = this.#elsewhere.address() as AddressInfo;
      response.writeHead(302, { location: `http://localhost:${port}/`, ...cookie }).end();
    } else if (attack === "bomb") {
      response.writeHead(200, { ...html, "content-encoding": "gzip" }).end(this.#bomb);
    } else this.#write(response.writeHead(200, html));
  }

  #write(response: http.ServerResponse): void {
    const chunk = Buffer.from(`${"x".repeat(1023)}\n`.repeat(1024));
    const more = (): void => {
      while (!response.destroyed && this.taken < endlessBytes) {
        this.taken += MiB;
        if (!response.write(chunk)) return;
      }
      response.end();
    };
    response.on("drain", more);
    more();
  }

  #pass(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { method, url = "", headers } = request;
    const upstream = http.request(this.#kubeUrl + url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      answer.pipe(response);
    });
    upstream.once("error", () => response.destroy());
    response.once("close", () => upstream.destroy());
    request.pipe(upstream);
  }
}
