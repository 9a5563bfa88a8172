import { createServer, connect, type Server, type Socket } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

/**
 * What stands between a dispatcher and Services in a test: an HTTP proxy that looks at the first line of a connection and from then on passes
 * bytes, so that a sink may end, cut or garble an answer as it likes. An unknown host is answered as the local gateway does.
 */
export class ServiceRouter {
  readonly #server: Server;
  readonly #ports = new Map<string, number>();
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer((client) => this.#serve(client));
  }

  static async start(): Promise<ServiceRouter> {
    const router = new ServiceRouter();
    router.#server.listen(0, "127.0.0.1");
    await once(router.#server, "listening");
    return router;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** From now on the host is at this port; connections that stand stay where they are. Undefined: nowhere. */
  route(host: string, port: number | undefined): void {
    if (port === undefined) this.#ports.delete(host);
    else this.#ports.set(host, port);
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #serve(client: Socket): void {
    this.#keep(client);
    client.once("data", (first: Buffer) => {
      const host = /^[A-Z]+ http:\/\/([^/:]+)/.exec(first.toString("latin1"))?.[1] ?? "";
      const port = this.#ports.get(host);
      if (port === undefined) {
        client.end(unknownHost);
        return;
      }
      const upstream = this.#keep(connect(port, "127.0.0.1"));
      upstream.write(first);
      client.pipe(upstream);
      upstream.pipe(client);
      upstream.once("close", () => client.destroy());
      client.once("close", () => upstream.destroy());
    });
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => this.#sockets.delete(socket));
    return socket;
  }
}

const unknownHost =
  "HTTP/1.1 404 Not Found\r\nproxy-status: kyma-gateway; error=destination_not_found\r\ncontent-length: 18\r\n\r\nno Service by that";
