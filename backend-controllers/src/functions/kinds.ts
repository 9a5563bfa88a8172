import type { Condition } from "@kyma/kube/conditions.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";

/** The built-in kinds as far as this controller reads them. */

export interface Deployment extends KubeObject {
  spec: { replicas?: number };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
    conditions?: DeploymentCondition[];
  };
}

export type DeploymentCondition = Pick<Condition, "type" | "status"> & { reason?: string; message?: string };

export interface ReplicaSet extends KubeObject {
  status?: { availableReplicas?: number };
}

export interface Service extends KubeObject {
  spec: { selector?: Record<string, string> };
}

export interface ControllerRevision extends KubeObject {
  revision: number;
  data?: unknown;
}

export interface Pod extends KubeObject {
  status?: {
    phase?: string;
    reason?: string;
    message?: string;
    conditions?: (Pick<Condition, "type" | "status"> & { reason?: string; message?: string })[];
    initContainerStatuses?: ContainerStatus[];
    containerStatuses?: ContainerStatus[];
  };
}

export interface ContainerStatus {
  name: string;
  ready?: boolean;
  started?: boolean;
  restartCount?: number;
  state?: ContainerState;
  lastState?: ContainerState;
}

export interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: TerminatedState;
}

export interface TerminatedState {
  exitCode: number;
  signal?: number;
  reason?: string;
  message?: string;
  finishedAt?: string;
}

/** core/v1 Event. */
export interface KubeEvent extends KubeObject {
  involvedObject?: { uid?: string; namespace?: string; name?: string };
  message?: string;
  lastTimestamp?: string | null;
}
