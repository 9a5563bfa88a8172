import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { Informer } from "@kyma/kube/informer.ts";
import type { Logger } from "pino";

/** A copy of what all Subscriptions of the cluster ask for. */
export class Subscriptions {
  readonly #informer: Informer<Subscription>;
  #isSynced = false;

  constructor(client: KubeClient, log: Logger) {
    this.#informer = new Informer<Subscription>(client, subscriptions, {
      transform: withoutStatus,
      onError: (error) => log.debug({ err: error }, "cannot read Subscriptions"),
    });
    void this.#informer.synced.then(() => (this.#isSynced = true));
  }

  start(signal: AbortSignal): void {
    this.#informer.start(signal);
  }

  /** Undefined until they were read. */
  list(): Subscription[] | undefined {
    return this.#isSynced ? this.#informer.list() : undefined;
  }
}

function withoutStatus({ apiVersion, kind, metadata, spec }: Subscription): Subscription {
  const { annotations: _, ...kept } = metadata;
  return { apiVersion, kind, metadata: kept, spec };
}
