import type { KubeClient } from "@kyma/kube/client.ts";
import { AlreadyExistsError, ConflictError, NotFoundError } from "@kyma/kube/errors.ts";
import type { KubeObject, ObjectKey } from "@kyma/kube/objects.ts";
import { leases } from "@kyma/kube/resource-types.ts";
import { type Clock, pause, systemClock } from "./clock.ts";
import type { Logger } from "./logger.ts";

interface LeaseSpec {
  holderIdentity?: string;
  leaseDurationSeconds?: number;
  acquireTime?: string;
  renewTime?: string;
  leaseTransitions?: number;
}

interface Lease extends KubeObject {
  spec?: LeaseSpec;
}

export interface LeaderElectorOptions {
  client: KubeClient;
  lease: ObjectKey;
  /** Unique per process. */
  identity: string;
  log: Logger;
  clock?: Clock;
  leaseMs?: number;
  renewWithinMs?: number;
  retryMs?: number;
}

/** How leading ended: on request, because another process holds the lease, or because it could not be renewed in time. */
export type LeadershipEnd = "stopped" | "taken" | "not-renewed";

type Attempt = "held" | "other" | "failed";

/**
 * One leader among processes with the same Lease, by client-go's rules: a lease counts as expired when this process has
 * not seen it change for its whole duration, so clocks of different machines are never compared.
 */
export class LeaderElector {
  readonly #options: LeaderElectorOptions;
  readonly #clock: Clock;
  readonly #leaseMs: number;
  readonly #renewWithinMs: number;
  readonly #retryMs: number;
  #observed: { version: string | undefined; at: number } | undefined;
  #renewedAt = Number.NEGATIVE_INFINITY;

  constructor(options: LeaderElectorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#leaseMs = options.leaseMs ?? 15_000;
    this.#renewWithinMs = options.renewWithinMs ?? 10_000;
    this.#retryMs = options.retryMs ?? 2_000;
  }

  /** Resolves true when this process leads, false when `signal` aborts before. */
  async acquire(signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      if ((await this.#attempt()) === "held") return true;
      await pause(this.#clock, this.#retryMs, signal);
    }
    return false;
  }

  /** Renews until leadership ends; resolves with the way it ended. */
  async hold(signal: AbortSignal): Promise<LeadershipEnd> {
    for (;;) {
      await pause(this.#clock, this.#retryMs, signal);
      if (signal.aborted) return "stopped";
      const left = this.#renewedAt + this.#renewWithinMs - this.#clock.now();
      // A process that was stopped for a while (SIGSTOP, sleep) finds its time already over.
      const attempt = left > 0 ? await this.#within(left, this.#attempt(), signal) : "failed";
      if (signal.aborted) return "stopped";
      if (attempt === "other") return "taken";
      if (this.#clock.now() - this.#renewedAt >= this.#renewWithinMs) return "not-renewed";
    }
  }

  /** Gives the lease back, so that the next leader need not wait; a failure only costs that wait. */
  async release(): Promise<void> {
    const { client, identity, lease, log } = this.#options;
    try {
      const current = await client.get<Lease>(leases, lease);
      if (current.spec?.holderIdentity !== identity) return;
      const spec = {
        ...current.spec,
        holderIdentity: "",
        leaseDurationSeconds: 1,
        renewTime: this.#timestamp(),
      };
      await client.replace<Lease>(leases, { ...current, spec } as Lease);
    } catch (error) {
      log.warn({ err: error }, "the lease could not be released");
    }
  }

  async #within(ms: number, attempt: Promise<Attempt>, signal: AbortSignal): Promise<Attempt> {
    const enough = new AbortController();
    const end = AbortSignal.any([signal, enough.signal]);
    const late = pause(this.#clock, ms, end).then((): Attempt => "failed");
    try {
      return await Promise.race([attempt, late]);
    } finally {
      enough.abort();
    }
  }

  async #attempt(): Promise<Attempt> {
    const startedAt = this.#clock.now();
    try {
      const held = await this.#tryHold();
      if (held) this.#renewedAt = startedAt;
      return held ? "held" : "other";
    } catch (error) {
      if (!(error instanceof ConflictError || error instanceof AlreadyExistsError)) {
        this.#options.log.warn({ err: error }, "the lease could not be renewed");
      }
      return "failed";
    }
  }

  async #tryHold(): Promise<boolean> {
    const { client, identity, lease } = this.#options;
    let current: Lease;
    try {
      current = await client.get<Lease>(leases, lease);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      const metadata = { ...lease };
      await client.create<Lease>(leases, {
        apiVersion: "coordination.k8s.io/v1",
        kind: "Lease",
        metadata,
        spec: this.#spec(undefined),
      } as Lease);
      return true;
    }
    const holder = current.spec?.holderIdentity ?? "";
    if (holder !== "" && holder !== identity && !this.#expired(current)) return false;
    await client.replace<Lease>(leases, { ...current, spec: this.#spec(current.spec) } as Lease);
    return true;
  }

  #expired(lease: Lease): boolean {
    const version = lease.metadata.resourceVersion;
    if (this.#observed?.version !== version) this.#observed = { version, at: this.#clock.now() };
    const duration = (lease.spec?.leaseDurationSeconds ?? this.#leaseMs / 1000) * 1000;
    return this.#clock.now() - (this.#observed?.at ?? 0) >= duration;
  }

  #spec(previous: LeaseSpec | undefined): LeaseSpec {
    const mine = previous?.holderIdentity === this.#options.identity;
    const now = this.#timestamp();
    return {
      holderIdentity: this.#options.identity,
      leaseDurationSeconds: Math.ceil(this.#leaseMs / 1000),
      acquireTime: mine ? (previous.acquireTime ?? now) : now,
      renewTime: now,
      leaseTransitions: (previous?.leaseTransitions ?? -1) + (mine ? 0 : 1),
    };
  }

  /** MicroTime, as the Lease type asks. */
  #timestamp(): string {
    return new Date(this.#clock.now()).toISOString().replace("Z", "000Z");
  }
}
