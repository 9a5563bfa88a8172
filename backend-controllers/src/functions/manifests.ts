import type { KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import type { KubeObject, ObjectMeta } from "@kyma/kube/objects.ts";
import { ownedBy } from "../runtime/owner-references.ts";
import { childLabels, generationAnnotation, podSelector } from "./labels.ts";
import type { FunctionOptions } from "./options.ts";
import { functionPort, podTemplate } from "./pod-template.ts";

/** How long a roll-out may make no progress before the Deployment says so. */
export const progressDeadlineSeconds = 20;

/**
 * The Deployment of a Function. Its name is the Function's: apply needs a name that is known beforehand, so a repeat after a
 * crash meets the same object instead of making a second one.
 */
export function deploymentOf(fn: KymaFunction, options: FunctionOptions): KubeObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      ...childMeta(fn, fn.metadata.name),
      annotations: { [generationAnnotation]: String(fn.metadata.generation ?? 0) },
    },
    spec: {
      replicas: fn.spec.replicas ?? 1,
      selector: { matchLabels: podSelector(fn) },
      // No request may fail while a new version takes over.
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      progressDeadlineSeconds,
      // Going back is done with ControllerRevisions; old ReplicaSets are only clutter.
      revisionHistoryLimit: 2,
      template: podTemplate(fn, options),
    },
  } as KubeObject;
}

/** The Service, called as the Function: port 80 to the runtime's port. */
export function serviceOf(fn: KymaFunction): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: childMeta(fn, fn.metadata.name),
    spec: {
      selector: podSelector(fn),
      ports: [{ name: "http", port: 80, targetPort: functionPort, protocol: "TCP" }],
    },
  } as KubeObject;
}

/** Metadata common to all children. */
export function childMeta(fn: KymaFunction, name: string): ObjectMeta {
  const { namespace } = fn.metadata;
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    labels: childLabels(fn),
    ownerReferences: [ownedBy(fn)],
  };
}
