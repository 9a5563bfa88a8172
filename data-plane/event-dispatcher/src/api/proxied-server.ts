import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Logger } from "pino";
import { type FrontProxy, isFrontProxy } from "./front-proxy.ts";

interface CertificateFiles {
  certFile: string;
  keyFile: string;
}

const defaultLookEveryMs = 30_000;
/** Longer than the API server keeps an idle connection, so that it never sends a request into one that closes. */
const keepAliveMs = 120_000;
const mostConnections = 1000;
/** Who cannot show a certificate that counts gets an answer, and no more. */
const strangerMs = 10_000;
/** How long requests that are under way may take when the server closes. */
const closeWithinMs = 22_000;

const serverOptions = {
  requestCert: true,
  rejectUnauthorized: false,
  keepAliveTimeout: keepAliveMs,
  handshakeTimeout: strangerMs,
};

/**
 * An HTTPS server that knows who may hand requests on. It asks everybody for a certificate and refuses nobody during the handshake: who has
 * none gets an answer that says so. It follows changes of the certificate files and of the front proxy's authority.
 */
export class ProxiedServer {
  readonly #server: Server;
  readonly #files: CertificateFiles;
  readonly #log: Logger;
  readonly #timer: NodeJS.Timeout;
  #pair: { cert: string; key: string };
  #proxy: FrontProxy | undefined;

  /** Throws when the certificate cannot be read. `lookEveryMs`: how often its files are looked at. */
  constructor(
    files: CertificateFiles,
    answer: (request: IncomingMessage, response: ServerResponse, isProxied: boolean) => void,
    log: Logger,
    { lookEveryMs = defaultLookEveryMs } = {},
  ) {
    this.#files = files;
    this.#log = log;
    this.#pair = readPair(files);
    this.#server = createServer({ ...serverOptions, ...this.#secureContext() }, (request, response) => {
      const isProxied = this.#isFrontProxy(request.socket as TLSSocket);
      if (!isProxied) response.setHeader("connection", "close");
      answer(request, response, isProxied);
    });
    this.#server.maxConnections = mostConnections;
    this.#server.on("secureConnection", (socket: TLSSocket) => {
      if (!this.#isFrontProxy(socket)) setTimeout(() => socket.destroy(), strangerMs).unref();
    });
    this.#timer = setInterval(() => this.#lookAtFiles(), lookEveryMs);
  }

  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, () => resolve((this.#server.address() as AddressInfo).port));
    });
  }

  /** Connections of an authority that counts no longer are ended. */
  trust(proxy: FrontProxy | undefined): void {
    if (JSON.stringify(proxy) === JSON.stringify(this.#proxy)) return;
    this.#proxy = proxy;
    this.#server.setSecureContext(this.#secureContext());
    this.#server.closeAllConnections();
  }

  /** Takes no more requests and waits a while for those that are under way. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const limit = setTimeout(() => this.#server.closeAllConnections(), closeWithinMs);
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeIdleConnections();
    });
    clearTimeout(limit);
  }

  #isFrontProxy(socket: TLSSocket): boolean {
    return isFrontProxy(socket, this.#proxy);
  }

  #lookAtFiles(): void {
    try {
      const pair = readPair(this.#files);
      if (pair.cert === this.#pair.cert && pair.key === this.#pair.key) return;
      this.#server.setSecureContext({ ...this.#secureContext(), ...pair });
      this.#pair = pair;
    } catch (error) {
      this.#log.warn({ err: error }, "the serving certificate cannot be read anew; the one before stays");
    }
  }

  /** Without an authority nobody's certificate counts: an empty list keeps those of the system out. */
  #secureContext(): { cert: string; key: string; ca: string[] } {
    return { ...this.#pair, ca: this.#proxy ? [this.#proxy.authority] : [] };
  }
}

function readPair({ certFile, keyFile }: CertificateFiles): { cert: string; key: string } {
  return { cert: readFileSync(certFile, "utf8"), key: readFileSync(keyFile, "utf8") };
}
