import type { FunctionRef, ObjectRef } from "#api/generated/graphql.ts";
import type { Condition, ObjectMeta } from "#resources/kube-objects.ts";
import { functionType } from "#resources/well-known-types.ts";

/** A Function as the console reads it; fields it does not know pass through untouched. */
export interface KymaFunction {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec: FunctionSpec;
  status?: FunctionStatus;
  [field: string]: unknown;
}

export interface FunctionSpec {
  runtime: string;
  source: { inline?: { source: string; dependencies?: string }; gitRepository?: { url: string } };
  env?: EnvEntry[];
  replicas?: number;
  resourceConfiguration?: { function?: { profile?: string; resources?: unknown } };
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  secretMounts?: { secretName: string; mountPath: string }[];
}

export interface EnvEntry {
  name: string;
  value?: string;
  valueFrom?: {
    secretKeyRef?: KeyReference;
    configMapKeyRef?: KeyReference;
    [other: string]: unknown;
  };
}

export interface KeyReference {
  name?: string;
  key: string;
  optional?: boolean;
}

export interface FunctionStatus {
  conditions?: (Condition & { observedGeneration?: number })[];
  observedGeneration?: number;
  replicas?: number;
  functionResourceProfile?: string;
}

/** Runtimes that the schema allows and the controllers act on, the recommended one first. */
export const runtimes = [
  { value: "nodejs24", label: "Node.js 24" },
  { value: "nodejs22", label: "Node.js 22" },
  { value: "nodejs20", label: "Node.js 20 (deprecated)" },
] as const;

/** A runtime in the words that people use. */
export function runtimeLabel(value: string): string {
  return runtimes.find((runtime) => runtime.value === value)?.label ?? value;
}

/** On everything that the controller makes for a Function, its pods included. */
export function functionSelector(name: string): string {
  return `serverless.kyma-project.io/function-name=${name}`;
}

/** The Function in the generic API. */
export function objectRefOf({ namespace, name }: FunctionRef): ObjectRef {
  return { type: functionType, namespace, name };
}
