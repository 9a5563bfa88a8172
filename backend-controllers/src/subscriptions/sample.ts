import type { Subscription, SubscriptionSpec } from "@kyma/crds/generated/subscriptions.gen.ts";

/** A valid Subscription for tests, with `spec` laid over the simplest one; its sink is the Service `sink` of its namespace. */
export function sampleSubscription(
  name: string,
  namespace: string,
  spec: Partial<SubscriptionSpec> = {},
): Subscription {
  return {
    apiVersion: "eventing.kyma-project.io/v1alpha2",
    kind: "Subscription",
    metadata: { name, namespace },
    spec: {
      sink: `http://sink.${namespace}.svc.cluster.local`,
      source: "shop",
      types: ["order.created.v1"],
      ...spec,
    },
  };
}
