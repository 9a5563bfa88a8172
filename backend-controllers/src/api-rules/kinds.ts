import type { KubeObject } from "@kyma/kube/objects.ts";

/** The built-in kinds as far as this controller reads them. */

export interface Service extends KubeObject {
  spec: {
    type?: string;
    selector?: Record<string, string>;
    ports?: { port: number; name?: string }[];
  };
}

export interface Pod extends KubeObject {
  spec: { containers: { name: string }[]; initContainers?: { name: string }[] };
}

export interface Namespace extends KubeObject {
  kind: "Namespace";
}
