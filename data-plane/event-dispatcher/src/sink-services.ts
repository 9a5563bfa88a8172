import { readAllowedHosts } from "@kyma/eventing/sink.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { Informer } from "@kyma/kube/informer.ts";
import { keyOf, keyText, type KubeObject } from "@kyma/kube/objects.ts";
import { configMaps, services } from "@kyma/kube/resource-types.ts";
import type { KnownSinks, ServiceState } from "./subscriptions.ts";

interface Service extends KubeObject {
  spec?: { type?: string };
}
interface ConfigMap extends KubeObject {
  data?: Record<string, string>;
}

export interface SinkServicesListener {
  /** A Service ("namespace/name") appeared, went or changed its kind. */
  onService: (key: string) => void;
  /** Other hosts are allowed than before. */
  onAllowedHosts: () => void;
}

/** Which Services there are and which further hosts are allowed, as the API server tells. */
export class SinkServices implements KnownSinks {
  readonly #services: Informer<Service>;
  readonly #configMaps: Informer<ConfigMap>;
  #allowedHosts: readonly string[] = [];

  /** `source`: the ConfigMap that allows further hosts. */
  constructor(
    client: KubeClient,
    source: { namespace: string; name: string },
    onError: (error: unknown) => void,
  ) {
    this.#services = new Informer<Service>(client, services, { transform: slimService, onError });
    this.#configMaps = new Informer<ConfigMap>(client, configMaps, {
      namespace: source.namespace,
      fieldSelector: `metadata.name=${source.name}`,
      onError,
    });
    this.#configMaps.onChange((next) => (this.#allowedHosts = readAllowedHosts(next?.data)));
  }

  listen({ onService, onAllowedHosts }: SinkServicesListener): void {
    this.#services.onChange((next, previous) => {
      const object = next ?? previous;
      if (object && stateOf(next) !== stateOf(previous)) onService(keyText(keyOf(object)));
    });
    this.#configMaps.onChange(onAllowedHosts);
  }

  /** Resolves when both are known. */
  async start(signal: AbortSignal): Promise<void> {
    this.#services.start(signal);
    this.#configMaps.start(signal);
    await Promise.all([this.#services.synced, this.#configMaps.synced]);
  }

  get allowedHosts(): readonly string[] {
    return this.#allowedHosts;
  }

  service(namespace: string, name: string): ServiceState {
    return stateOf(this.#services.get({ namespace, name }));
  }
}

function stateOf(service: Service | undefined): ServiceState {
  if (!service) return "missing";
  return service.spec?.type === "ExternalName" ? "external" : "present";
}

function slimService({ apiVersion, kind, metadata, spec }: Service): Service {
  const { namespace, name, resourceVersion } = metadata;
  return {
    apiVersion,
    kind,
    metadata: { ...(namespace && { namespace }), name, ...(resourceVersion && { resourceVersion }) },
    ...(spec?.type === "ExternalName" && { spec: { type: spec.type } }),
  };
}
