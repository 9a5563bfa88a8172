import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import { allowedHostsSource } from "@kyma/eventing/sink.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { Informer } from "@kyma/kube/informer.ts";
import { SinkServices } from "./sink-services.ts";
import { servicesOf, slimSubscription } from "./subscriptions.ts";

export interface ClusterViewOptions {
  client: KubeClient;
  /** The ConfigMap that allows further hosts; default kyma-system/eventing-sinks. */
  allowedHosts?: { namespace: string; name: string };
  onError: (error: unknown) => void;
}

/** What is read of the cluster: Subscriptions, without their status, and what their sinks may be. */
export class ClusterView {
  readonly subscriptions: Informer<Subscription>;
  readonly sinkServices: SinkServices;
  #isSynced = false;

  constructor({ client, allowedHosts = allowedHostsSource, onError }: ClusterViewOptions) {
    this.subscriptions = new Informer<Subscription>(client, subscriptions, {
      transform: slimSubscription,
      indexes: { service: servicesOf },
      onError,
    });
    this.sinkServices = new SinkServices(client, allowedHosts, onError);
  }

  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** Resolves when everything is known. */
  async start(signal: AbortSignal): Promise<void> {
    this.subscriptions.start(signal);
    await Promise.all([this.sinkServices.start(signal), this.subscriptions.synced]);
    this.#isSynced = true;
  }
}
