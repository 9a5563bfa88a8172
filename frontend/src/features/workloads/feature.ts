import type { Feature, ObjectView } from "#resources/feature.ts";
import { lazyView } from "#resources/lazy-view.tsx";
import { workloadCommands } from "./commands.ts";

const WorkloadCard = lazyView<ObjectView>(
  "the rollout",
  async () => (await import("./workload-card.tsx")).WorkloadCard,
);
const JobCard = lazyView<ObjectView>("the Job", async () => (await import("./workload-card.tsx")).JobCard);
const CronJobCard = lazyView<ObjectView>(
  "the schedule",
  async () => (await import("./cron-job-card.tsx")).CronJobCard,
);
const ContainersCard = lazyView<ObjectView>(
  "the containers",
  async () => (await import("./containers-card.tsx")).ContainersCard,
);
const RevisionsTab = lazyView<ObjectView>(
  "revisions",
  async () => (await import("./revisions-tab.tsx")).RevisionsTab,
);

const withRevisions = ["deployments.apps", "statefulsets.apps", "daemonsets.apps"];

/** Deployments, StatefulSets, DaemonSets, ReplicaSets, Jobs, CronJobs and Pods: what their pages and menus have besides the frame's. */
export const workloadsFeature: Feature = {
  navigation: [],
  quickStarts: [],
  objectTabs: [
    { kinds: withRevisions, key: "revisions", title: "Revisions", order: 40, Content: RevisionsTab },
  ],
  // Between 10 and 20 there is room for metrics.
  objectCards: [
    { kinds: [...withRevisions, "replicasets.apps"], order: 10, Content: WorkloadCard },
    { kinds: ["jobs.batch"], order: 10, Content: JobCard },
    { kinds: ["cronjobs.batch"], order: 10, Content: CronJobCard },
    {
      kinds: [...withRevisions, "replicasets.apps", "jobs.batch", "cronjobs.batch", "pods"],
      order: 20,
      Content: ContainersCard,
    },
  ],
  objectCommands: workloadCommands,
};
