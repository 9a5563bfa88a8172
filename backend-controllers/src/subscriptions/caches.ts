import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptions } from "@kyma/crds/resource-types.ts";
import { allowedHostsSource } from "@kyma/eventing/sink.ts";
import { configMaps, services } from "@kyma/kube/resource-types.ts";
import type { Manager } from "../runtime/manager.ts";
import type { SharedCache } from "../runtime/shared-cache.ts";
import type { ConfigMap, Service } from "./kinds.ts";
import { namedServices } from "./sink-services.ts";

export interface SubscriptionCaches {
  /** Index: service ("namespace/name" of each that it names). */
  subscriptions: SharedCache<Subscription>;
  services: SharedCache<Service>;
  /** The one with the hosts that an administrator allows. */
  allowedHosts: SharedCache<ConfigMap>;
}

/** What the Subscriptions controller keeps in memory. */
export function subscriptionCaches(manager: Manager): SubscriptionCaches {
  const { namespace, name } = allowedHostsSource;
  return {
    subscriptions: manager
      .cache<Subscription>(subscriptions)
      .addIndex("service", ({ spec }) => namedServices(spec)),
    services: manager.cache<Service>(services),
    allowedHosts: manager.cache<ConfigMap>(configMaps, { namespace, fieldSelector: `metadata.name=${name}` }),
  };
}
