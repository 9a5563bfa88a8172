import { expect, test } from "vitest";
import { istio } from "../testing/objects.ts";
import { compileAuthorizationPolicy, isAllowed, policySet } from "./authorization-policies.ts";
import type { PolicyRequest } from "./policy-request.ts";

const gateway = "cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account";
const base: PolicyRequest = {
  method: "GET",
  path: "/orders",
  hosts: ["orders.localhost"],
  hostPort: 8080,
  headers: ["x-team", "red", "accept", "*/*"],
  principal: gateway,
  sourceIp: "127.0.0.1",
  destinationIp: "10.244.1.2",
  destinationPort: 8080,
  token: undefined,
};
const tokenOf = (claims: Record<string, unknown>) => ({
  token: {
    principal: "https://issuer/ann",
    claims: { iss: "https://issuer", sub: "ann", ...claims },
    spaceDelimited: new Set(["scope", "permission"]),
  },
});

/** Whether the policies (specs) let the request pass. */
function allowed(specs: unknown[], request: Partial<PolicyRequest> = {}): boolean {
  const policies = specs.map((spec, index) =>
    compileAuthorizationPolicy(istio("AuthorizationPolicy", `p${index}`, spec)),
  );
  return isAllowed(policySet(policies.filter((policy) => policy !== undefined)), { ...base, ...request });
}
const rule = (to: unknown, from?: unknown, when?: unknown) => ({
  ...(to ? { to: [{ operation: to }] } : {}),
  ...(from ? { from: [{ source: from }] } : {}),
  ...(when ? { when } : {}),
});

test("A34: what no policy, no rules and an empty rule mean", () => {
  expect(allowed([])).toBe(true);
  expect(allowed([{}])).toBe(false);
  expect(allowed([undefined])).toBe(false);
  expect(allowed([{ rules: [] }])).toBe(false);
  expect(allowed([{ rules: [{}] }])).toBe(true);
  expect(allowed([{ action: "DENY" }])).toBe(true);
  expect(allowed([{ action: "DENY", rules: [{}] }])).toBe(false);
});

test("A34: CUSTOM and DENY go before ALLOW, AUDIT decides nothing", () => {
  const open = { rules: [{}] };
  expect(allowed([open, { action: "DENY", rules: [rule({ paths: ["/orders"] })] }])).toBe(false);
  expect(
    allowed([open, { action: "CUSTOM", provider: { name: "x" }, rules: [rule({ paths: ["/orders"] })] }]),
  ).toBe(false);
  expect(
    allowed([open, { action: "CUSTOM", provider: { name: "x" }, rules: [rule({ paths: ["/other"] })] }]),
  ).toBe(true);
  expect(allowed([{ action: "AUDIT", rules: [{}] }])).toBe(true);
  expect(
    allowed([{ rules: [rule({ paths: ["/no"] })] }, { rules: [rule({ paths: ["/orders"] })] }]),
    "any ALLOW will do",
  ).toBe(true);
});

