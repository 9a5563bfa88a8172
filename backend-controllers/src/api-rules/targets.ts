import type { ApiRule, ApiRuleJwt, ApiRuleRule, ApiRuleService } from "@kyma/crds/generated/api-rules.gen.ts";
import { type ObjectKey, keyText } from "@kyma/kube/objects.ts";

/** Annotation of an APIRule; "deny" leaves out the policy that keeps calls from inside the cluster working. */
export const inClusterTrafficAnnotation = "gateway.kyma-project.io/in-cluster-traffic";

/** The Service that a rule leads to, by its own `service` or that of the spec; undefined when neither is there. */
export function serviceOfRule(apiRule: ApiRule, rule: ApiRuleRule): ApiRuleService | undefined {
  return rule.service ?? apiRule.spec.service;
}

/** The namespace of a rule's Service: that of the rule's service, then of the spec's service, then the APIRule's. */
export function serviceKey(apiRule: ApiRule, service: ApiRuleService): ObjectKey {
  const namespace = service.namespace ?? apiRule.spec.service?.namespace ?? apiRule.metadata.namespace ?? "";
  return { namespace, name: service.name };
}

/** Keys of all Services that an APIRule exposes, as "namespace/name", each once. */
export function exposedServices(apiRule: ApiRule): string[] {
  const services = (apiRule.spec.rules ?? []).flatMap((rule) => serviceOfRule(apiRule, rule) ?? []);
  return [...new Set(services.map((service) => keyText(serviceKey(apiRule, service))))];
}

/** True when the APIRule asks that calls from inside the cluster be refused. */
export function deniesInClusterTraffic(apiRule: ApiRule): boolean {
  return apiRule.metadata.annotations?.[inClusterTrafficAnnotation] === "deny";
}

/** An issuer that is trusted for calls to a Service. */
export interface TrustedIssuer {
  /** "namespace/name". */
  service: string;
  issuer: string;
  jwksUri: string;
}

/** All issuers that an APIRule makes its Services trust. */
export function trustedIssuers(apiRule: ApiRule): TrustedIssuer[] {
  return (apiRule.spec.rules ?? []).flatMap((rule) => {
    const service = serviceOfRule(apiRule, rule);
    if (!service) return [];
    const key = keyText(serviceKey(apiRule, service));
    return authenticationsOf(rule.jwt).map(({ issuer, jwksUri }) => ({ service: key, issuer, jwksUri }));
  });
}

function authenticationsOf(jwt: ApiRuleJwt | undefined): ApiRuleJwt["authentications"] {
  return jwt?.authentications ?? [];
}

/** Index value under which APIRules that trust the same issuer for the same Service meet. */
export function issuerIndexValue({ service, issuer }: TrustedIssuer): string {
  return `${service} ${issuer}`;
}
