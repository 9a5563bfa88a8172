import type {
  ApiRule,
  ApiRuleAuthentication,
  ApiRuleAuthorization,
  ApiRuleRule,
} from "@kyma/crds/generated/api-rules.gen.ts";
import type {
  AuthorizationPolicy,
  AuthorizationPolicyRule,
  AuthorizationPolicyTo,
  AuthorizationPolicyWhen,
} from "@kyma/crds/generated/istio-authorization-policies.gen.ts";
import type { RequestAuthentication } from "@kyma/crds/generated/istio-request-authentications.gen.ts";
import { type ObjectKey, type ObjectMeta, keyOf, keyText } from "@kyma/kube/objects.ts";
import type { Service } from "./kinds.ts";
import { childLabels, childName } from "./ownership.ts";
import { canonicalPath, overlaps } from "./paths.ts";

/** Who the gateway's pods are in the mesh. */
export const gatewayPrincipal = "cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account";

/** Claims that issuers put scopes in. */
const scopeClaims = ["scp", "scope", "scopes"];

/** What the policies are built from. */
export interface Exposure {
  apiRule: ApiRule;
  /** Full name of the host. */
  host: string;
  /** The Service that each rule leads to, in the order of the rules. */
  services: Service[];
  /** Keys ("namespace/name") of Services whose in-cluster traffic is to be refused. */
  closedInside: ReadonlySet<string>;
}

/** Which tokens are accepted, once for each Service and list of issuers. */
export function requestAuthenticationsOf({ apiRule, services }: Exposure): RequestAuthentication[] {
  const distinct = new Map<string, RequestAuthentication>();
  for (const [index, rule] of apiRule.spec.rules.entries()) {
    const service = services[index];
    if (!rule.jwt || !service) continue;
    const jwtRules = rule.jwt.authentications.map(jwtRuleOf);
    const id = JSON.stringify([service.metadata.namespace, service.spec.selector, jwtRules]);
    if (distinct.has(id)) continue;
    distinct.set(id, {
      apiVersion: "security.istio.io/v1",
      kind: "RequestAuthentication",
      metadata: childMetadata(apiRule, service, `authentication/${distinct.size}`),
      spec: { selector: selectorOf(service), jwtRules },
    });
  }
  return [...distinct.values()];
}

function jwtRuleOf(authentication: ApiRuleAuthentication) {
  const { issuer, jwksUri, fromHeaders, fromParams } = authentication;
  return {
    issuer,
    jwksUri,
    forwardOriginalToken: true,
    ...(fromHeaders?.length && { fromHeaders }),
    ...(fromParams?.length && { fromParams }),
  };
}

/** Who may pass: for each rule and each of its authorizations one policy, and one per Service for calls from inside the cluster. */
export function authorizationPoliciesOf(exposure: Exposure): AuthorizationPolicy[] {
  const { apiRule, services } = exposure;
  const edge = apiRule.spec.rules.flatMap((rule, index) => {
    const service = services[index];
    if (!service) return [];
    return (rule.jwt?.authorizations ?? [undefined]).map((authorization, entry) =>
      allow(apiRule, service, `rule/${index}/${entry}`, edgeRules(exposure, rule, index, authorization)),
    );
  });
  return [...insidePolicies(exposure), ...edge];
}

/**
 * Any ALLOW policy for a pod closes it for everything that none allows, calls from inside the cluster included. Each APIRule writes
 * these policies for itself, so that one goes with its APIRule while that of another APIRule of the same Service stays.
 */
function insidePolicies({ apiRule, services, closedInside }: Exposure): AuthorizationPolicy[] {
  const distinct = new Map(services.map((service) => [keyText(keyOf(service)), service]));
  return [...distinct]
    .filter(([key]) => !closedInside.has(key))
    .map(([key, service]) =>
      allow(apiRule, service, `inside/${key}`, [
        { from: [{ source: { notPrincipals: [gatewayPrincipal] } }] },
      ]),
    );
}

function edgeRules(
  { apiRule, host }: Exposure,
  rule: ApiRuleRule,
  index: number,
  authorization: ApiRuleAuthorization | undefined,
): AuthorizationPolicyRule[] {
  const issuers = rule.jwt?.authentications.map(({ issuer }) => `${issuer}/*`);
  const source = {
    principals: [gatewayPrincipal],
    ...(issuers && { requestPrincipals: [...new Set(issuers)] }),
  };
  const base = { from: [{ source }], to: operationsOf(apiRule.spec.rules, index, host) };
  return conditionsOf(authorization).map((when) => (when.length > 0 ? { ...base, when } : base));
}

