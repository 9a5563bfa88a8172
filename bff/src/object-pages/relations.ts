import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import type { PageView, Reading } from "../resources/page-part.ts";
import { bounded, named, seen, type RelatedObject, type RelatedObjects } from "./related-object.ts";

/** How many of the objects that are only named are looked up; each costs a watch. */
const mostLookups = 12;

/** Gathers what a page's object is related to, and what could not be read. */
export class Relations {
  readonly page: PageView;
  readonly object: UnknownObject;
  #complete = true;
  #lookups = 0;
  readonly #found: RelatedObject[] = [];
  readonly #missing: (string | undefined)[] = [];

  constructor(page: PageView, object: UnknownObject) {
    this.page = page;
    this.object = object;
  }

  /** Objects of a kind in the page's namespace (of the cluster for cluster-scoped kinds), or where the selection says. */
  read(type: ResourceType, selection: Omit<Reading, "type"> = {}): readonly UnknownObject[] {
    const place = type.namespaced ? { namespace: this.page.namespace } : {};
    const set = this.page.read({ type, ...place, ...selection });
    if (!set.loaded) this.#complete = false;
    this.#missing.push(set.missing);
    return set.objects;
  }

  add(type: ResourceType, object: UnknownObject, relation: string): void {
    this.#found.push(seen(type, object, { relation }));
  }

  /** Those of a kind for which the relation holds. */
  addWhere(type: ResourceType, relation: string, holds: (object: UnknownObject) => boolean): void {
    for (const object of this.read(type)) if (holds(object)) this.add(type, object, relation);
  }

  /** An object known by name: looked up, so that one that is missing says so; a person who may not look sees the name alone. */
  name(type: ResourceType, key: { namespace?: string | undefined; name: string }, relation: string): void {
    const namespace = type.namespaced ? (key.namespace ?? this.page.namespace) : undefined;
    if (this.#lookups >= mostLookups || !/^[a-zA-Z0-9:.-]+$/.test(key.name)) {
      this.#found.push(named(type, { namespace, name: key.name }, { relation }));
      return;
    }
    this.#lookups += 1;
    const set = this.page.read({ type, namespace, fieldSelector: `metadata.name=${key.name}` });
    if (!set.loaded) this.#complete = false;
    const [object] = set.objects;
    if (object) this.add(type, object, relation);
    else
      this.#found.push(
        named(type, { namespace, name: key.name }, { relation, exists: set.missing !== undefined }),
      );
  }

  /** Undefined while something is still loading. */
  result(): RelatedObjects | undefined {
    return this.#complete ? bounded(this.#found, this.#missing) : undefined;
  }
}

/** A value inside an object by its path; undefined when something on the way is not there. */
export function at(value: unknown, ...path: string[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** The list at a path, of records; [] when there is none. */
export function listAt(value: unknown, ...path: string[]): Record<string, unknown>[] {
  const list = at(value, ...path);
  return Array.isArray(list) ? list.filter((one) => typeof one === "object" && one !== null) : [];
}

export function textAt(value: unknown, ...path: string[]): string | undefined {
  const text = at(value, ...path);
  return typeof text === "string" && text !== "" ? text : undefined;
}
