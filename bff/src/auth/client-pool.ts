import type { KubeClient } from "@kyma/kube/client.ts";

/** A client that is borrowed; `release` must be called once. */
export interface Lease {
  kube: KubeClient;
  release(): void;
}

/** One connection per identity, however many sessions have it; it is closed, and its credentials forgotten, when the last one ends. */
export class ClientPool {
  readonly #clients = new Map<string, { kube: KubeClient; leases: number }>();

  get count(): number {
    return this.#clients.size;
  }

  lease(identity: string, open: () => KubeClient): Lease {
    const client = this.#clients.get(identity) ?? { kube: open(), leases: 0 };
    this.#clients.set(identity, client);
    client.leases += 1;
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      client.leases -= 1;
      if (client.leases > 0) return;
      this.#clients.delete(identity);
      client.kube.connection.close();
    };
    return { kube: client.kube, release };
  }
}
