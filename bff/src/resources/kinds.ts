import { Discovery, type ApiResource } from "@kyma/kube/discovery.ts";
import type { ResourceType } from "@kyma/kube/objects.ts";
import type { Caller } from "../graphql/context.ts";
import { badInput, userError } from "../graphql/errors.ts";

/** A kind as GraphQL names it. */
export interface TypeInput {
  group: string;
  version: string;
  plural: string;
}

interface KnownList {
  at: number;
  awaited: boolean;
  resources: Promise<ApiResource[]>;
}

const freshMs = 10_000;
const mostKnown = 5000;

/** What the cluster serves, remembered per identity: the scope and kind of a served resource do not change. */
export class Kinds {
  readonly #lists = new Map<string, KnownList>();
  readonly #known = new Map<string, ResourceType>();

  /** Preferred version of every served kind, at most so old; who asks while an answer is awaited gets that one. */
  all(caller: Caller, maxAgeMs = freshMs): Promise<ApiResource[]> {
    const known = this.#lists.get(caller.identity);
    if (known && (known.awaited || Date.now() - known.at < maxAgeMs)) return known.resources;
    const list: KnownList = { at: Date.now(), awaited: true, resources: this.#read(caller) };
    this.#lists.set(caller.identity, list);
    list.resources.then(
      () => (list.awaited = false),
      () => this.#lists.delete(caller.identity),
    );
    return list.resources;
  }

  async #read(caller: Caller): Promise<ApiResource[]> {
    const resources = await new Discovery(caller.kube).resources();
    for (const resource of resources) this.#remember(caller, resource);
    return resources;
  }

  /** Kind and scope of a resource; NOT_FOUND when the cluster does not serve it. */
  async resolve(caller: Caller, input: TypeInput): Promise<ResourceType> {
    for (const part of [input.group, input.version, input.plural]) {
      if (!/^[a-z0-9.-]*$/.test(part)) throw badInput(`"${part}" cannot be part of a resource type`);
    }
    const key = keyOf(caller, input);
    const known = this.#known.get(key);
    if (known) return known;
    await this.all(caller, 0);
    const found =
      this.#known.get(key) ??
      (await new Discovery(caller.kube).find(input.group, input.version, input.plural));
    if (!found) {
      const name = [input.group, input.version, input.plural].filter(Boolean).join("/");
      throw userError("NOT_FOUND", `the cluster does not serve ${name}`);
    }
    return this.#remember(caller, found);
  }

  #remember(caller: Caller, { group, version, plural, kind, namespaced }: ResourceType): ResourceType {
    if (this.#known.size >= mostKnown) this.#known.clear();
    const type = { group, version, plural, kind, namespaced };
    this.#known.set(keyOf(caller, type), type);
    return type;
  }
}

function keyOf(caller: Caller, { group, version, plural }: TypeInput): string {
  return JSON.stringify([caller.identity, group, version, plural]);
}
