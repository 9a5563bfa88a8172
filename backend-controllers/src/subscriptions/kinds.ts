import type { KubeObject } from "@kyma/kube/objects.ts";

/** The built-in kinds as far as this controller reads them. */

export interface Service extends KubeObject {
  spec: { type?: string; ports?: { port: number }[] };
}

export interface ConfigMap extends KubeObject {
  data?: Record<string, string>;
}