test.each<[string, unknown, Partial<PolicyRequest>, boolean]>([
  ["methods", { methods: ["GET"] }, {}, true],
  ["methods", { methods: ["POST", "G*"] }, {}, true],
  ["methods", { methods: ["POST"] }, {}, false],
  ["notMethods", { notMethods: ["GET"] }, {}, false],
  ["hosts", { hosts: ["Orders.localhost"] }, {}, true],
  ["hosts", { hosts: ["*.localhost"] }, {}, true],
  ["hosts", { hosts: ["orders.*"] }, {}, true],
  ["hosts", { hosts: ["ordersXlocalhost"] }, {}, false],
  ["hosts with port", { hosts: ["orders.localhost:8080"] }, {}, true],
  ["hosts with any port", { hosts: ["orders.localhost:*"] }, {}, true],
  ["hosts with other port", { hosts: ["orders.localhost:81"] }, {}, false],
  [
    "hosts by another name",
    { hosts: ["orders.shop"] },
    { hosts: ["orders.shop.svc.cluster.local", "orders.shop"] },
    true,
  ],
  [
    "notHosts by another name",
    { notHosts: ["orders.shop"] },
    { hosts: ["orders.shop.svc.cluster.local", "orders.shop"] },
    false,
  ],
  ["ports", { ports: ["8080"] }, {}, true],
  ["ports", { ports: ["80"] }, {}, false],
  ["paths and notPaths", { paths: ["/{**}"], notPaths: ["/orders/{*}"] }, {}, true],
  ["paths and notPaths", { paths: ["/{**}"], notPaths: ["/orders"] }, {}, false],
  ["only notPaths", { notPaths: ["/x"] }, {}, true],
  [
    "notPaths covers the slash form",
    { paths: ["/{**}"], notPaths: ["/orders"] },
    { path: "/orders/" },
    false,
  ],
  ["all fields must hold", { methods: ["GET"], paths: ["/no"] }, {}, false],
])("operation %s %j", (_name, operation, request, expected) => {
  expect(allowed([{ rules: [rule(operation)] }], request)).toBe(expected);
});

test.each<[unknown, Partial<PolicyRequest>, boolean]>([
  [{ principals: [gateway] }, {}, true],
  [{ principals: ["*"] }, {}, true],
  [{ principals: ["*"] }, { principal: undefined }, false],
  [{ principals: ["cluster.local/ns/istio-system/*"] }, {}, true],
  [{ principals: [gateway.replace("cluster.local", "cluster_local")] }, {}, false],
  [{ notPrincipals: [gateway] }, {}, false],
  [{ notPrincipals: [gateway] }, { principal: undefined }, true],
  [{ namespaces: ["istio-system"] }, {}, true],
  [{ namespaces: ["istio.system"] }, {}, false],
  [{ namespaces: ["istio-*"] }, { principal: undefined }, false],
  [{ notNamespaces: ["istio-system"] }, { principal: undefined }, true],
  [{ serviceAccounts: ["istio-system/istio-ingressgateway-service-account"] }, {}, true],
  [{ serviceAccounts: ["istio.system/istio.ingressgateway.service.account"] }, {}, false],
  [{ serviceAccounts: ["undefined/undefined"] }, { principal: undefined }, false],
  [{ ipBlocks: ["127.0.0.0/8"] }, {}, true],
  [{ ipBlocks: ["10.0.0.0/8", "::1"] }, {}, false],
  [{ notIpBlocks: ["127.0.0.1"] }, {}, false],
  [{ remoteIpBlocks: ["127.0.0.1"] }, {}, true],
  [{ requestPrincipals: ["*"] }, {}, false],
  [{ requestPrincipals: ["*"] }, tokenOf({}), true],
  [{ requestPrincipals: ["https://issuer/*"] }, tokenOf({}), true],
  [{ requestPrincipals: ["https://issuer/bob"] }, tokenOf({}), false],
  [{ notRequestPrincipals: ["*"] }, {}, true],
  [{ principals: [gateway], requestPrincipals: ["https://other/*"] }, tokenOf({}), false],
])("source %j with %j: %s", (source, request, expected) => {
  expect(allowed([{ rules: [rule(undefined, source)] }], request)).toBe(expected);
});

