import type { KubeObject } from "#resources/kube-objects.ts";

/** A Subscription as the console reads it. */
export interface Subscription extends KubeObject {
  spec?: {
    sink?: string;
    source?: string;
    types?: string[];
    typeMatching?: string;
    config?: Record<string, string>;
  };
  status?: { ready?: boolean; conditions?: { status: string; reason?: string; message?: string }[] };
}
