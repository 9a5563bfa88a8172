import type { KubeClient } from "./client.ts";
import { toApiError } from "./errors.ts";
import type { ResourceType } from "./objects.ts";

/** A kind that the cluster serves, in the version that its group prefers. */
export interface ApiResource extends ResourceType {
  verbs: string[];
  shortNames: string[];
  categories: string[];
}

const aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/** What the API server serves, by two requests (aggregated discovery, Kubernetes ≥ 1.30). */
export class Discovery {
  readonly #client: KubeClient;

  constructor(client: KubeClient) {
    this.#client = client;
  }

  /** Every kind once, in its group's preferred version; subresources left out. */
  async resources(signal?: AbortSignal): Promise<ApiResource[]> {
    const lists = await Promise.all(["/api", "/apis"].map((path) => this.#groups(path, signal)));
    return lists.flat().flatMap((group) => preferred(group));
  }

  async find(group: string, version: string, plural: string): Promise<ApiResource | undefined> {
    const lists = await Promise.all(["/api", "/apis"].map((path) => this.#groups(path)));
    const found = lists.flat().find((candidate) => (candidate.metadata.name ?? "") === group);
    const served = found?.versions.find((candidate) => candidate.version === version);
    const resource = served?.resources?.find((candidate) => candidate.resource === plural);
    return resource && toResource(group, version, resource);
  }

  async #groups(path: string, signal?: AbortSignal): Promise<GroupDiscovery[]> {
    const answer = await this.#client.raw(path, {
      headers: { accept: aggregated },
      ...(signal ? { signal } : {}),
    });
    if (answer.status !== 200) throw toApiError(answer.status, await answer.text());
    return (await answer.json<{ items?: GroupDiscovery[] }>()).items ?? [];
  }
}

function preferred(group: GroupDiscovery): ApiResource[] {
  const name = group.metadata.name ?? "";
  const seen = new Map<string, ApiResource>();
  for (const { version, resources } of group.versions) {
    for (const resource of resources ?? []) {
      if (!seen.has(resource.resource)) seen.set(resource.resource, toResource(name, version, resource));
    }
  }
  return [...seen.values()];
}

function toResource(group: string, version: string, resource: ResourceDiscovery): ApiResource {
  return {
    group,
    version,
    plural: resource.resource,
    kind: resource.responseKind?.kind ?? resource.resource,
    namespaced: resource.scope === "Namespaced",
    verbs: resource.verbs ?? [],
    shortNames: resource.shortNames ?? [],
    categories: resource.categories ?? [],
  };
}

interface GroupDiscovery {
  metadata: { name?: string };
  versions: { version: string; resources?: ResourceDiscovery[] }[];
}

interface ResourceDiscovery {
  resource: string;
  responseKind?: { kind: string };
  scope: "Namespaced" | "Cluster";
  verbs?: string[];
  shortNames?: string[];
  categories?: string[];
}