/** Alternatives, of which one must be met in full. */
function conditionsOf(authorization: ApiRuleAuthorization | undefined): AuthorizationPolicyWhen[][] {
  const audiences = (authorization?.audiences ?? []).map((audience) => claimHolds("aud", audience));
  const scopes = authorization?.requiredScopes ?? [];
  if (scopes.length === 0) return [audiences];
  return scopeClaims.map((claim) => [...scopes.map((scope) => claimHolds(claim, scope)), ...audiences]);
}

function claimHolds(claim: string, value: string): AuthorizationPolicyWhen {
  return { key: `request.auth.claims[${claim}]`, values: [value] };
}

/**
 * What a rule answers for: its methods on its path, without the paths that an earlier rule answers for. Methods are grouped by those
 * paths, since an earlier rule takes a path away only for the methods that it names itself.
 */
function operationsOf(rules: ApiRuleRule[], index: number, host: string): AuthorizationPolicyTo[] {
  const rule = rules[index] as ApiRuleRule;
  const path = canonicalPath(rule.path);
  const groups = new Map<string, { methods: string[]; notPaths: string[] }>();
  for (const method of new Set(rule.methods)) {
    const notPaths = rules
      .slice(0, index)
      .filter((earlier) => earlier.methods.includes(method) && overlaps(earlier.path, path))
      .map((earlier) => canonicalPath(earlier.path));
    const group = groups.get(notPaths.join()) ?? { methods: [], notPaths };
    group.methods.push(method);
    groups.set(notPaths.join(), group);
  }
  return [...groups.values()].map(({ methods, notPaths }) => ({
    operation: { hosts: [host], methods, paths: [path], ...(notPaths.length > 0 && { notPaths }) },
  }));
}

function allow(
  apiRule: ApiRule,
  service: Service,
  purpose: string,
  rules: AuthorizationPolicyRule[],
): AuthorizationPolicy {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: childMetadata(apiRule, service, purpose),
    spec: { selector: selectorOf(service), action: "ALLOW", rules },
  };
}

function selectorOf(service: Service): { matchLabels: Record<string, string> } {
  const matchLabels = service.spec.selector ?? {};
  // A policy without selector would be one for the whole namespace.
  if (Object.keys(matchLabels).length === 0)
    throw new TypeError(`Service ${service.metadata.name} has no selector`);
  return { matchLabels };
}

function childMetadata(apiRule: ApiRule, service: Service, purpose: string): ObjectMeta {
  const owner: ObjectKey = keyOf(apiRule);
  const { namespace = "" } = service.metadata;
  return { name: childName(owner, purpose), namespace, labels: childLabels(owner) };
}

/**
 * True when one of the live `policies` lets somebody pass without a token where `apiRule` no longer lets everybody pass. Asked when
 * `apiRule` cannot be put into effect: what is live may stay, unless it is more open than what is wanted.
 */
export function leavesOpen(policies: AuthorizationPolicy[], apiRule: ApiRule): boolean {
  const wanted = openPaths(apiRule.spec.rules);
  const live = policies
    .flatMap(({ spec }) => spec.rules ?? [])
    .filter(({ from }) => from?.some(({ source }) => source?.principals && !source.requestPrincipals))
    .flatMap(({ to }) => to ?? []);
  return live.some(({ operation: { paths = [], methods = [], notPaths = [] } = {} }) =>
    paths.some((path) =>
      methods.some((method) => !wanted.get(`${method} ${path}`)?.every((kept) => notPaths.includes(kept))),
    ),
  );
}

/** "METHOD /path" that everybody may call → the paths below it that earlier rules answer for. */
function openPaths(rules: ApiRuleRule[]): Map<string, string[]> {
  const open = rules.flatMap((rule, index) =>
    rule.noAuth && !rule.jwt && !rule.extAuth ? operationsOf(rules, index, "") : [],
  );
  return new Map(
    open.flatMap(({ operation: { paths = [], methods = [], notPaths = [] } = {} }) =>
      methods.map((method) => [`${method} ${paths[0]}`, notPaths] as const),
    ),
  );
}
