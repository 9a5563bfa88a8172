import { lazyCard } from "#resources/lazy-view.tsx";
import type { Feature } from "#resources/feature.ts";

const others = () => import("./other-cards.tsx");

/** Services, Ingresses, EndpointSlices and NetworkPolicies. */
export const networkingFeature: Feature = {
  navigation: [],
  quickStarts: [],
  objectCards: [
    {
      kinds: ["services"],
      order: 10,
      fields: ["spec", "status.loadBalancer"],
      Content: lazyCard(() => import("./service-card.tsx"), "ServiceCard"),
    },
    {
      kinds: ["ingresses.networking.k8s.io"],
      order: 10,
      fields: ["spec", "status.loadBalancer"],
      Content: lazyCard(others, "IngressCard"),
    },
    {
      kinds: ["endpointslices.discovery.k8s.io"],
      order: 10,
      fields: ["addressType", "endpoints", "ports"],
      Content: lazyCard(others, "EndpointSliceCard"),
    },
    {
      kinds: ["networkpolicies.networking.k8s.io"],
      order: 10,
      fields: ["spec"],
      Content: lazyCard(others, "NetworkPolicyCard"),
    },
  ],
};
