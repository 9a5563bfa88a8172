/** A kind by what stands in its URL. */
interface ResourceType {
  group: string;
  version: string;
  plural: string;
  kind: string;
  namespaced: boolean;
}

function namespaced(group: string, version: string, plural: string, kind: string): ResourceType {
  return { group, version, plural, kind, namespaced: true };
}

export const functions = namespaced("serverless.kyma-project.io", "v1alpha2", "functions", "Function");
export const apiRules = namespaced("gateway.kyma-project.io", "v2", "apirules", "APIRule");
export const subscriptions = namespaced(
  "eventing.kyma-project.io",
  "v1alpha2",
  "subscriptions",
  "Subscription",
);
export const gateways = namespaced("networking.istio.io", "v1", "gateways", "Gateway");
export const virtualServices = namespaced("networking.istio.io", "v1", "virtualservices", "VirtualService");
export const requestAuthentications = namespaced(
  "security.istio.io",
  "v1",
  "requestauthentications",
  "RequestAuthentication",
);
export const authorizationPolicies = namespaced(
  "security.istio.io",
  "v1",
  "authorizationpolicies",
  "AuthorizationPolicy",
);
