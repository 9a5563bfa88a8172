import type { ApiRule, ApiRuleCorsPolicy, ApiRuleRule } from "@kyma/crds/generated/api-rules.gen.ts";
import type {
  VirtualService,
  VirtualServiceCorsPolicy,
  VirtualServiceHttp,
  VirtualServiceUri,
} from "@kyma/crds/generated/istio-virtual-services.gen.ts";
import { keyOf } from "@kyma/kube/objects.ts";
import { childLabels, childName } from "./ownership.ts";
import { canonicalPath, pathRegex } from "./paths.ts";
import { serviceKey, serviceOfRule } from "./targets.ts";

const defaultTimeoutSeconds = 180;

/** A Service answers no cross-origin question: the APIRule's corsPolicy alone does. */
const corsHeaders = [
  "Access-Control-Allow-Origin",
  "Access-Control-Expose-Headers",
  "Access-Control-Allow-Headers",
  "Access-Control-Allow-Credentials",
  "Access-Control-Allow-Methods",
  "Access-Control-Max-Age",
];

/** Name of the VirtualService of an APIRule. */
export function virtualServiceName(apiRule: ApiRule): string {
  return childName(keyOf(apiRule), "virtual-service");
}

/** The routes of an APIRule under the full name `host`, one per rule in the order of the rules. */
export function virtualServiceOf(apiRule: ApiRule, host: string): VirtualService {
  const { namespace = "" } = apiRule.metadata;
  const cors = corsPolicyOf(apiRule.spec.corsPolicy);
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: virtualServiceName(apiRule), namespace, labels: childLabels(keyOf(apiRule)) },
    spec: {
      hosts: [host],
      gateways: [apiRule.spec.gateway ?? ""],
      http: apiRule.spec.rules.map((rule) => ({
        ...routeOf(apiRule, rule, host),
        ...(cors && { corsPolicy: cors }),
      })),
    },
  };
}

function routeOf(apiRule: ApiRule, rule: ApiRuleRule, host: string): VirtualServiceHttp {
  const service = serviceOfRule(apiRule, rule);
  if (!service) throw new TypeError(`rule ${rule.path} names no Service`);
  const { namespace, name } = serviceKey(apiRule, service);
  const destination = { host: `${name}.${namespace}.svc.cluster.local`, port: { number: service.port } };
  return {
    match: [{ method: { regex: `^(${rule.methods.join("|")})$` }, uri: uriMatch(rule.path) }],
    route: [{ destination, weight: 100 }],
    timeout: `${rule.timeout ?? apiRule.spec.timeout ?? defaultTimeoutSeconds}s`,
    headers: { request: { set: requestHeaders(rule, host) }, response: { remove: corsHeaders } },
  };
}

function uriMatch(path: string): VirtualServiceUri {
  return canonicalPath(path) === "/{**}" ? { prefix: "/" } : { regex: pathRegex(path) };
}

function requestHeaders(rule: ApiRuleRule, host: string): Record<string, string> {
  const { headers = {}, cookies = {} } = rule.request ?? {};
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join("; ");
  // A wildcard stands for many hosts: Envoy fills in the one that was asked for.
  const forwardedHost = host.startsWith("*.") ? "%REQ(:AUTHORITY)%" : host;
  return { ...headers, ...(cookie && { Cookie: cookie }), "x-forwarded-host": forwardedHost };
}

function corsPolicyOf(policy: ApiRuleCorsPolicy | undefined): VirtualServiceCorsPolicy | undefined {
  if (!policy?.allowOrigins?.length) return undefined;
  const { allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge } = policy;
  return {
    allowOrigins: policy.allowOrigins.flatMap((origin) => Object.entries(origin).map(originMatch)),
    ...(allowMethods && { allowMethods }),
    ...(allowHeaders && { allowHeaders }),
    ...(exposeHeaders && { exposeHeaders }),
    ...(allowCredentials !== undefined && { allowCredentials }),
    ...(maxAge !== undefined && { maxAge: `${maxAge}s` }),
  };
}

/** As in Kyma, a kind of match that is not known counts as prefix. */
function originMatch([kind, value]: [string, string]): VirtualServiceUri {
  if (kind === "exact") return { exact: value };
  return kind === "regex" ? { regex: value } : { prefix: value };
}
