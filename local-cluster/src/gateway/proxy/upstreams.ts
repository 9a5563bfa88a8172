import { Pool } from "undici";

const connectTimeoutMs = 5000;
/** Idle connections are dropped before a Node server at its default of 5 s would; a server's own hint is honoured too. */
const keepAliveMs = 4000;
const mostConnections = 1024;

/** Keep-alive connections to pods, one pool per address and port. */
export class Upstreams {
  readonly #pools = new Map<string, Pool>();

  pool(address: string, port: number): Pool {
    const key = `${address}:${port}`;
    const known = this.#pools.get(key);
    if (known) return known;
    const made = new Pool(`http://${key}`, {
      connections: mostConnections,
      pipelining: 1,
      keepAliveTimeout: keepAliveMs,
      connectTimeout: connectTimeoutMs,
      // The route's own time-out governs; these two would cut long answers short.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#pools.set(key, made);
    return made;
  }

  /** Drops pools of addresses that are gone; requests under way come to their end. */
  keepOnly(addresses: ReadonlySet<string>): void {
    for (const [key, pool] of this.#pools) {
      if (addresses.has(key.slice(0, key.indexOf(":")))) continue;
      this.#pools.delete(key);
      void pool.close();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
    this.#pools.clear();
  }
}
