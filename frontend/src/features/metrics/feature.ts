import type { Feature, ObjectView } from "#resources/feature.ts";
import { lazyView } from "#resources/lazy-view.tsx";

const MetricsCard = lazyView<ObjectView>(
  "CPU and memory",
  async () => (await import("./metrics-card.tsx")).MetricsCard,
);

/** CPU and memory on the pages of what runs. */
export const metricsFeature: Feature = {
  navigation: [],
  quickStarts: [],
  objectCards: [
    {
      kinds: [
        "pods",
        "nodes",
        "deployments.apps",
        "statefulsets.apps",
        "daemonsets.apps",
        "replicasets.apps",
        "jobs.batch",
      ],
      order: 15,
      fields: ["spec.containers.resources", "status.allocatable"],
      Content: MetricsCard,
    },
  ],
};
