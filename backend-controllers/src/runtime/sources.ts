import type { KubeObject, ObjectKey, ResourceType } from "@kyma/kube/objects.ts";
import { keyOf } from "@kyma/kube/objects.ts";
import { controllerOf } from "./owner-references.ts";
import type { SharedCache } from "./shared-cache.ts";

/** True when a change is worth a look; `undefined` stands for "did not exist" and "is gone". */
export type Predicate<T> = (next: T | undefined, previous: T | undefined) => boolean;

/** Something whose changes make a controller look at keys of its own kind. */
export interface Source {
  /** Connects the source: from now on `enqueue` is called with each key to look at. */
  connect(enqueue: (key: ObjectKey) => void): void;
}

/** The spec, the labels, annotations or finalizers, or the deletion changed: not a mere status write. */
export function specChanged<T extends KubeObject>(next: T | undefined, previous: T | undefined): boolean {
  if (next === undefined || previous === undefined) return true;
  const [now, before] = [next.metadata, previous.metadata];
  return (
    now.uid !== before.uid ||
    now.generation !== before.generation ||
    now.deletionTimestamp !== before.deletionTimestamp ||
    now.finalizers?.join() !== before.finalizers?.join() ||
    !sameMap(now.labels, before.labels) ||
    !sameMap(now.annotations, before.annotations)
  );
}

/** Any change at all, except the informer's repeats of what is known already. */
export function anyChange<T extends KubeObject>(next: T | undefined, previous: T | undefined): boolean {
  return next?.metadata.resourceVersion !== previous?.metadata.resourceVersion;
}

/** Looks at every object of `cache` itself. */
export function forEach<T extends KubeObject>(
  cache: SharedCache<T>,
  predicate: Predicate<T> = specChanged,
): Source {
  return watches(cache, (object) => [keyOf(object)], predicate);
}

/** Looks at the controlling owner (of `ownerType`) of each child in `cache`; deletes of children are never dropped. */
export function owns<T extends KubeObject>(
  cache: SharedCache<T>,
  ownerType: ResourceType,
  predicate: Predicate<T> = anyChange,
): Source {
  const ownerKey = (child: T): ObjectKey[] => {
    const owner = controllerOf(child);
    if (owner?.kind !== ownerType.kind || groupOf(owner.apiVersion) !== ownerType.group) return [];
    const namespace = child.metadata.namespace;
    return [namespace === undefined ? { name: owner.name } : { namespace, name: owner.name }];
  };
  return watches(cache, ownerKey, (next, previous) => next === undefined || predicate(next, previous));
}

/** Looks at the keys that `map` gives for an object of `cache`: for what it was as well as for what it became. */
export function watches<T extends KubeObject>(
  cache: SharedCache<T>,
  map: (object: T) => ObjectKey[],
  predicate: Predicate<T> = anyChange,
): Source {
  return {
    connect(enqueue) {
      cache.onChange((next, previous) => {
        if (!predicate(next, previous)) return;
        for (const object of [previous, next]) {
          if (object !== undefined) for (const key of map(object)) enqueue(key);
        }
      });
    },
  };
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}

function sameMap(a: Record<string, string> = {}, b: Record<string, string> = {}): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
