import type { KubeClient, Selection } from "@kyma/kube/client.ts";
import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { listCheck } from "./list-check.ts";
import type { Change, Upstream } from "./live-set.ts";

/** Just what a reader needs of each object, so that 50,000 of them cost little. `project` must return a key of its own for each object. */
export function projectedUpstream<T extends { key: string }>(
  kube: KubeClient,
  type: ResourceType,
  selection: Selection,
  project: (object: UnknownObject) => T,
): Upstream<T> {
  return {
    async list(signal) {
      const entries = new Map<string, T>();
      let resourceVersion = "";
      for await (const page of kube.pages<UnknownObject>(type, { ...selection, signal })) {
        for (const value of page.items.map(project)) entries.set(value.key, value);
        ({ resourceVersion } = page);
      }
      return { entries, head: undefined, resourceVersion };
    },
    async *watch(resourceVersion, signal, onOpen): AsyncGenerator<Change<T>> {
      const options = { ...selection, resourceVersion, signal, onOpen };
      for await (const { type: event, object } of kube.watch<UnknownObject>(type, options)) {
        const version = object.metadata.resourceVersion
          ? { resourceVersion: object.metadata.resourceVersion }
          : {};
        if (event === "BOOKMARK") yield version;
        else {
          const value = project(object);
          yield { ...version, key: value.key, ...(event === "DELETED" ? {} : { value }) };
        }
      }
    },
    check: listCheck(kube, type, selection),
  };
}
