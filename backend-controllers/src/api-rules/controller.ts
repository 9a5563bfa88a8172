import type { ApiRule } from "@kyma/crds/generated/api-rules.gen.ts";
import { type KubeObject, type ObjectKey, keyOf, keyText } from "@kyma/kube/objects.ts";
import type { Manager } from "../runtime/manager.ts";
import type { SharedCache } from "../runtime/shared-cache.ts";
import { type Source, forEach, specChanged, watches } from "../runtime/sources.ts";
import { type ApiRuleCaches, apiRuleCaches } from "./caches.ts";
import { Claims } from "./claims.ts";
import { ownerOf } from "./ownership.ts";
import { apiRuleReconcile } from "./reconcile.ts";
import { deniesInClusterTraffic, exposedServices, issuerIndexValue, trustedIssuers } from "./targets.ts";

/**
 * Adds the APIRules controller: it looks at an APIRule when that, a child, its Gateway, one of its Services or their namespace changes,
 * and when another claim to its host or issuers comes or goes.
 */
export function addApiRuleController(manager: Manager): void {
  const caches = apiRuleCaches(manager);
  const claims = new Claims(caches);
  manager.add({
    name: "api-rule",
    sources: [
      forEach(caches.apiRules),
      watches(caches.apiRules, (apiRule) => neighbours(apiRule, caches, claims), specChanged),
      childrenOf(caches.virtualServices),
      childrenOf(caches.requestAuthentications),
      childrenOf(caches.authorizationPolicies),
      watches(caches.virtualServices, ({ spec }) =>
        (spec.hosts ?? []).flatMap((host) => claims.claimants(host).map(keyOf)),
      ),
      watches(caches.gateways, (gateway) => find(caches, "gateway", keyText(keyOf(gateway)))),
      watches(caches.services, (service) => find(caches, "service", keyText(keyOf(service)))),
      watches(
        caches.namespaces,
        ({ metadata }) => find(caches, "serviceNamespace", metadata.name),
        specChanged,
      ),
    ],
    reconcile: apiRuleReconcile({ client: manager.client, caches, claims }),
    workers: 8,
    allKeys: () => caches.apiRules.list().map(keyOf),
  });
}

/** Looks at the APIRule that a child names in its labels. */
function childrenOf<T extends KubeObject>(cache: SharedCache<T>): Source {
  return watches(cache, (child) => {
    const owner = ownerOf(child);
    return owner ? [owner] : [];
  });
}

/** Other APIRules for which it matters what `apiRule` says. */
function neighbours(apiRule: ApiRule, caches: ApiRuleCaches, claims: Claims): ObjectKey[] {
  const closed = deniesInClusterTraffic(apiRule) ? exposedServices(apiRule) : [];
  return [
    ...claims.contenders(apiRule),
    ...closed.flatMap((service) => find(caches, "service", service)),
    ...trustedIssuers(apiRule).flatMap((trusted) =>
      caches.apiRules
        .byIndex("issuer", issuerIndexValue(trusted))
        .filter((other) => trustedIssuers(other).some((entry) => entry.jwksUri !== trusted.jwksUri))
        .map(keyOf),
    ),
  ];
}

function find(caches: ApiRuleCaches, index: string, value: string): ObjectKey[] {
  return caches.apiRules.byIndex(index, value).map(keyOf);
}
