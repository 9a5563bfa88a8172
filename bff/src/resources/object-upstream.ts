import type { KubeClient, Selection, WatchOptions } from "@kyma/kube/client.ts";
import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { listCheck } from "./list-check.ts";
import type { Change, Upstream } from "./live-set.ts";
import { presentable } from "./secret-values.ts";

/** Whole objects, keyed by uid, without managedFields and with Secret values masked. */
export function objectUpstream(
  kube: KubeClient,
  type: ResourceType,
  selection: Selection,
): Upstream<UnknownObject> {
  return {
    async list(signal) {
      const { items, resourceVersion } = await kube.list<UnknownObject>(type, { ...selection, signal });
      const entries = new Map(items.map((item) => [uidOf(item), presentable(item)]));
      return { entries, head: undefined, resourceVersion };
    },
    watch: (resourceVersion, signal, onOpen) =>
      readChanges(kube, type, { ...selection, resourceVersion, signal, onOpen }),
    check: listCheck(kube, type, selection),
  };
}

async function* readChanges(
  kube: KubeClient,
  type: ResourceType,
  options: WatchOptions,
): AsyncGenerator<Change<UnknownObject>> {
  for await (const { type: eventType, object } of kube.watch<UnknownObject>(type, options)) {
    const { resourceVersion } = object.metadata;
    const version = resourceVersion ? { resourceVersion } : {};
    if (eventType === "BOOKMARK") yield version;
    else if (eventType === "DELETED") yield { ...version, key: uidOf(object) };
    else yield { ...version, key: uidOf(object), value: presentable(object) };
  }
}

function uidOf(object: UnknownObject): string {
  return object.metadata.uid ?? object.metadata.name;
}
