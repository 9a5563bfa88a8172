import type { KubeObject, UnknownObject } from "@kyma/kube/objects.ts";
import type { CronJob, Job, PodTemplate } from "./workload-objects.ts";

/** The same annotation as `kubectl rollout restart` sets; `now` is RFC 3339. */
export function restartPatch(now: string): object {
  const annotations = { "kubectl.kubernetes.io/restartedAt": now };
  return { spec: { template: { metadata: { annotations } } } };
}

const longestName = 63;
const suffixLength = 5;

/** A name that is free with all likelihood and never too long for a Job. */
export function derivedName(name: string, word: string, suffix: string): string {
  const end = `-${word}-${suffix}`;
  return `${name.slice(0, longestName - end.length).replace(/[^a-z0-9]+$/, "")}${end}`;
}

/** Lower case letters and digits from random bytes. */
export function suffixOf(bytes: Uint8Array): string {
  return Array.from(bytes.slice(0, suffixLength), (byte) => (byte % 36).toString(36)).join("");
}

/** What `kubectl create job --from=cronjob/x` makes. */
export function triggeredJob(cronJob: CronJob, name: string): KubeObject {
  const { metadata, spec } = cronJob;
  const template = spec.jobTemplate;
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name,
      namespace: metadata.namespace ?? "",
      labels: { ...template.metadata?.labels },
      annotations: { "cronjob.kubernetes.io/instantiate": "manual", ...template.metadata?.annotations },
      ownerReferences: [
        {
          apiVersion: "batch/v1",
          kind: "CronJob",
          name: metadata.name,
          uid: metadata.uid ?? "",
          controller: true,
        },
      ],
    },
    spec: template.spec,
  } as KubeObject;
}

/** Labels that the Job controller gives every Job; a copy has to get its own. */
const generatedLabels = [
  "controller-uid",
  "job-name",
  "batch.kubernetes.io/controller-uid",
  "batch.kubernetes.io/job-name",
];
const ownAnnotations = [
  "kubectl.kubernetes.io/last-applied-configuration",
  "batch.kubernetes.io/job-tracking",
  "batch.kubernetes.io/cronjob-scheduled-timestamp",
];

/** A copy of a Job that runs anew, on its own: no owner, no generated labels, no selector. */
export function rerunJob(job: Job, name: string): KubeObject {
  const { selector: _selector, manualSelector: _manual, suspend: _suspend, template, ...spec } = job.spec;
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name,
      namespace: job.metadata.namespace ?? "",
      labels: without(job.metadata.labels, generatedLabels),
      annotations: without(job.metadata.annotations, ownAnnotations),
    },
    spec: {
      ...spec,
      template: {
        ...template,
        metadata: { ...template.metadata, labels: without(template.metadata?.labels, generatedLabels) },
      },
    },
  } as KubeObject;
}

function without(pairs: Record<string, string> | undefined, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(pairs ?? {}).filter(([key]) => !keys.includes(key)));
}

export const revisionAnnotation = "deployment.kubernetes.io/revision";

/** Annotations of a Deployment that are about itself and never come back from a revision; kubectl's list. */
const staysWithDeployment = [
  "kubectl.kubernetes.io/last-applied-configuration",
  revisionAnnotation,
  "deployment.kubernetes.io/revision-history",
  "deployment.kubernetes.io/desired-replicas",
  "deployment.kubernetes.io/max-replicas",
  "deprecated.deployment.rollback.to",
];

/** What a rollback needs to know of a revision. */
export interface RevisionContent {
  template: PodTemplate;
  /** Of the ReplicaSet; undefined for ControllerRevisions, whose annotations are their own. */
  annotations: Record<string, string> | undefined;
}

/**
 * The JSON patch that puts a revision's pod template back, exactly. It fails with a conflict when the object has changed since it was read.
 * A Deployment also gets the annotations of the revision (its change-cause), as kubectl does.
 */
export function rollbackPatch(object: UnknownObject, { template, annotations }: RevisionContent): object[] {
  const { resourceVersion, annotations: own = {} } = object.metadata;
  const patch: object[] = [
    { op: "replace", path: "/metadata/resourceVersion", value: resourceVersion },
    { op: "replace", path: "/spec/template", value: template },
  ];
  if (annotations === undefined) return patch;
  const kept = Object.entries(own).filter(([key]) => staysWithDeployment.includes(key));
  const back = Object.entries(annotations).filter(([key]) => !staysWithDeployment.includes(key));
  const value = Object.fromEntries([...kept, ...back]);
  return [...patch, { op: "add", path: "/metadata/annotations", value }];
}
