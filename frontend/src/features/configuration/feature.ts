import { lazyCard } from "#resources/lazy-view.tsx";
import type { Feature } from "#resources/feature.ts";

const limits = () => import("./limit-cards.tsx");
const scaling = () => import("./scaling-cards.tsx");

/** ConfigMaps, Secrets, what limits and scales workloads, and Namespaces. */
export const configurationFeature: Feature = {
  navigation: [],
  quickStarts: [],
  objectCards: [
    {
      kinds: ["configmaps"],
      order: 10,
      fields: ["data", "binaryData", "immutable"],
      Content: lazyCard(() => import("./config-map-card.tsx"), "ConfigMapCard"),
    },
    {
      kinds: ["secrets"],
      order: 10,
      fields: ["type", "data"],
      Content: lazyCard(() => import("./secret-card.tsx"), "SecretCard"),
    },
    {
      kinds: ["resourcequotas"],
      order: 10,
      fields: ["spec", "status"],
      Content: lazyCard(limits, "QuotaCard"),
    },
    { kinds: ["limitranges"], order: 10, fields: ["spec"], Content: lazyCard(limits, "LimitRangeCard") },
    {
      kinds: ["horizontalpodautoscalers.autoscaling"],
      order: 10,
      fields: ["spec", "status"],
      Content: lazyCard(scaling, "AutoscalerCard"),
    },
    {
      kinds: ["poddisruptionbudgets.policy"],
      order: 10,
      fields: ["spec", "status"],
      Content: lazyCard(scaling, "DisruptionBudgetCard"),
    },
    {
      kinds: ["namespaces"],
      order: 10,
      Content: lazyCard(() => import("./namespace-card.tsx"), "NamespaceCard"),
    },
  ],
};
