import type { ApiRule } from "@kyma/crds/generated/api-rules.gen.ts";
import type { VirtualService } from "@kyma/crds/generated/istio-virtual-services.gen.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import { type KubeObject, type ObjectKey, keyOf, keyText } from "@kyma/kube/objects.ts";
import { type Writer, applyIfChanged } from "../runtime/apply.ts";
import type { SharedCache } from "../runtime/shared-cache.ts";
import {
  type Exposure,
  authorizationPoliciesOf,
  leavesOpen,
  requestAuthenticationsOf,
} from "./access-policies.ts";
import type { ApiRuleCaches } from "./caches.ts";
import { virtualServiceOf } from "./virtual-service.ts";

/** Writes the children of one APIRule; each method says whether it wrote anything. */
export class ApiRuleChildren {
  readonly #owner: ObjectKey;
  readonly #caches: ApiRuleCaches;
  readonly #writer: Writer;

  constructor(owner: ObjectKey, caches: ApiRuleCaches, writer: Writer) {
    this.#owner = owner;
    this.#caches = caches;
    this.#writer = writer;
  }

  /**
   * Policies first, route last: no moment leaves a Service reachable without its policies. What is no longer wanted goes after what
   * takes its place is there.
   */
  async apply(exposure: Exposure): Promise<boolean> {
    const { requestAuthentications, authorizationPolicies, virtualServices } = this.#caches;
    const authentications = requestAuthenticationsOf(exposure);
    const policies = authorizationPoliciesOf(exposure);
    const route = virtualServiceOf(exposure.apiRule, exposure.host);
    const wrote = [
      await this.#applyAll(requestAuthentications, authentications),
      await this.#applyAll(authorizationPolicies, policies),
      await this.#applyAll(virtualServices, [route]),
      await this.#removeOthers(virtualServices, [route]),
      await this.#removeOthers(authorizationPolicies, policies),
      await this.#removeOthers(requestAuthentications, authentications),
    ];
    return wrote.includes(true);
  }

  /** Route first, then the policies that guarded it. */
  async removeAll(): Promise<void> {
    await this.#removeOthers(this.#caches.virtualServices, []);
    await this.#removeOthers(this.#caches.authorizationPolicies, []);
    await this.#removeOthers(this.#caches.requestAuthentications, []);
  }

  /**
   * For an APIRule that cannot be put into effect: what worked last keeps on working, except that a route goes when its host turned
   * out to be somebody else's or when it is open where the new spec wants it closed.
   */
  async withdraw(apiRule: ApiRule, lostHost: string | undefined): Promise<boolean> {
    const owner = keyText(this.#owner);
    const policies = this.#caches.authorizationPolicies.byIndex("owner", owner);
    const tooOpen = leavesOpen(policies, apiRule);
    const kept = this.#routes().filter(
      ({ spec }) => !tooOpen && !(lostHost !== undefined && spec.hosts?.includes(lostHost)),
    );
    return this.#removeOthers(this.#caches.virtualServices, kept);
  }

  #routes(): VirtualService[] {
    return this.#caches.virtualServices.byIndex("owner", keyText(this.#owner));
  }

  async #applyAll<T extends KubeObject>(cache: SharedCache<T>, desired: T[]): Promise<boolean> {
    let wrote = false;
    for (const child of desired) {
      const live = cache.get(keyOf(child));
      const applied = await applyIfChanged<T>(this.#writer, cache.type, child, live);
      cache.remember(applied.object, live);
      wrote ||= applied.change !== "none";
    }
    return wrote;
  }

  async #removeOthers<T extends KubeObject>(cache: SharedCache<T>, wanted: T[]): Promise<boolean> {
    const keep = new Set(wanted.map((child) => keyText(keyOf(child))));
    const others = cache
      .byIndex("owner", keyText(this.#owner))
      .filter((child) => !keep.has(keyText(keyOf(child))) && child.metadata.deletionTimestamp === undefined);
    for (const child of others) await this.#delete(cache, child);
    return others.length > 0;
  }

  async #delete<T extends KubeObject>(cache: SharedCache<T>, child: T): Promise<void> {
    const { client, signal } = this.#writer;
    signal.throwIfAborted();
    const { uid } = child.metadata;
    try {
      await client.delete(cache.type, keyOf(child), uid === undefined ? {} : { uid });
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
  }
}
