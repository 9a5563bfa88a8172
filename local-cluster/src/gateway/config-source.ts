import type { KubeClient } from "@kyma/kube/client.ts";
import { Informer } from "@kyma/kube/informer.ts";
import type { KubeObject, ResourceType } from "@kyma/kube/objects.ts";
import { endpointSlices, pods, services } from "@kyma/kube/resource-types.ts";
import {
  authorizationPolicies,
  gateways,
  requestAuthentications,
  virtualServices,
} from "@kyma/crds/resource-types.ts";
import type { ConfigObject } from "./config/fields.ts";
import type { EndpointSliceObject, PodObject, ServiceObject } from "./config/services.ts";
import { compileTable, emptyTable, type RoutingTable } from "./config/table.ts";

/** Changes that come within this time are compiled together. */
const gatherMs = 10;

/** Keeps the routing table in step with the API server and keeps the last one when that is gone. */
export class ConfigSource {
  readonly #informers: Informer<KubeObject>[] = [];
  readonly #list: () => Parameters<typeof compileTable>[0];
  readonly #onTable: (table: RoutingTable) => void;
  readonly #now: () => number;
  #table = emptyTable();
  #synced = false;
  #timer: NodeJS.Timeout | undefined;
  #staleSince: number | undefined;
  /** What was told of the present outage: once is enough. */
  readonly #told = new Set<string>();

  constructor(
    client: KubeClient,
    onTable: (table: RoutingTable) => void,
    onError: (error: unknown) => void,
    now: () => number = () => performance.now(),
  ) {
    this.#onTable = onTable;
    this.#now = now;
    this.#staleSince = now();
    const tell = (error: unknown) => {
      const { message } = error as Error;
      if (!this.#told.has(message)) onError(error);
      this.#told.add(message);
    };
    const of = <T extends KubeObject>(type: ResourceType, transform?: (object: T) => T) => {
      const informer = new Informer<T>(client, type, { onError: tell, ...(transform && { transform }) });
      informer.onChange(() => this.#schedule());
      informer.onState(() => this.#noteState());
      this.#informers.push(informer as unknown as Informer<KubeObject>);
      return informer;
    };
    const sources = {
      gateways: of<ConfigObject>(gateways),
      virtualServices: of<ConfigObject>(virtualServices),
      requestAuthentications: of<ConfigObject>(requestAuthentications),
      authorizationPolicies: of<ConfigObject>(authorizationPolicies),
      services: of<ServiceObject>(services),
      endpointSlices: of<EndpointSliceObject>(endpointSlices),
      pods: of<PodObject>(pods, slimPod),
    };
    this.#list = () => ({
      gateways: sources.gateways.list(),
      virtualServices: sources.virtualServices.list(),
      requestAuthentications: sources.requestAuthentications.list(),
      authorizationPolicies: sources.authorizationPolicies.list(),
      services: sources.services.list(),
      endpointSlices: sources.endpointSlices.list(),
      pods: sources.pods.list(),
    });
  }

  start(signal: AbortSignal): void {
    for (const informer of this.#informers) informer.start(signal);
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
    void this.#takeFirst();
  }

  async #takeFirst(): Promise<void> {
    await Promise.all(this.#informers.map((informer) => informer.synced));
    this.#synced = true;
    this.#compile();
    this.#noteState();
  }

  /** The last good configuration; empty, and so refusing everything, until everything has been read once. */
  get table(): RoutingTable {
    return this.#table;
  }

  /** Whether there has been a complete configuration. */
  get synced(): boolean {
    return this.#synced;
  }

  /** Seconds since the configuration was last known to be current; 0 while all watches are live. */
  get ageSeconds(): number {
    return this.#staleSince === undefined ? 0 : (this.#now() - this.#staleSince) / 1000;
  }

  #noteState(): void {
    const live = this.#synced && this.#informers.every((informer) => informer.state === "live");
    if (live) this.#told.clear();
    this.#staleSince = live ? undefined : (this.#staleSince ?? this.#now());
  }

  #schedule(): void {
    // Half a configuration could be open where the whole is not: a route without its policy.
    if (!this.#synced) return;
    this.#timer ??= setTimeout(() => this.#compile(), gatherMs);
  }

  #compile(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#table = compileTable(this.#list());
    this.#onTable(this.#table);
  }
}

/** What policies and addresses need of a pod; the rest, environment included, is not kept. */
function slimPod({ apiVersion, kind, metadata, status }: PodObject): PodObject {
  const { name, namespace, uid, resourceVersion, labels } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
      ...(labels && { labels }),
    },
    status: {
      ...(status?.podIP !== undefined && { podIP: status.podIP }),
      ...(status?.phase !== undefined && { phase: status.phase }),
    },
  };
}
