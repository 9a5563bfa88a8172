import type { KubeObject } from "@kyma/kube/objects.ts";
import { autoscalers } from "@kyma/kube/resource-types.ts";
import type { ObjectPart, PageView, ReadSet } from "../resources/page-part.ts";
import { podTrouble } from "./container-state.ts";
import { newestPods, ownPods, podReading } from "./owned-pods.ts";
import { podAmounts } from "../resources/pod-amounts.ts";
import { podSummary } from "../resources/pod-state.ts";
import { replicasOf, rolloutOf } from "./rollout-status.ts";
import { autoscalersOf } from "./scale.ts";
import { selectorText } from "../resources/label-selector.ts";
import type { Pod, Workload } from "./workload-objects.ts";

const mostPods = 500;

const workloadKinds = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]);

/** Replicas, rollout and strategy of a workload. */
export const workloadPart: ObjectPart = {
  field: "workload",
  value(page) {
    const { object } = page;
    if (!object || page.type.group !== "apps" || !workloadKinds.has(object.kind)) return null;
    const workload = object as unknown as Workload;
    const pods = readPods(page, workload);
    const scalers = page.read({ type: autoscalers, namespace: page.namespace });
    if (pods?.loaded === false || !scalers.loaded) return undefined;
    const own = newestPods(workload, ownPods(workload, (pods?.objects ?? []) as unknown as Pod[]));
    return {
      replicas: replicasOf(workload),
      rollout: rolloutOf(workload, own),
      paused: workload.spec.paused === true,
      strategy: strategyText(workload),
      selector: selectorText(workload.spec.selector),
      autoscalers: scalers.missing ? null : autoscalersOf(scalers.objects as never, page.type, page.name),
    };
  },
};

/** The pods of a workload, a Job or a Node. */
export const podsPart: ObjectPart = {
  field: "pods",
  value(page) {
    const { object } = page;
    const found = object && readPods(page, object);
    if (!object || !found) return null;
    if (!found.loaded) return undefined;
    const own = ownPods(object, found.objects as unknown as Pod[]);
    const lines = own.slice(0, mostPods).map(podLine);
    return {
      pods: lines.toSorted((a, b) => a.name.localeCompare(b.name, "en", { numeric: true })),
      total: own.length,
      missing: found.missing ?? null,
    };
  },
};

function readPods(page: PageView, object: KubeObject): ReadSet | undefined {
  const reading = podReading(object);
  return reading && page.read(reading);
}

function podLine(pod: Pod) {
  const { metadata, spec, status } = pod;
  const requests = podAmounts(spec, "requests");
  const limits = podAmounts(spec, "limits");
  const { status: word, health, readyContainers, containers, restarts, lastRestart } = podSummary(pod);
  return {
    key: metadata.uid ?? metadata.name,
    namespace: metadata.namespace ?? "",
    name: metadata.name,
    status: word,
    health,
    readyContainers,
    containers,
    restarts,
    lastRestart,
    node: spec.nodeName ?? null,
    ip: status?.podIP ?? null,
    createdAt: metadata.creationTimestamp ?? "",
    trouble: podTrouble(pod),
    cpuRequest: requests.get("cpu") ?? 0,
    memoryRequest: requests.get("memory") ?? 0,
    cpuLimit: limits.get("cpu") ?? 0,
    memoryLimit: limits.get("memory") ?? 0,
  };
}

/** How the workload replaces its pods, in one sentence; pure. */
export function strategyText({ kind, spec }: Workload): string {
  const { type = "RollingUpdate", rollingUpdate = {} } = spec.strategy ?? spec.updateStrategy ?? {};
  if (kind === "ReplicaSet") return "None: a ReplicaSet never replaces pods that run.";
  if (type === "Recreate") return "Recreate: all old pods go before the new ones start.";
  if (type === "OnDelete") return "OnDelete: a pod gets the new template when somebody deletes it.";
  if (kind === "StatefulSet") {
    const { partition = 0 } = rollingUpdate;
    const only = partition > 0 ? ` Only pods numbered ${partition} and above are replaced.` : "";
    return `RollingUpdate: one pod after the other, the last one first.${only}`;
  }
  const defaults = kind === "DaemonSet" ? { down: 1, up: 0 } : { down: "25%", up: "25%" };
  const down = rollingUpdate.maxUnavailable ?? defaults.down;
  const up = rollingUpdate.maxSurge ?? defaults.up;
  return `RollingUpdate: at most ${down} unavailable and ${up} more than wanted at a time.`;
}
