import type { KymaFunction } from "@kyma/crds/generated/functions.gen.ts";

const prefix = "serverless.kyma-project.io/";

export const labelNames = {
  functionName: `${prefix}function-name`,
  managedBy: `${prefix}managed-by`,
  uuid: `${prefix}uuid`,
  resource: `${prefix}resource`,
} as const;

/** On the Deployment: the Function generation that it was made from. */
export const generationAnnotation = `${prefix}generation`;

/** Selects everything that the Functions controller makes, pods included. */
export const managedSelector = `${labelNames.managedBy}=function-controller`;

/** Labels by which all children of a Function are found. */
export function internalLabels(fn: KymaFunction): Record<string, string> {
  return {
    [labelNames.functionName]: fn.metadata.name,
    [labelNames.managedBy]: "function-controller",
    [labelNames.uuid]: fn.metadata.uid ?? "",
  };
}

/** Labels of Deployment, Service and ControllerRevision: the Function's own, then the internal ones. */
export function childLabels(fn: KymaFunction): Record<string, string> {
  return { ...fn.metadata.labels, ...internalLabels(fn) };
}

/** What the Deployment and the Service select. */
export function podSelector(fn: KymaFunction): Record<string, string> {
  return { ...internalLabels(fn), [labelNames.resource]: "deployment" };
}

/** Labels of the pods; the selector wins over the user's. */
export function podLabels(fn: KymaFunction): Record<string, string> {
  return { ...fn.spec.labels, "app.kubernetes.io/name": fn.metadata.name, ...podSelector(fn) };
}

/** A label map as selector text, as the scale subresource wants it. */
export function selectorText(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join(",");
}
