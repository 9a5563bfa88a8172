import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { parseQuantity } from "@kyma/kube/quantity.ts";
import { podAmounts, type PodSpec } from "../resources/pod-amounts.ts";
import { objectState, recordAt, type ObjectState } from "../resources/object-state.ts";

/** What the overview keeps of an object: little, as there may be 50,000 pods. */
export interface Fact {
  key: string;
  type: ResourceType;
  namespace: string | undefined;
  name: string;
  createdAt: string;
  state: ObjectState;
  /** Of a node what it has to give, of a pod that is not over what it asks for; cores, bytes, pods. */
  amounts: Amounts | undefined;
}

export interface Amounts {
  cpu: number;
  memory: number;
  pods: number;
}

type Resources = Record<string, string | number | undefined> | undefined;

/** Pure. */
export function factOf(type: ResourceType, object: UnknownObject): Fact {
  const { uid, namespace, name, creationTimestamp } = object.metadata;
  const whole = { ...object, kind: type.kind };
  return {
    key: uid ?? name,
    type,
    namespace,
    name,
    createdAt: creationTimestamp ?? "",
    state: objectState(whole),
    amounts: amountsOf(whole),
  };
}

function amountsOf(object: UnknownObject): Amounts | undefined {
  const status = recordAt(object, "status");
  if (object.kind === "Node") {
    const allocatable = status["allocatable"] as Resources;
    return {
      cpu: quantity(allocatable, "cpu"),
      memory: quantity(allocatable, "memory"),
      pods: quantity(allocatable, "pods"),
    };
  }
  const over = status["phase"] === "Succeeded" || status["phase"] === "Failed";
  return object.kind === "Pod" && !over ? podRequests(recordAt(object, "spec")) : undefined;
}

/** What a pod asks for. */
export function podRequests(spec: Record<string, unknown>): Amounts {
  const amounts = podAmounts(spec as unknown as PodSpec, "requests");
  return { cpu: amounts.get("cpu") ?? 0, memory: amounts.get("memory") ?? 0, pods: 1 };
}

function quantity(resources: Resources, resource: string): number {
  return parseQuantity(resources?.[resource]) ?? 0;
}
