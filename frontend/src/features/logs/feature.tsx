import type { Feature, ObjectView } from "#resources/feature.ts";
import { kindKey } from "#resources/kinds.ts";
import { ObjectLogs } from "#resources/logs/object-logs.tsx";

const workloads = [
  "deployments.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "replicasets.apps",
  "jobs.batch",
  "cronjobs.batch",
  "services",
];

function LogsTab({ type, object }: ObjectView) {
  const { namespace = "", name } = object.metadata;
  const source =
    kindKey(type) === "pods"
      ? { namespace, pod: name }
      : {
          namespace,
          workload: { type: { group: type.group, version: type.version, plural: type.plural }, name },
        };
  return <ObjectLogs source={source} label={`Log of ${name}`} />;
}

export const logsFeature: Feature = {
  navigation: [],
  quickStarts: [],
  objectTabs: [{ kinds: ["pods", ...workloads], key: "logs", title: "Logs", order: 50, Content: LogsTab }],
};