test.each<[string, unknown, Partial<PolicyRequest>, boolean]>([
  ["request.headers[x-team]", { values: ["red"] }, {}, true],
  ["request.headers[X-Team]", { values: ["r*"] }, {}, true],
  ["request.headers[x-none]", { values: ["*"] }, {}, false],
  ["request.headers[x-none]", { notValues: ["a"] }, {}, true],
  ["request.headers[x-team]", { values: ["*"], notValues: ["red"] }, {}, false],
  ["source.ip", { values: ["127.0.0.0/8"] }, {}, true],
  ["source.namespace", { values: ["istio-system"] }, {}, true],
  ["source.principal", { notValues: [gateway] }, {}, false],
  ["destination.port", { values: ["8080"] }, {}, true],
  ["destination.ip", { values: ["10.244.0.0/16"] }, {}, true],
  ["request.auth.principal", { values: ["https://issuer/ann"] }, tokenOf({}), true],
  ["request.auth.audiences", { values: ["shop"] }, tokenOf({ aud: ["a", "shop"] }), true],
  ["request.auth.audiences", { values: ["shop"] }, tokenOf({ aud: "shop" }), true],
  ["request.auth.presenter", { values: ["cli"] }, tokenOf({ azp: "cli" }), true],
  ["request.auth.claims[scope]", { values: ["read"] }, tokenOf({ scope: "write read" }), true],
  ["request.auth.claims[scp]", { values: ["read"] }, tokenOf({ scp: ["write", "read"] }), true],
  ["request.auth.claims[scp]", { values: ["read"] }, tokenOf({ scp: "write read" }), false],
  ["request.auth.claims[scope]", { values: ["read"] }, {}, false],
  ["request.auth.claims[scope]", { notValues: ["read"] }, {}, true],
  [
    "request.auth.claims[realm][roles]",
    { values: ["admin"] },
    tokenOf({ realm: { roles: ["admin"] } }),
    true,
  ],
  ["request.auth.claims[realm][roles]", { values: ["admin"] }, tokenOf({ realm: ["roles"] }), false],
  ["request.auth.claims[level]", { values: ["1"] }, tokenOf({ level: 1 }), false],
  ["request.auth.claims[__proto__]", { values: ["*"] }, tokenOf({}), false],
  ["request.auth.claims[constructor][name]", { values: ["*"] }, tokenOf({}), false],
])("when %s %j: %j", (key, values, request, expected) => {
  expect(allowed([{ rules: [rule(undefined, undefined, [{ key, ...(values as object) }])] }], request)).toBe(
    expected,
  );
});

const notUnderstood: unknown[] = [
  rule({ sni: ["x"] }),
  rule({ paths: ["/{**}/{*}"] }),
  rule({ paths: [""] }),
  rule({}),
  rule(undefined, { trustDomains: ["x"] }),
  rule(undefined, { ipBlocks: ["300.1.1.1"] }),
  rule(undefined, {}),
  rule(undefined, undefined, [{ key: "experimental.envoy.filters.x[y]", values: ["*"] }]),
  rule(undefined, undefined, [{ key: "connection.sni", values: ["*"] }]),
  rule(undefined, undefined, [{ key: "source.ip" }]),
  { to: "everything" },
  { ...rule({ paths: ["/orders"] }), extra: 1 },
  "text",
];

test.each(notUnderstood)("rule %j is not understood: ALLOW never matches, DENY always does", (unknown) => {
  expect(allowed([{ rules: [unknown] }])).toBe(false);
  expect(allowed([{ rules: [{}] }, { action: "DENY", rules: [unknown] }])).toBe(false);
  const compiled = compileAuthorizationPolicy(istio("AuthorizationPolicy", "p", { rules: [unknown] }));
  expect(compiled?.problems).toHaveLength(1);
});

test.each([
  { targetRefs: [{ kind: "Service", name: "orders" }], rules: [{}] },
  { action: "PERMIT", rules: [{}] },
  { selector: { matchExpressions: [] }, rules: [{}] },
  { rules: {} },
])("policy %j is not understood and denies", (spec) => {
  expect(allowed([{ rules: [{}] }, spec])).toBe(false);
});

test("a dry-run policy is not enforced", () => {
  const object = istio("AuthorizationPolicy", "p", { action: "DENY", rules: [{}] });
  object.metadata.annotations = { "istio.io/dry-run": "true" };
  expect(compileAuthorizationPolicy(object)).toBeUndefined();
});
