import { readFile, writeFile } from "node:fs/promises";
import * as net from "node:net";
import { parse, stringify } from "yaml";

/** A TCP relay whose connections a test can cut, as a broken network does. */
export class CuttableProxy {
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();

  constructor(host: string, port: number) {
    this.#server = net.createServer((client) => {
      const upstream = net.connect(port, host);
      for (const socket of [client, upstream]) {
        this.#sockets.add(socket);
        socket.on("error", () => socket.destroy());
        socket.once("close", () => this.#sockets.delete(socket));
      }
      client.pipe(upstream).pipe(client);
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return (this.#server.address() as net.AddressInfo).port;
  }

  /** Ends every connection without a word. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  close(): void {
    this.#server.close();
    this.cut();
  }
}

/** A relay in front of a cluster's API server, and a kubeconfig (beside the given one) that goes through it. */
export async function relayTo(kubeconfig: string): Promise<{ proxy: CuttableProxy; kubeconfig: string }> {
  const config = parse(await readFile(kubeconfig, "utf8")) as { clusters: { cluster: { server: string } }[] };
  const server = new URL(config.clusters[0]?.cluster.server ?? "");
  const proxy = new CuttableProxy(server.hostname, Number(server.port));
  const port = await proxy.listen();
  for (const { cluster } of config.clusters) cluster.server = `https://127.0.0.1:${port}`;
  const file = `${kubeconfig}-relayed`;
  await writeFile(file, stringify(config), { mode: 0o600 });
  return { proxy, kubeconfig: file };
}
