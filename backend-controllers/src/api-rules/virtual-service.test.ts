import { expect, test } from "vitest";
import { jwtRule, openRule, sampleApiRule } from "./sample.ts";
import { virtualServiceOf } from "./virtual-service.ts";

test("the VirtualService of a small APIRule, in full", () => {
  expect(virtualServiceOf(sampleApiRule(), "orders.localhost")).toEqual({
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: {
      name: expect.stringMatching(/^orders-[0-9a-f]{10}$/),
      namespace: "shop",
      labels: {
        "apirule.gateway.kyma-project.io/name": "orders",
        "apirule.gateway.kyma-project.io/namespace": "shop",
        "kyma-project.io/module": "api-gateway",
        "app.kubernetes.io/managed-by": "api-gateway",
        "app.kubernetes.io/component": "api-gateway",
        "app.kubernetes.io/part-of": "api-gateway",
      },
    },
    spec: {
      hosts: ["orders.localhost"],
      gateways: ["kyma-system/kyma-gateway"],
      http: [
        {
          match: [{ method: { regex: "^(GET)$" }, uri: { prefix: "/" } }],
          route: [
            { destination: { host: "orders.shop.svc.cluster.local", port: { number: 80 } }, weight: 100 },
          ],
          timeout: "180s",
          headers: {
            request: { set: { "x-forwarded-host": "orders.localhost" } },
            response: {
              remove: [
                "Access-Control-Allow-Origin",
                "Access-Control-Expose-Headers",
                "Access-Control-Allow-Headers",
                "Access-Control-Allow-Credentials",
                "Access-Control-Allow-Methods",
                "Access-Control-Max-Age",
              ],
            },
          },
        },
      ],
    },
  });
});

test("the name stays the same and differs between namespaces", () => {
  const name = (namespace: string) => virtualServiceOf(sampleApiRule({}, { namespace }), "a.b").metadata.name;
  expect(name("shop")).toBe(name("shop"));
  expect(name("shop")).not.toBe(name("other"));
});

test("routes follow the order of the rules, each with its methods, Service and timeout", () => {
  const apiRule = sampleApiRule({
    timeout: 20,
    service: { name: "orders", namespace: "backend", port: 80 },
    rules: [
      { path: "/a/{*}", methods: ["GET", "POST"], noAuth: true, timeout: 5 },
      { path: "/b", methods: ["PUT"], noAuth: true, service: { name: "b", port: 8080 } },
      { path: "/{**}", methods: ["GET"], noAuth: true, service: { name: "c", namespace: "third", port: 81 } },
    ],
  });
  const routes = virtualServiceOf(apiRule, "orders.localhost").spec.http ?? [];
  expect(routes.map(({ match }) => match?.[0])).toEqual([
    {
      method: { regex: "^(GET|POST)$" },
      uri: { regex: "^/a/([A-Za-z0-9-._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$" },
    },
    { method: { regex: "^(PUT)$" }, uri: { regex: "^/b$" } },
    { method: { regex: "^(GET)$" }, uri: { prefix: "/" } },
  ]);
  expect(routes.map(({ timeout }) => timeout)).toEqual(["5s", "20s", "20s"]);
  expect(routes.map(({ route }) => route?.[0]?.destination)).toEqual([
    { host: "orders.backend.svc.cluster.local", port: { number: 80 } },
    { host: "b.backend.svc.cluster.local", port: { number: 8080 } },
    { host: "c.third.svc.cluster.local", port: { number: 81 } },
  ]);
});

test("a rule's own headers and cookies are set on the request", () => {
  const rule = { ...openRule, request: { headers: { "x-a": "1" }, cookies: { b: "2", c: "3" } } };
  const { http } = virtualServiceOf(sampleApiRule({ rules: [rule] }), "orders.localhost").spec;
  expect(http?.[0]?.headers?.request?.set).toEqual({
    "x-a": "1",
    Cookie: "b=2; c=3",
    "x-forwarded-host": "orders.localhost",
  });
});

test("a wildcard host forwards the host that was asked for", () => {
  const { http } = virtualServiceOf(sampleApiRule(), "*.orders.localhost").spec;
  expect(http?.[0]?.headers?.request?.set).toEqual({ "x-forwarded-host": "%REQ(:AUTHORITY)%" });
});

test("CORS is written for every route, and only when there are origins", () => {
  const corsPolicy = {
    allowOrigins: [
      { exact: "https://a.example" },
      { prefix: "https://b" },
      { regex: ".*\\.c" },
      { suffix: "d" },
    ],
    allowMethods: ["GET"],
    allowHeaders: ["x-a"],
    exposeHeaders: ["x-b"],
    allowCredentials: true,
    maxAge: 300,
  };
  const rules = [jwtRule("/a"), openRule];
  const { http = [] } = virtualServiceOf(sampleApiRule({ corsPolicy, rules }), "a.b").spec;
  const expected = {
    ...corsPolicy,
    allowOrigins: [
      { exact: "https://a.example" },
      { prefix: "https://b" },
      { regex: ".*\\.c" },
      { prefix: "d" },
    ],
    maxAge: "300s",
  };
  expect(http.map((route) => route.corsPolicy)).toEqual([expected, expected]);
  const without = virtualServiceOf(sampleApiRule({ corsPolicy: { maxAge: 5 } }), "a.b").spec.http ?? [];
  expect(without[0]).not.toHaveProperty("corsPolicy");
});
