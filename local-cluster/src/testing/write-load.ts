import type { KubeClient } from "@kyma/kube/client.ts";
import { AlreadyExistsError } from "@kyma/kube/errors.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { configMaps } from "@kyma/kube/resource-types.ts";
import { setTimeout as delay } from "node:timers/promises";

/** Writes ConfigMaps without a pause that matters and remembers which the API server has acknowledged. */
export class WriteLoad {
  readonly acknowledged = new Set<string>();
  refused = 0;
  /** The highest resourceVersion of an acknowledged write. */
  revision = 0n;
  /** Whether the revision of an acknowledged write was ever lower than one before. */
  wentBack = false;
  readonly #client: KubeClient;
  readonly #namespace: string;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(client: KubeClient, namespace: string) {
    this.#client = client;
    this.#namespace = namespace;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Resolves when so many more writes have been acknowledged. */
  async more(count: number, limitMs: number): Promise<void> {
    const goal = this.acknowledged.size + count;
    const end = Date.now() + limitMs;
    while (this.acknowledged.size < goal) {
      if (Date.now() > end) throw new Error(`no ${count} more writes were acknowledged within ${limitMs} ms`);
      await delay(20);
    }
  }

  async #run(): Promise<void> {
    for (let id = 0; !this.#stopping.signal.aborted;) {
      const name = `write-${id}`;
      try {
        this.#remember(name, await this.#write(name));
        id += 1;
        await delay(10);
      } catch (error) {
        // Written before the fault, but the answer was lost: not acknowledged, so it may be there or not.
        if (error instanceof AlreadyExistsError) id += 1;
        this.refused += 1;
        await delay(100);
      }
    }
  }

  #write(name: string): Promise<KubeObject> {
    const metadata = { name, namespace: this.#namespace };
    const object = { apiVersion: "v1", kind: "ConfigMap", metadata, data: { name } };
    return this.#client.create(configMaps, object, { signal: AbortSignal.timeout(5_000) });
  }

  #remember(name: string, written: KubeObject): void {
    this.acknowledged.add(name);
    const revision = BigInt(written.metadata.resourceVersion ?? "0");
    if (revision <= this.revision) this.wentBack = true;
    this.revision = revision;
  }
}
