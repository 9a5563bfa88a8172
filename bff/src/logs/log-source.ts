import type { KubeObject, ObjectKey, UnknownObject } from "@kyma/kube/objects.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import { jobs, pods } from "@kyma/kube/resource-types.ts";
import type { Caller } from "../graphql/context.ts";
import { badInput, userError } from "../graphql/errors.ts";
import type { Kinds, TypeInput } from "../resources/kinds.ts";
import { type LabelSelector, selectorText } from "../resources/label-selector.ts";
import type { Joined } from "../resources/live-messages.ts";
import { joinObjects } from "../resources/live-objects.ts";
import type { LiveSets } from "../resources/live-sets.ts";
import { checkName, checkNamespace, toKey } from "../resources/references.ts";
import type { LogPod } from "./pods.ts";

export interface LogSourceInput {
  namespace: string;
  pod?: string | null;
  workload?: { type: TypeInput; name: string } | null;
  labelSelector?: string | null;
}

/** Which pods a log is made of. */
export interface PodSelection {
  namespace: string;
  labelSelector?: string;
  fieldSelector?: string;
  /** The pod that must be there. */
  pod?: string;
  /** Labels alone may match pods of somebody else: who must own them. */
  owner?: { kind: string; name: string };
  /** Pods of Jobs that this CronJob (a uid) has made. */
  cronJob?: string;
}

/** BAD_INPUT and NOT_FOUND in plain words. */
export async function selectPods(
  { kinds, caller }: { kinds: Kinds; caller: Caller },
  source: LogSourceInput,
): Promise<PodSelection> {
  const namespace = checkNamespace(source.namespace);
  const { pod, workload, labelSelector } = source;
  if ([pod, workload, labelSelector].filter(Boolean).length !== 1)
    throw badInput("a log needs exactly one of pod, workload and labelSelector");
  if (pod) return { namespace, fieldSelector: `metadata.name=${checkName(pod)}`, pod };
  if (labelSelector) return { namespace, labelSelector: labelSelector.slice(0, 2000) };
  const type = await kinds.resolve(caller, workload?.type ?? pods);
  const key = toKey(type, { namespace, name: workload?.name ?? "" });
  try {
    const object = await caller.kube.get<UnknownObject>(type, key);
    return selectionOf(key, { ...object, kind: type.kind });
  } catch (error) {
    if (error instanceof NotFoundError)
      throw userError("NOT_FOUND", `${type.kind} "${key.name}" does not exist`);
    throw error;
  }
}

const owners = new Set(["ReplicaSet", "StatefulSet", "DaemonSet", "Job"]);

/** The pods of a workload. Pure. */
export function selectionOf({ namespace = "", name }: ObjectKey, object: UnknownObject): PodSelection {
  const { kind, metadata } = object;
  if (kind === "CronJob") return { namespace, labelSelector: jobLabel, cronJob: metadata.uid ?? "" };
  const { selector } = (object["spec"] ?? {}) as { selector?: LabelSelector | Record<string, string> };
  // A Service's selector is the labels themselves.
  const labels = kind === "Service" ? { matchLabels: (selector ?? {}) as Record<string, string> } : selector;
  const labelSelector = selectorText(labels);
  if (labelSelector === "")
    throw badInput(`${kind} "${name}" selects no pods by labels, so there is no log to show`);
  return { namespace, labelSelector, ...(owners.has(kind) ? { owner: { kind, name } } : {}) };
}

/** On the pods of every Job. */
const jobLabel = "batch.kubernetes.io/job-name";

/** The pods that are selected, live; `failure` of either set ends the log. */
export class SelectedPods {
  readonly #join: () => Joined<UnknownObject, undefined>[];
  readonly #selection: PodSelection;
  /** The pods, and for a CronJob the Jobs. */
  #sets: Joined<UnknownObject, undefined>["set"][] = [];

  constructor(liveSets: LiveSets, caller: Caller, selection: PodSelection) {
    const { namespace, labelSelector, fieldSelector, cronJob } = selection;
    this.#selection = selection;
    this.#join = () => [
      joinObjects(liveSets, caller, pods, { namespace, labelSelector, fieldSelector }),
      ...(cronJob === undefined ? [] : [joinObjects(liveSets, caller, jobs, { namespace })]),
    ];
  }

  get loaded(): boolean {
    return this.#sets.length > 0 && this.#sets.every(({ loaded }) => loaded);
  }

  get failure(): unknown {
    return this.#sets.find(({ failure }) => failure !== undefined)?.failure;
  }

  get liveness(): "LIVE" | "RECONNECTING" {
    return this.#sets.some(({ liveness }) => liveness === "RECONNECTING") ? "RECONNECTING" : "LIVE";
  }

  list(): LogPod[] {
    const [podSet, jobSet] = this.#sets;
    return ownPods(this.#selection, {
      pods: [...(podSet?.entries.values() ?? [])] as LogPod[],
      jobs: [...(jobSet?.entries.values() ?? [])],
    });
  }

  /** Joins the upstream watches; returns how to leave them. */
  listen(changed: () => void): () => void {
    const joined = this.#join();
    this.#sets = joined.map(({ set }) => set);
    const stops = joined.flatMap(({ set, leave }) => [
      set.listen({ changed, livenessChanged: changed }),
      leave,
    ]);
    return () => {
      for (const stop of stops) stop();
    };
  }
}

/** Of the pods that the labels match those that belong to what was selected. Pure. */
export function ownPods(
  { owner, cronJob }: PodSelection,
  found: { pods: LogPod[]; jobs: KubeObject[] },
): LogPod[] {
  const jobUids = new Set(
    found.jobs
      .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === cronJob))
      .map(({ metadata }) => metadata.uid),
  );
  return found.pods.filter(({ metadata }) => {
    const controller = metadata.ownerReferences?.find((reference) => reference.controller);
    if (cronJob !== undefined) return controller !== undefined && jobUids.has(controller.uid);
    return owner === undefined || (controller?.kind === owner.kind && controller.name === owner.name);
  });
}
