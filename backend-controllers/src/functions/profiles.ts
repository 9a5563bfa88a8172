import type { FunctionSpec } from "@kyma/crds/generated/functions.gen.ts";

export interface Resources {
  requests?: Record<string, number | string>;
  limits?: Record<string, number | string>;
}

/** The shipped profiles, in the canonical form in which the API server stores quantities. */
export const profiles: Readonly<Record<string, Resources>> = {
  XS: { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: "150m", memory: "256Mi" } },
  S: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "200m", memory: "256Mi" } },
  M: { requests: { cpu: "200m", memory: "256Mi" }, limits: { cpu: "400m", memory: "512Mi" } },
  L: { requests: { cpu: "400m", memory: "512Mi" }, limits: { cpu: "800m", memory: "1Gi" } },
  XL: { requests: { cpu: "800m", memory: "1Gi" }, limits: { cpu: "1600m", memory: "2Gi" } },
};

export interface ChosenResources {
  /** Profile name, or "custom" for explicit resources; stands in the status. */
  profile: string;
  resources: Resources;
}

/** The resources of the Function's container. The profile must be known (validate.ts sees to it). */
export function chooseResources(spec: FunctionSpec, defaultProfile: string): ChosenResources {
  const wanted = spec.resourceConfiguration?.function;
  if (wanted?.resources !== undefined) return { profile: "custom", resources: wanted.resources };
  const profile = wanted?.profile ?? defaultProfile;
  return { profile, resources: profiles[profile] ?? {} };
}
