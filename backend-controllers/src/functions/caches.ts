import type { KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { functions } from "@kyma/crds/resource-types.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import {
  controllerRevisions,
  deployments,
  events,
  pods,
  replicaSets,
  services,
} from "@kyma/kube/resource-types.ts";
import type { Manager } from "../runtime/manager.ts";
import type { SharedCache } from "../runtime/shared-cache.ts";
import type { ControllerRevision, Deployment, KubeEvent, Pod, ReplicaSet, Service } from "./kinds.ts";
import { labelNames, managedSelector } from "./labels.ts";

export interface FunctionCaches {
  functions: SharedCache<KymaFunction>;
  deployments: SharedCache<Deployment>;
  services: SharedCache<Service>;
  controllerRevisions: SharedCache<ControllerRevision>;
  replicaSets: SharedCache<ReplicaSet>;
  pods: SharedCache<Pod>;
  /** Volumes that could not be mounted. */
  mountEvents: SharedCache<KubeEvent>;
}

/** What the Functions controller keeps in memory; index "function" finds a Function's children by its uid. */
export function functionCaches(manager: Manager): FunctionCaches {
  const managed = { labelSelector: managedSelector };
  const ofFunction = (object: KubeObject) => [object.metadata.labels?.[labelNames.uuid] ?? ""];
  return {
    functions: manager.cache<KymaFunction>(functions),
    deployments: manager.cache<Deployment>(deployments, managed).addIndex("function", ofFunction),
    // Shared with the APIRules controller, which needs all of them.
    services: manager.cache<Service>(services),
    controllerRevisions: manager
      .cache<ControllerRevision>(controllerRevisions, managed, without("data"))
      .addIndex("function", ofFunction),
    replicaSets: manager
      .cache<ReplicaSet>(replicaSets, managed, without("spec"))
      .addIndex("function", ofFunction),
    pods: manager.cache<Pod>(pods, managed, without("spec")).addIndex("function", ofFunction),
    mountEvents: manager
      .cache<KubeEvent>(events, { fieldSelector: "involvedObject.kind=Pod,reason=FailedMount" })
      .addIndex("pod", (event) => [event.involvedObject?.uid ?? ""]),
  };
}

/** These copies of the Function's source are not worth their memory. */
function without<T extends KubeObject>(field: "spec" | "data"): (object: T) => T {
  return (object) => {
    const { [field]: _, ...rest } = object as T & Record<typeof field, unknown>;
    return rest as unknown as T;
  };
}
