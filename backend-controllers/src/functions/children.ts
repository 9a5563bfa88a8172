import type { KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import { type KubeObject, type ObjectKey, type ResourceType, keyOf } from "@kyma/kube/objects.ts";
import { controllerRevisions, deployments, services } from "@kyma/kube/resource-types.ts";
import { type Applied, type Writer, applyIfChanged } from "../runtime/apply.ts";
import { controllerOf, isOwnedBy } from "../runtime/owner-references.ts";
import type { SharedCache } from "../runtime/shared-cache.ts";
import type { FunctionCaches } from "./caches.ts";
import type { ControllerRevision, Deployment } from "./kinds.ts";
import { labelNames } from "./labels.ts";
import { deploymentOf, serviceOf } from "./manifests.ts";
import type { FunctionOptions } from "./options.ts";
import { planRevisions } from "./revisions.ts";

/** A child cannot be made because its name belongs to somebody else. */
export class NameTakenError extends Error {
  override readonly name = "NameTakenError";
}

/** Writes a Function's children; each method writes only what differs. */
export class FunctionChildren {
  readonly #fn: KymaFunction;
  readonly #caches: FunctionCaches;
  readonly #writer: Writer;

  constructor(fn: KymaFunction, caches: FunctionCaches, writer: Writer) {
    this.#fn = fn;
    this.#caches = caches;
    this.#writer = writer;
  }

  async applyDeployment(options: FunctionOptions): Promise<Applied<Deployment>> {
    return this.#apply(this.#caches.deployments, deploymentOf(this.#fn, options));
  }

  async applyService(): Promise<void> {
    await this.#apply(this.#caches.services, serviceOf(this.#fn));
  }

  /** Sees to it that the newest ControllerRevision is this spec and that there are not too many. */
  async applyRevisions(): Promise<void> {
    const cache = this.#caches.controllerRevisions;
    const existing = cache.byIndex("function", this.#fn.metadata.uid ?? "");
    const { create, bump, remove } = planRevisions(this.#fn, existing);
    const { client, manager, signal } = this.#writer;
    const namespace = this.#fn.metadata.namespace ?? "";
    if (create !== undefined) {
      const { object } = await applyIfChanged<ControllerRevision>(
        this.#writer,
        controllerRevisions,
        create,
        undefined,
      );
      cache.remember(object, undefined);
    }
    if (bump !== undefined) {
      const key = { namespace, name: bump.name };
      const patch = { revision: bump.revision };
      const options = { type: "merge", manager, signal } as const;
      cache.remember(await client.patch(controllerRevisions, key, patch, options), cache.get(key));
    }
    for (const name of remove) await this.#deleteIfThere(controllerRevisions, { namespace, name });
  }

  /** Removes Deployments of this Function under other names: Kyma generates names, so they come from an upgrade. */
  async removeOtherDeployments(): Promise<void> {
    const cache = this.#caches.deployments;
    for (const other of cache.byIndex("function", this.#fn.metadata.uid ?? "")) {
      if (other.metadata.name !== this.#fn.metadata.name)
        await this.#deleteIfThere(deployments, keyOf(other));
    }
  }

  async #apply<T extends KubeObject>(cache: SharedCache<T>, desired: KubeObject): Promise<Applied<T>> {
    // Services are all in the cache; of Deployments only those with our labels.
    const unseen = cache.type === services ? undefined : () => this.#read<T>(cache, keyOf(desired));
    const live = cache.get(keyOf(desired)) ?? (await unseen?.());
    if (live !== undefined && !isOwnedBy(live, this.#fn)) await this.#makeWay(cache.type, live);
    const applied = await applyIfChanged<T>(this.#writer, cache.type, desired, live);
    cache.remember(applied.object, live);
    return applied;
  }

  /** What the cache does not show, because it lacks our labels or is very new. */
  async #read<T extends KubeObject>(cache: SharedCache<T>, key: ObjectKey): Promise<T | undefined> {
    try {
      return await this.#writer.client.get<T>(cache.type, key, { signal: this.#writer.signal });
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }

  /** Leftovers of an earlier Function of this name are removed or taken over; anything else keeps its name. */
  async #makeWay(type: ResourceType, live: KubeObject): Promise<void> {
    const { kind, metadata } = live;
    const owner = controllerOf(live);
    const ours = metadata.labels?.[labelNames.managedBy] === "function-controller";
    if (!ours || (owner !== undefined && owner.kind !== "Function")) {
      const other = owner === undefined ? "" : `; it belongs to ${owner.kind} "${owner.name}"`;
      throw new NameTakenError(
        `A ${kind} called "${metadata.name}" exists already and was not made for this Function${other}: delete it, or call the Function otherwise`,
      );
    }
    if (type === services) return;
    const { client, signal } = this.#writer;
    signal.throwIfAborted();
    if (metadata.deletionTimestamp === undefined) {
      await client.delete(type, keyOf(live), metadata.uid === undefined ? {} : { uid: metadata.uid });
    }
    throw new LeftoverError(`${kind} "${metadata.name}" of an earlier Function is being removed`);
  }

  async #deleteIfThere(type: ResourceType, key: ObjectKey): Promise<void> {
    this.#writer.signal.throwIfAborted();
    try {
      await this.#writer.client.delete(type, key);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
  }
}

/** Something of an earlier Function of the same name must go first; its deletion brings the key back. */
export class LeftoverError extends Error {
  override readonly name = "LeftoverError";
}
