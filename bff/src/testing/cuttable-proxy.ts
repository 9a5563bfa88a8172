import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import * as net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";

/** Two ends of one relayed connection. */
type Link = readonly [client: net.Socket, upstream: net.Socket];

/** A TCP relay whose connections a test can cut or halt, as a broken network does. */
export class CuttableProxy {
  readonly #server: net.Server;
  readonly #links = new Set<Link>();
  #frozen = false;

  constructor(host: string, port: number) {
    this.#server = net.createServer((client) => {
      const link: Link = [client, net.connect(port, host)];
      this.#links.add(link);
      for (const socket of link) {
        socket.on("error", () => socket.destroy());
        socket.once("close", () => this.#links.delete(link));
      }
      if (!this.#frozen) couple(link);
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return (this.#server.address() as net.AddressInfo).port;
  }

  /** Ends every connection without a word. */
  cut(): void {
    for (const socket of [...this.#links].flat()) socket.resetAndDestroy();
  }

  /** From now on no byte passes, in either direction and on new connections too, and none is closed: nobody is told. */
  freeze(): void {
    this.#frozen = true;
    for (const [client, upstream] of this.#links) {
      client.unpipe(upstream);
      upstream.unpipe(client);
    }
  }

  /** What was held back passes, and all that follows. */
  thaw(): void {
    this.#frozen = false;
    for (const link of this.#links) couple(link);
  }

  close(): void {
    this.#server.close();
    this.cut();
  }
}

function couple([client, upstream]: Link): void {
  client.pipe(upstream).pipe(client);
}

/** A relay in front of a cluster's API server, and a kubeconfig that goes through it. */
export async function relayTo(kubeconfig: string): Promise<{ proxy: CuttableProxy; kubeconfig: string }> {
  const config = parse(await readFile(kubeconfig, "utf8")) as { clusters: { cluster: { server: string } }[] };
  const server = new URL(config.clusters[0]?.cluster.server ?? "");
  const proxy = new CuttableProxy(server.hostname, Number(server.port));
  const port = await proxy.listen();
  for (const { cluster } of config.clusters) cluster.server = `https://127.0.0.1:${port}`;
  const file = join(await mkdtemp(join(tmpdir(), "kyma-relayed-")), "kubeconfig");
  await writeFile(file, stringify(config), { mode: 0o600 });
  return { proxy, kubeconfig: file };
}
