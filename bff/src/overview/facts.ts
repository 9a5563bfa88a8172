import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { parseQuantity } from "@kyma/kube/quantity.ts";
import { objectState, recordAt, type ObjectState } from "../resources/object-state.ts";

/** What the overview keeps of an object: little, as there may be 50,000 pods. */
export interface Fact {
  key: string;
  type: ResourceType;
  namespace: string | undefined;
  name: string;
  createdAt: string;
  state: ObjectState;
  /** uid of its controller. */
  owner: string | undefined;
  /** Of a node what it has to give, of a pod that is not over what it asks for; cores, bytes, pods. */
  amounts: Amounts | undefined;
}

export interface Amounts {
  cpu: number;
  memory: number;
  pods: number;
}

type Resources = Record<string, string | number | undefined> | undefined;
interface Container {
  restartPolicy?: string;
  resources?: { requests?: Resources };
}

/** Pure. */
export function factOf(type: ResourceType, object: UnknownObject): Fact {
  const { uid, namespace, name, creationTimestamp, ownerReferences } = object.metadata;
  const whole = { ...object, kind: type.kind };
  return {
    key: uid ?? name,
    type,
    namespace,
    name,
    createdAt: creationTimestamp ?? "",
    state: objectState(whole),
    owner: ownerReferences?.find(({ controller }) => controller)?.uid,
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

/** As the scheduler counts: containers and sidecars together, or the largest of the init containers, and the pod's overhead. */
export function podRequests(spec: Record<string, unknown>): Amounts {
  const containers = (spec["containers"] ?? []) as Container[];
  const inits = (spec["initContainers"] ?? []) as Container[];
  const overhead = spec["overhead"] as Resources;
  const sum = (resource: string): number => {
    const of = ({ resources }: Container): number => quantity(resources?.requests, resource);
    let sidecars = 0;
    let largestStart = 0;
    for (const init of inits) {
      if (init.restartPolicy === "Always") sidecars += of(init);
      largestStart = Math.max(largestStart, sidecars + (init.restartPolicy === "Always" ? 0 : of(init)));
    }
    const running = containers.reduce((total, container) => total + of(container), sidecars);
    return Math.max(running, largestStart) + quantity(overhead, resource);
  };
  return { cpu: sum("cpu"), memory: sum("memory"), pods: 1 };
}

function quantity(resources: Resources, resource: string): number {
  return parseQuantity(resources?.[resource]) ?? 0;
}
