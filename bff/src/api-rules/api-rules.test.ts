import type { ApiRule, ApiRuleRule } from "@kyma/crds/generated/api-rules.gen.ts";
import { expect, test } from "vitest";
import { effectiveRoutes } from "./effective-routes.ts";
import { fullHost, toInfo } from "./gateways.ts";
import { findOwner } from "./host-claims.ts";
import { covers, overlaps } from "./path-patterns.ts";
import { gatewayProblems, ruleProblems } from "./preview.ts";
import { parseSamples } from "./traffic.ts";

function apiRule(rules: Partial<ApiRuleRule>[], spec: Partial<ApiRule["spec"]> = {}): ApiRule {
  return {
    apiVersion: "gateway.kyma-project.io/v2",
    kind: "APIRule",
    metadata: { name: "orders", namespace: "shop" },
    spec: {
      hosts: ["orders"],
      gateway: "kyma-system/kyma-gateway",
      service: { name: "orders", port: 80 },
      rules: rules.map((rule) => ({ path: "/*", methods: ["GET"], noAuth: true, ...rule })),
      ...spec,
    },
  };
}

const gateway = toInfo({
  apiVersion: "networking.istio.io/v1",
  kind: "Gateway",
  metadata: { name: "kyma-gateway", namespace: "kyma-system" },
  spec: { servers: [{ hosts: ["*.localhost"], port: { name: "http", number: 80, protocol: "HTTP" } }] },
});

test.for([
  ["/*", "/", true],
  ["/*", "/a/b", true],
  ["/{**}", "/*", true],
  ["/a/{*}", "/a/b", true],
  ["/a/{*}", "/a/b/c", false],
  ["/a/{*}", "/a/{**}", false],
  ["/a/{**}", "/a/{*}/c", true],
  ["/a/{**}", "/a", false],
  ["/a/{**}/z", "/a/b/c/z", true],
  ["/a/{**}/z", "/a/b", false],
  ["/a", "/a", true],
  ["/a", "/a/", false],
] as const)("%s covers %s: %s", ([outer, inner, expected]) => {
  expect(covers(outer, inner)).toBe(expected);
});

test.for([
  ["/admin", "/*", true],
  ["/a/{*}", "/{*}/b", true],
  ["/a/{**}", "/b/{**}", false],
  ["/{**}/z", "/a/{**}", true],
  ["/{*}", "/a/b", false],
] as const)("%s overlaps %s: %s, both ways", ([first, second, expected]) => {
  expect([overlaps(first, second), overlaps(second, first)]).toEqual([expected, expected]);
});

test("routes say in words who may pass and what an earlier rule takes away", () => {
  const jwt = {
    authentications: [{ issuer: "https://issuer", jwksUri: "https://issuer/keys" }],
    authorizations: [{ requiredScopes: ["orders:read"], audiences: ["shop"] }],
  };
  const routes = effectiveRoutes(
    apiRule([
      { path: "/admin", methods: ["GET", "POST"], jwt, noAuth: false },
      { path: "/*", methods: ["GET"], service: { name: "web", namespace: "other", port: 8080 } },
      { path: "/late", methods: ["GET", "POST"] },
      { path: "/late/{*}", methods: ["GET"] },
    ]),
  );
  expect(routes.map(({ access, service, note }) => ({ access, service, note }))).toEqual([
    {
      access: "JWT from https://issuer, scope orders:read, audience shop",
      service: "orders.shop:80",
      note: null,
    },
    { access: "open to everyone", service: "web.other:8080", note: "GET /admin is answered by rule 1" },
    { access: "open to everyone", service: "orders.shop:80", note: "GET /late is answered by rule 2" },
    {
      access: "open to everyone",
      service: "orders.shop:80",
      note: "GET /late/{*} is answered by rule 2; so this rule is never reached",
    },
  ]);
});

test("static problems name their field", () => {
  expect(gatewayProblems(apiRule([{}]), [gateway])).toEqual([]);
  expect(gatewayProblems(apiRule([{}], { gateway: "a/b" }), [gateway])).toEqual([
    "spec.gateway: Gateway a/b does not exist",
  ]);
  expect(gatewayProblems(apiRule([{}], { hosts: ["x.example.com"] }), [gateway])[0]).toMatch(
    /^spec\.hosts\[0\]: .*\*\.localhost/,
  );
  expect(gatewayProblems(apiRule([{}]), [{ ...gateway, domain: null }])[0]).toContain("short host");
  expect(ruleProblems(apiRule([{ path: "/*" }, { path: "/a" }]))).toEqual([
    "spec.rules[1].path: /a is answered by rule 1 before this rule is reached; put the more specific path first",
  ]);
  expect(ruleProblems(apiRule([{ path: "/*", methods: ["POST"] }, { path: "/a" }]))).toEqual([]);
});

test("a host's owner is found whether it is written short or in full", () => {
  const holders = { rules: [apiRule([{}])], services: [], known: [gateway], except: undefined };
  expect(fullHost("Orders", gateway)).toBe("orders.localhost");
  expect(findOwner("orders.localhost", holders)).toBe("APIRule shop/orders");
  expect(findOwner("orders.localhost", { ...holders, except: "shop/orders" })).toBeUndefined();
  const made = (labels: Record<string, string>) => ({
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: "vs", namespace: "shop", labels },
    spec: { hosts: ["legacy.localhost", "orders.localhost"] },
  });
  const byHand = { ...holders, services: [made({})] };
  expect(findOwner("legacy.localhost", byHand)).toBe("VirtualService shop/vs");
  const owner = {
    "apirule.gateway.kyma-project.io/name": "orders",
    "apirule.gateway.kyma-project.io/namespace": "shop",
  };
  const ours = { ...holders, services: [made(owner)], except: "shop/orders" };
  expect(findOwner("orders.localhost", ours)).toBeUndefined();
});

test("the gateway's figures are read by their labels, whatever else is in the text", () => {
  const text = [
    "# HELP kyma_gateway_requests_total x",
    'kyma_gateway_requests_total{virtual_service="shop/orders-x",route="0",code="200"} 12',
    'kyma_gateway_requests_total{code="401",route="1",virtual_service="shop/orders-x"} 1e1',
    'kyma_gateway_requests_total{virtual_service="",route="",code="404"} 3',
    "process_cpu_seconds_total 1",
  ].join("\n");
  expect(parseSamples(text)).toEqual([
    { virtualService: "shop/orders-x", route: 0, code: 200, count: 12 },
    { virtualService: "shop/orders-x", route: 1, code: 401, count: 10 },
  ]);
});
