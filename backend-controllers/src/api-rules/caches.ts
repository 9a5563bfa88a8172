import type { ApiRule } from "@kyma/crds/generated/api-rules.gen.ts";
import type { AuthorizationPolicy } from "@kyma/crds/generated/istio-authorization-policies.gen.ts";
import type { IstioGateway } from "@kyma/crds/generated/istio-gateways.gen.ts";
import type { RequestAuthentication } from "@kyma/crds/generated/istio-request-authentications.gen.ts";
import type { VirtualService } from "@kyma/crds/generated/istio-virtual-services.gen.ts";
import {
  apiRules,
  authorizationPolicies,
  gateways,
  requestAuthentications,
  virtualServices,
} from "@kyma/crds/resource-types.ts";
import { type KubeObject, keyText, parseKey } from "@kyma/kube/objects.ts";
import { namespaces, services } from "@kyma/kube/resource-types.ts";
import type { Manager } from "../runtime/manager.ts";
import type { SharedCache } from "../runtime/shared-cache.ts";
import type { Namespace, Service } from "./kinds.ts";
import { ownerOf } from "./ownership.ts";
import { deniesInClusterTraffic, exposedServices, issuerIndexValue, trustedIssuers } from "./targets.ts";

export interface ApiRuleCaches {
  /** Indexes: gateway, host (as spelled), service, serviceNamespace, issuer, closedInside (Services that it closes). */
  apiRules: SharedCache<ApiRule>;
  gateways: SharedCache<IstioGateway>;
  services: SharedCache<Service>;
  namespaces: SharedCache<Namespace>;
  /** Indexes: owner ("namespace/name" of the APIRule), host. */
  virtualServices: SharedCache<VirtualService>;
  /** Index: owner. */
  requestAuthentications: SharedCache<RequestAuthentication>;
  /** Index: owner. */
  authorizationPolicies: SharedCache<AuthorizationPolicy>;
}

/** What the APIRules controller keeps in memory. */
export function apiRuleCaches(manager: Manager): ApiRuleCaches {
  return {
    apiRules: manager
      .cache<ApiRule>(apiRules)
      .addIndex("gateway", ({ spec }) => (spec.gateway ? [spec.gateway] : []))
      .addIndex("host", ({ spec }) => spec.hosts ?? [])
      .addIndex("service", exposedServices)
      .addIndex("serviceNamespace", (apiRule) => [
        ...new Set(exposedServices(apiRule).map((key) => parseKey(key).namespace ?? "")),
      ])
      .addIndex("issuer", (apiRule) => trustedIssuers(apiRule).map(issuerIndexValue))
      .addIndex("closedInside", (apiRule) =>
        deniesInClusterTraffic(apiRule) ? exposedServices(apiRule) : [],
      ),
    gateways: manager.cache<IstioGateway>(gateways),
    services: manager.cache<Service>(services),
    namespaces: manager.cache<Namespace>(namespaces),
    virtualServices: manager
      .cache<VirtualService>(virtualServices)
      .addIndex("owner", ownerIndex)
      .addIndex("host", ({ spec }) => spec.hosts ?? []),
    requestAuthentications: manager
      .cache<RequestAuthentication>(requestAuthentications)
      .addIndex("owner", ownerIndex),
    authorizationPolicies: manager
      .cache<AuthorizationPolicy>(authorizationPolicies)
      .addIndex("owner", ownerIndex),
  };
}

function ownerIndex(child: KubeObject): string[] {
  const owner = ownerOf(child);
  return owner ? [keyText(owner)] : [];
}
