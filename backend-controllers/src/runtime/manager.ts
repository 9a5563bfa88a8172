import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject, ResourceType } from "@kyma/kube/objects.ts";
import { type Clock, pause, systemClock } from "./clock.ts";
import { Controller, type ControllerDefinition } from "./controller.ts";
import { LeadershipLostError } from "./errors.ts";
import type { LeaderElector } from "./leader-election.ts";
import type { Logger } from "./logger.ts";
import type { EngineMetrics } from "./metrics.ts";
import { type CacheSelection, SharedCache } from "./shared-cache.ts";

export interface ManagerOptions {
  client: KubeClient;
  log: Logger;
  metrics: EngineMetrics;
  /** Absent: this process is taken for the only one. */
  elector?: LeaderElector;
  clock?: Clock;
  syncTimeoutMs?: number;
  resyncMs?: number;
}

/** Owns the shared caches and runs the controllers: sync, then leadership, then work. */
export class Manager {
  readonly client: KubeClient;
  readonly log: Logger;
  readonly #metrics: EngineMetrics;
  readonly #elector: LeaderElector | undefined;
  readonly #clock: Clock;
  readonly #syncTimeoutMs: number;
  readonly #resyncMs: number;
  readonly #caches = new Map<string, SharedCache<never>>();
  readonly #controllers: Controller[] = [];
  #synced = false;
  #running = false;

  constructor(options: ManagerOptions) {
    this.client = options.client;
    this.log = options.log;
    this.#metrics = options.metrics;
    this.#elector = options.elector;
    this.#clock = options.clock ?? systemClock;
    this.#syncTimeoutMs = options.syncTimeoutMs ?? 120_000;
    this.#resyncMs = options.resyncMs ?? 3_600_000;
  }

  /** The one cache of this type and selection in this process. `transform` drops what nobody reads; the first one given counts. */
  cache<T extends KubeObject>(
    type: ResourceType,
    selection: CacheSelection = {},
    transform: (object: T) => T = (object) => object,
  ): SharedCache<T> {
    const id = JSON.stringify([type.group, type.version, type.plural, selection]);
    const existing = this.#caches.get(id);
    if (existing !== undefined) return existing as unknown as SharedCache<T>;
    const created = new SharedCache<T>(type, selection, transform);
    this.#caches.set(id, created as unknown as SharedCache<never>);
    return created;
  }

  add(definition: ControllerDefinition): void {
    if (this.#controllers.some((controller) => controller.name === definition.name)) {
      throw new Error(`There are two controllers called ${definition.name}`);
    }
    this.#controllers.push(
      new Controller(definition, { log: this.log, metrics: this.#metrics, clock: this.#clock }),
    );
  }

  /** Why this process is not ready, or undefined when it is (a standby that could take over at once is ready too). */
  get unreadyReason(): string | undefined {
    if (!this.#running) return "not running";
    if (!this.#synced) return "caches are not synced yet";
    const stale = [...this.#caches.values()].filter((cache) => !cache.live).map((cache) => cache.type.plural);
    return stale.length > 0 ? `reconnecting to the API server: ${stale.join(", ")}` : undefined;
  }

  /**
   * Runs until `signal` aborts, then finishes the keys in work and gives the lease back. Rejects when the caches cannot be
   * filled within two minutes or when another process takes the lead.
   */
  async run(signal: AbortSignal): Promise<void> {
    const caches = new AbortController();
    this.#running = true;
    try {
      for (const cache of this.#caches.values())
        cache.start(this.client, caches.signal, (error) =>
          this.log.warn({ err: error, resource: cache.type.plural }, "what is watched cannot be read"),
        );
      if (!(await this.#waitForSync(signal))) return;
      this.#synced = true;
      this.log.info("caches are synced");
      await this.#lead(signal);
    } finally {
      this.#running = false;
      caches.abort();
      for (const controller of this.#controllers) controller.close();
    }
  }

  /** True when all caches are filled, false when `signal` aborts before. */
  async #waitForSync(signal: AbortSignal): Promise<boolean> {
    const missing = new Set(this.#caches.values());
    const all = Promise.all([...missing].map((cache) => cache.synced.then(() => missing.delete(cache))));
    const enough = new AbortController();
    const limit = pause(this.#clock, this.#syncTimeoutMs, AbortSignal.any([signal, enough.signal]));
    await Promise.race([all, limit]);
    enough.abort();
    if (signal.aborted) return false;
    if (missing.size === 0) return true;
    const names = [...missing].map((cache) => cache.type.plural).join(", ");
    const seconds = this.#syncTimeoutMs / 1000;
    throw new Error(
      `Could not list ${names} within ${seconds} s; check that the API server is up, the kinds are installed and this identity may list and watch them`,
    );
  }

  async #lead(signal: AbortSignal): Promise<void> {
    if (this.#elector === undefined) return this.#work(signal);
    while (await this.#acquire(this.#elector, signal)) {
      const term = new AbortController();
      const work = this.#work(AbortSignal.any([signal, term.signal]));
      const end = await this.#elector.hold(signal);
      term.abort();
      this.#metrics.leading("controllers", false);
      if (end === "taken") throw new LeadershipLostError("Another process took the lead; this one ends");
      await work;
      if (end === "stopped") return this.#elector.release();
      this.log.warn("the lease was not renewed in time; work rests until the API server answers");
    }
  }

  async #acquire(elector: LeaderElector, signal: AbortSignal): Promise<boolean> {
    const leads = await elector.acquire(signal);
    if (leads) {
      this.log.info("leading");
      this.#metrics.leading("controllers", true);
    }
    return leads;
  }

  async #work(signal: AbortSignal): Promise<void> {
    await Promise.all([
      ...this.#controllers.map((controller) => controller.run(signal)),
      this.#resync(signal),
    ]);
  }

  /** A slow safety net: looks at everything again now and then, spread by up to a fifth. */
  async #resync(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(this.#clock, this.#resyncMs * (1 + Math.random() / 5), signal);
      if (!signal.aborted) for (const controller of this.#controllers) controller.enqueueAll();
    }
  }
}
