import type { KubeClient } from "@kyma/kube/client.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import { daemonSets, pods } from "@kyma/kube/resource-types.ts";
import type { Pod } from "./workload-objects.ts";

/** What a drain does with one pod of the node. */
export interface DrainPod {
  namespace: string;
  name: string;
  uid: string;
  /** Kind and name of the controller, e.g. "ReplicaSet web-5d9c"; null when nothing makes it anew. */
  controller: string | null;
  /** It stays: why. Null: it is to be evicted. */
  skipped: string | null;
  /** Nothing makes it anew elsewhere: the person has to agree. */
  isUnmanaged: boolean;
  /** Volumes of kind emptyDir, whose content is lost: the person has to agree. */
  emptyDirs: string[];
  /** RFC 3339, when it is being deleted already. */
  terminatingSince: string | null;
}

const mostPods = 1000;

/** The pods of a node as a drain sees them, as `kubectl drain` sorts them. */
export async function drainPlan(kube: KubeClient, node: string, signal: AbortSignal): Promise<DrainPod[]> {
  const { items } = await kube.list<Pod>(pods, { fieldSelector: `spec.nodeName=${node}`, signal });
  const gone = await goneDaemonSets(kube, items, signal);
  return items.slice(0, mostPods).map((pod) => drainPod(pod, gone));
}

/** One pod; `goneDaemonSets` are the uids of controllers that do not exist any more. Pure. */
export function drainPod(pod: Pod, goneDaemonSets: ReadonlySet<string>): DrainPod {
  const { metadata, spec, status } = pod;
  const controller = metadata.ownerReferences?.find((owner) => owner.controller);
  const finished = status?.phase === "Succeeded" || status?.phase === "Failed";
  const orphaned = controller !== undefined && goneDaemonSets.has(controller.uid);
  const skipped = skipReason(pod, orphaned, finished);
  const emptyDirs = (spec.volumes ?? []).filter((volume) => volume["emptyDir"] !== undefined);
  const asks = skipped === null && !finished;
  return {
    namespace: metadata.namespace ?? "",
    name: metadata.name,
    uid: metadata.uid ?? "",
    controller: controller ? `${controller.kind} ${controller.name}` : null,
    skipped,
    isUnmanaged: asks && (controller === undefined || orphaned),
    emptyDirs: asks ? emptyDirs.map(({ name }) => name) : [],
    terminatingSince: metadata.deletionTimestamp ?? null,
  };
}

function skipReason({ metadata }: Pod, orphaned: boolean, finished: boolean): string | null {
  if (metadata.annotations?.["kubernetes.io/config.mirror"] !== undefined)
    return "A mirror of a static pod: the kubelet itself runs it.";
  const controller = metadata.ownerReferences?.find((owner) => owner.controller);
  if (controller?.kind === "DaemonSet" && !orphaned && !finished)
    return `DaemonSet ${controller.name} would put it back at once.`;
  return null;
}

async function goneDaemonSets(kube: KubeClient, found: Pod[], signal: AbortSignal): Promise<Set<string>> {
  const owners = new Map<string, { namespace: string; name: string }>();
  for (const { metadata } of found) {
    const owner = metadata.ownerReferences?.find(
      ({ controller, kind }) => controller && kind === "DaemonSet",
    );
    if (owner) owners.set(owner.uid, { namespace: metadata.namespace ?? "", name: owner.name });
  }
  const gone = new Set<string>();
  const check = async ([uid, key]: [string, { namespace: string; name: string }]): Promise<void> => {
    try {
      const { metadata } = await kube.get(daemonSets, key, { signal });
      if (metadata.uid !== uid) gone.add(uid);
    } catch (error) {
      // Without the right to read it, it counts as there: then the pod is left alone.
      if (error instanceof NotFoundError) gone.add(uid);
    }
  };
  await Promise.all([...owners].map(check));
  return gone;
}
