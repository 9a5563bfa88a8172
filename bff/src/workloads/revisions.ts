import type { KubeClient } from "@kyma/kube/client.ts";
import { ConflictError } from "@kyma/kube/errors.ts";
import type { KubeObject, ObjectKey, ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { controllerRevisions, pods, replicaSets } from "@kyma/kube/resource-types.ts";
import { isDeepStrictEqual } from "node:util";
import { badInput, userError } from "../graphql/errors.ts";
import { consoleManager } from "../resources/apply.ts";
import { changedFields, type ChangedField } from "../resources/changed-fields.ts";
import { revisionAnnotation, rollbackPatch, type RevisionContent } from "./manifests.ts";
import { selectorText } from "../resources/label-selector.ts";
import type { Pod, PodTemplate, Workload } from "./workload-objects.ts";

/** One pod template that a workload has had. */
export interface Revision extends RevisionContent {
  revision: number;
  name: string;
  createdAt: string;
  changeCause: string | null;
  images: string[];
  /** Pods that run it now. */
  pods: number;
  /** It is what the workload asks for now. */
  current: boolean;
}

interface ControllerRevision extends KubeObject {
  revision: number;
  data?: { spec?: { template?: PodTemplate & { $patch?: string } } };
}

/** The revisions of a Deployment, StatefulSet or DaemonSet, newest first. */
export async function listRevisions(
  kube: KubeClient,
  type: ResourceType,
  key: ObjectKey,
): Promise<{ workload: Workload; revisions: Revision[] }> {
  const workload = await kube.get<Workload>(type, key);
  const selection = { namespace: key.namespace, labelSelector: selectorText(workload.spec.selector) };
  if (type.kind === "Deployment") {
    const { items } = await kube.list<Workload>(replicaSets, selection);
    return { workload, revisions: ofReplicaSets(workload, items) };
  }
  const [found, running] = await Promise.all([
    kube.list<ControllerRevision>(controllerRevisions, selection),
    kube.list<Pod>(pods, selection),
  ]);
  return { workload, revisions: ofControllerRevisions(workload, found.items, running.items) };
}

/** Revisions of a Deployment; pure. */
export function ofReplicaSets(deployment: Workload, sets: Workload[]): Revision[] {
  const wanted = plainTemplate(deployment.spec.template);
  const all = sets.filter(isOwnedBy(deployment)).map((set): Revision => {
    const template = plainTemplate(set.spec.template);
    const { name, creationTimestamp: createdAt = "", annotations = {} } = set.metadata;
    return {
      revision: Number(annotations[revisionAnnotation] ?? 0),
      name,
      createdAt,
      changeCause: annotations["kubernetes.io/change-cause"] ?? null,
      images: imagesOf(template),
      pods: set.status?.replicas ?? 0,
      current: isDeepStrictEqual(template, wanted),
      template,
      annotations,
    };
  });
  return newestFirst(all);
}

/** Revisions of a StatefulSet or DaemonSet; pure. */
export function ofControllerRevisions(
  workload: Workload,
  found: ControllerRevision[],
  running: Pod[],
): Revision[] {
  const wanted = plainTemplate(workload.spec.template);
  const all = found.filter(isOwnedBy(workload)).flatMap(({ metadata, revision, data }): Revision[] => {
    if (!data?.spec?.template) return [];
    const { $patch: _, ...bare } = data.spec.template;
    const template = plainTemplate(bare);
    const { name, creationTimestamp: createdAt = "", annotations = {}, labels = {} } = metadata;
    // The pods of a StatefulSet carry the revision's name, those of a DaemonSet its hash.
    const marks = new Set([name, labels["controller-revision-hash"]]);
    const mine = running.filter((pod) => marks.has(pod.metadata.labels?.["controller-revision-hash"]));
    return [
      {
        revision,
        name,
        createdAt,
        changeCause: annotations["kubernetes.io/change-cause"] ?? null,
        images: imagesOf(template),
        pods: mine.filter(isOwnedBy(workload)).length,
        current: isDeepStrictEqual(template, wanted),
        template,
        annotations: undefined,
      },
    ];
  });
  return newestFirst(all);
}

/** After a rollback an old revision may be the newest again, or stand twice with the same content: the newest one counts as current. */
function newestFirst(revisions: Revision[]): Revision[] {
  const sorted = revisions.toSorted((a, b) => b.revision - a.revision);
  const current = sorted.find((one) => one.current);
  return sorted.map((one) => ({ ...one, current: one === current }));
}

function isOwnedBy(owner: KubeObject): (object: KubeObject) => boolean {
  return ({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) ?? false;
}

/** The template as a person wrote it: without the hash that the Deployment controller adds. */
function plainTemplate(template: PodTemplate): PodTemplate {
  const { creationTimestamp: _, ...metadata } = (template.metadata ?? {}) as Record<string, unknown>;
  const { "pod-template-hash": _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...metadata, ...(template.metadata?.labels ? { labels } : {}) } };
}

function imagesOf({ spec }: PodTemplate): string[] {
  const images = [...(spec.initContainers ?? []), ...spec.containers].map(({ image = "" }) => image);
  return [...new Set(images)];
}

/** A revision by its number; NOT_FOUND names those that there are. */
export function findRevision(revisions: readonly Revision[], name: string, wanted: number): Revision {
  const found = revisions.find(({ revision }) => revision === wanted);
  if (found) return found;
  const known = revisions.map(({ revision }) => revision).join(", ") || "none";
  throw userError("NOT_FOUND", `"${name}" has no revision ${wanted} (it has: ${known})`);
}

const mostAttempts = 8;

/** Puts the pod template of a revision back; the status that a controller writes meanwhile is no obstacle, a changed spec is. */
export async function rollBack(
  kube: KubeClient,
  type: ResourceType,
  key: ObjectKey,
  wanted: { revision: number; dryRun: boolean },
): Promise<ChangedField[]> {
  let generation: number | undefined;
  for (let attempt = 1; ; attempt++) {
    const { workload, revisions } = await listRevisions(kube, type, key);
    const target = findRevision(revisions, key.name, wanted.revision);
    if (workload.spec.paused)
      throw badInput(`the rollout of "${key.name}" is paused; resume it, then roll back`);
    if (target.current) throw badInput(`revision ${wanted.revision} is what "${key.name}" runs already`);
    generation ??= workload.metadata.generation;
    if (workload.metadata.generation !== generation)
      throw userError("CONFLICT", `"${key.name}" was changed meanwhile; look at the difference again`);
    try {
      const patch = rollbackPatch(workload as unknown as UnknownObject, target);
      const options = { type: "json", manager: consoleManager, dryRun: wanted.dryRun } as const;
      return changedFields(workload, await kube.patch(type, key, patch, options));
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt >= mostAttempts) throw error;
    }
  }
}
