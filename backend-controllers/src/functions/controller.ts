import { functions } from "@kyma/crds/resource-types.ts";
import { type KubeObject, type ObjectKey, keyOf } from "@kyma/kube/objects.ts";
import { EventRecorder } from "../runtime/event-recorder.ts";
import type { Manager } from "../runtime/manager.ts";
import { forEach, owns, watches } from "../runtime/sources.ts";
import { functionCaches } from "./caches.ts";
import type { KubeEvent } from "./kinds.ts";
import { labelNames } from "./labels.ts";
import type { FunctionOptions } from "./options.ts";
import { functionReconcile } from "./reconcile.ts";

/** Adds the Functions controller: it looks at a Function when that, a child, a pod or a same-named Service changes. */
export function addFunctionController(manager: Manager, options: FunctionOptions): void {
  const caches = functionCaches(manager);
  const podOf = ({ involvedObject }: KubeEvent) => {
    const { namespace = "", name = "" } = involvedObject ?? {};
    return caches.pods.get({ namespace, name });
  };
  manager.add({
    name: "function",
    sources: [
      forEach(caches.functions),
      owns(caches.deployments, functions),
      owns(caches.controllerRevisions, functions),
      owns(caches.services, functions),
      // A foreign Service that held the name may have gone.
      watches(
        caches.services,
        (service) => [keyOf(service)],
        (next) => next === undefined,
      ),
      watches(caches.replicaSets, functionOf),
      watches(caches.pods, functionOf),
      watches(caches.mountEvents, (event) => {
        const pod = podOf(event);
        return pod === undefined ? [] : functionOf(pod);
      }),
    ],
    reconcile: functionReconcile({
      client: manager.client,
      caches,
      events: new EventRecorder(manager.client, "function-controller"),
      options,
    }),
    workers: 8,
    allKeys: () => caches.functions.list().map(keyOf),
  });
}

/** The Function that a pod or ReplicaSet belongs to, by its labels. */
function functionOf({ metadata }: KubeObject): ObjectKey[] {
  const name = metadata.labels?.[labelNames.functionName];
  const { namespace } = metadata;
  return name === undefined || namespace === undefined ? [] : [{ namespace, name }];
}
