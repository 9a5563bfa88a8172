import type { ApiRule, ApiRuleSpec } from "@kyma/crds/generated/api-rules.gen.ts";
import type { AuthorizationPolicy } from "@kyma/crds/generated/istio-authorization-policies.gen.ts";
import type { RequestAuthentication } from "@kyma/crds/generated/istio-request-authentications.gen.ts";
import type { VirtualService } from "@kyma/crds/generated/istio-virtual-services.gen.ts";
import {
  apiRules,
  authorizationPolicies,
  gateways,
  requestAuthentications,
  virtualServices,
} from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import type { KubeObject, ObjectKey, ResourceType } from "@kyma/kube/objects.ts";
import { services } from "@kyma/kube/resource-types.ts";
import { createNamespace, eventually, find } from "../testing/cluster.ts";
import { sampleApiRule, sampleService } from "./sample.ts";

/** For tests: a namespace with a Gateway of its own, so that hosts of one test are never those of another. */
export class ApiRuleScene {
  readonly client: KubeClient;
  readonly namespace: string;
  /** Domain of short hosts. */
  readonly domain: string;

  private constructor(client: KubeClient, namespace: string) {
    this.client = client;
    this.namespace = namespace;
    this.domain = `${namespace}.example`;
  }

  static async create(client: KubeClient): Promise<ApiRuleScene> {
    const scene = new ApiRuleScene(client, await createNamespace(client, "apirule"));
    await scene.createGateway();
    return scene;
  }

  get gateway(): string {
    return `${this.namespace}/edge`;
  }

  async createGateway(): Promise<void> {
    const server = { hosts: [`*.${this.domain}`], port: { number: 80, name: "http", protocol: "HTTP" } };
    await this.client.create(gateways, {
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "edge", namespace: this.namespace },
      spec: { servers: [server] },
    } as KubeObject);
  }

  async createService(name: string, namespace = this.namespace): Promise<void> {
    await this.client.create(services, sampleService(name, namespace));
  }

  /** An APIRule of that name and host for a Service of that name. */
  async createApiRule(
    name: string,
    spec: Partial<ApiRuleSpec> = {},
    metadata: Partial<ApiRule["metadata"]> = {},
  ): Promise<void> {
    const full = { hosts: [name], gateway: this.gateway, service: { name, port: 80 }, ...spec };
    await this.client.create(apiRules, sampleApiRule(full, { name, namespace: this.namespace, ...metadata }));
  }

  async edit(name: string, patch: object, namespace = this.namespace): Promise<void> {
    await this.client.patch(apiRules, { namespace, name }, patch, { type: "merge" });
  }

  apiRule(name: string, namespace = this.namespace): Promise<ApiRule> {
    return this.client.get<ApiRule>(apiRules, { namespace, name });
  }

  /** The APIRule once its status speaks of the newest spec, has this state and a description that matches. */
  untilState(name: string, state: string, description = /./, namespace = this.namespace): Promise<ApiRule> {
    return eventually(async () => {
      const apiRule = await this.apiRule(name, namespace);
      const { status, metadata } = apiRule;
      const current = status?.observedGeneration === metadata.generation;
      if (current && status?.state === state && description.test(status.description ?? "")) return apiRule;
      throw new Error(JSON.stringify(status));
    }, `${namespace}/${name} is ${state} ${description}`);
  }

  virtualServices(name: string, namespace = this.namespace): Promise<VirtualService[]> {
    return this.#children<VirtualService>(virtualServices, name, namespace);
  }

  requestAuthentications(name: string, namespace = this.namespace): Promise<RequestAuthentication[]> {
    return this.#children<RequestAuthentication>(requestAuthentications, name, namespace);
  }

  authorizationPolicies(name: string, namespace = this.namespace): Promise<AuthorizationPolicy[]> {
    return this.#children<AuthorizationPolicy>(authorizationPolicies, name, namespace);
  }

  /** Whether `key` is gone. */
  untilGone(type: ResourceType, key: ObjectKey): Promise<true> {
    return eventually(
      async () => ((await find(this.client, type, key)) === undefined ? true : undefined),
      `${type.plural} ${key.name} is gone`,
    );
  }

  async #children<T extends KubeObject>(type: ResourceType, name: string, namespace: string): Promise<T[]> {
    const labelSelector = `apirule.gateway.kyma-project.io/name=${name},apirule.gateway.kyma-project.io/namespace=${namespace}`;
    return (await this.client.list<T>(type, { labelSelector })).items;
  }
}
