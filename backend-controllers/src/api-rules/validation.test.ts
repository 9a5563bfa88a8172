import type { ApiRule, ApiRuleRule } from "@kyma/crds/generated/api-rules.gen.ts";
import { describe, expect, test } from "vitest";
import { type Surroundings, referenceProblems, warningOf } from "./references.ts";
import { jwtRule, openRule, sampleApiRule, sampleService } from "./sample.ts";
import { validationFailure } from "./status.ts";
import { specProblems } from "./validation.ts";

const textOf = (apiRule: ApiRule) =>
  specProblems(apiRule).map(({ attribute, message }) => `${attribute}: ${message}`);
const withRules = (...rules: ApiRuleRule[]) => sampleApiRule({ rules });
const issuer = { issuer: "https://issuer.example", jwksUri: "https://issuer.example/keys" };
const jwtWith = (...authentications: object[]) =>
  jwtRule("/a", { jwt: { authentications: authentications.map((change) => ({ ...issuer, ...change })) } });

test("a plain APIRule has no problems", () => {
  expect(specProblems(sampleApiRule())).toEqual([]);
  expect(specProblems(withRules(jwtRule("/a"), openRule))).toEqual([]);
});

describe("a field that is not acted upon is named", () => {
  test.each<[string, ApiRule, RegExp]>([
    [
      "extAuth",
      withRules({ path: "/", methods: ["GET"], extAuth: { authorizers: ["a"] } }),
      /^spec\.rules\[0\]\.extAuth: is not supported/,
    ],
    [
      "externalGateway",
      sampleApiRule({ externalGateway: "a/b" }),
      /^spec\.externalGateway: is not supported/,
    ],
    [
      "external Service",
      sampleApiRule({ service: { name: "a", port: 1, external: true } }),
      /^spec\.service\.external: is not supported/,
    ],
    [
      "external Service of a rule",
      withRules({ ...openRule, service: { name: "a", port: 1, external: true } }),
      /^spec\.rules\[0\]\.service\.external: is not/,
    ],
  ])("%s", (_, apiRule, expected) => {
    expect(textOf(apiRule)).toEqual([expect.stringMatching(expected)]);
  });
});

describe("problems of the spec", () => {
  test.each<[string, ApiRule, RegExp]>([
    ["long name", sampleApiRule({}, { name: "a".repeat(64) }), /^metadata\.name: must have at most 63/],
    ["two hosts", sampleApiRule({ hosts: ["a", "b"] }), /^spec\.hosts: must hold exactly one/],
    [
      "path",
      withRules({ ...openRule, path: "/a/../b" }),
      /^spec\.rules\[0\]\.path: path \/a\/\.\.\/b must not contain/,
    ],
    [
      "noAuth and jwt",
      withRules({ ...jwtRule("/a"), noAuth: true }),
      /^spec\.rules\[0\]: must have exactly one/,
    ],
    ["noAuth: false", withRules({ ...openRule, noAuth: false }), /^spec\.rules\[0\]: must have exactly one/],
    [
      "header with a line end",
      withRules({ ...openRule, request: { headers: { a: "b\r\nc: d" } } }),
      /request\.headers: "a" is not a valid/,
    ],
    [
      "header Host",
      withRules({ ...openRule, request: { headers: { Host: "b" } } }),
      /Host is set by the gateway/,
    ],
    [
      "cookie with a semicolon",
      withRules({ ...openRule, request: { cookies: { a: "b; c" } } }),
      /request\.cookies: "a" is not a valid/,
    ],
    [
      "Cookie twice",
      withRules({ ...openRule, request: { headers: { cookie: "a" }, cookies: { b: "c" } } }),
      /must not hold Cookie/,
    ],
    [
      "CORS regex",
      sampleApiRule({ corsPolicy: { allowOrigins: [{ regex: "(?=a)" }] } }),
      /allowOrigins\[0\]\.regex: "\(\?=a\)" is not/,
    ],
    [
      "issuer with a star",
      withRules(jwtWith({ issuer: "*" })),
      /authentications\[0\]\.issuer: .*must not hold \*/,
    ],
    ["issuer with a colon", withRules(jwtWith({ issuer: "a b:c" })), /issuer: issuer "a b:c" has a colon/],
    [
      "keys",
      withRules(jwtWith({ jwksUri: "https://127.0.0.1" })),
      /authentications\[0\]\.jwksUri: .*127\.0\.0\.1/,
    ],
    [
      "mixed sources",
      withRules(jwtWith({ fromHeaders: [{ name: "a" }] }, { issuer: "b", fromParams: ["c"] })),
      /must not mix/,
    ],
    [
      "two keys for one issuer",
      withRules(jwtWith({}, { jwksUri: "https://other.example/" })),
      /authentications\[1\]\.jwksUri: must be that of spec\.rules\[0\]/,
    ],
    [
      "two sources for one issuer",
      withRules(jwtWith({}, { fromParams: ["t"] })),
      /authentications\[1\]: must have the fromHeaders/,
    ],
    [
      "empty scope",
      withRules(
        jwtRule("/a", { jwt: { authentications: [issuer], authorizations: [{ requiredScopes: [""] }] } }),
      ),
      /authorizations\[0\]/,
    ],
    ["no issuer", withRules(jwtWith()), /jwt\.authentications: must name at least one/],
  ])("%s", (_, apiRule, expected) => {
    expect(textOf(apiRule)).toEqual([expect.stringMatching(expected)]);
  });

  test("a rule without Service", () => {
    const { service: _, ...spec } = sampleApiRule().spec;
    const apiRule = { ...sampleApiRule(), spec };
    expect(textOf(apiRule)).toEqual([expect.stringMatching(/^spec\.rules\[0\]\.service: names no Service/)]);
  });
});

describe("rules that are never reached", () => {
  test("the message names path and method of the later rule", () => {
    expect(textOf(withRules(openRule, { ...openRule, path: "/a", methods: ["POST", "GET"] }))).toEqual([
      "spec.rules[1].path: path /a with method GET is never reached: spec.rules[0] with path /* answers it already; put the more specific rule first",
    ]);
  });

  test("other methods and specific before general are fine", () => {
    expect(
      textOf(
        withRules({ ...openRule, path: "/a" }, { ...openRule, path: "/a", methods: ["POST"] }, openRule),
      ),
    ).toEqual([]);
  });
});

describe("what an APIRule refers to", () => {
  const gateway = {
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name: "kyma-gateway", namespace: "kyma-system" },
    spec: { servers: [{ hosts: ["*.localhost"], port: { number: 80, name: "http", protocol: "HTTP" } }] },
  };
  const surroundings: Surroundings = {
    gateway,
    service: ({ name, namespace = "" }) => sampleService(name, namespace),
    hostOwner: undefined,
    podsWithoutProxy: () => [],
    rivalForIssuer: () => undefined,
  };
  const problems = (apiRule: ApiRule, change: Partial<Surroundings>) =>
    referenceProblems(apiRule, { ...surroundings, ...change }).map(
      ({ attribute, message }) => `${attribute}: ${message}`,
    );

  test("all there", () => {
    expect(problems(sampleApiRule(), {})).toEqual([]);
  });

  const two = withRules({ ...openRule, path: "/a" }, openRule);
  test.each<[string, ApiRule, Partial<Surroundings>, string]>([
    [
      "no Gateway",
      sampleApiRule(),
      { gateway: undefined },
      "spec.gateway: Gateway kyma-system/kyma-gateway does not exist",
    ],
    [
      "a taken host",
      sampleApiRule(),
      { hostOwner: "APIRule a/b" },
      "spec.hosts[0]: host orders.localhost is already used by APIRule a/b",
    ],
    [
      "a short host that cannot be resolved",
      sampleApiRule(),
      { gateway: { ...gateway, spec: {} } },
      "spec.hosts[0]: host orders is short, but the servers of Gateway kyma-system/kyma-gateway do not share one wildcard host; give the full name of the host",
    ],
    [
      "no Service, named once",
      two,
      { service: () => undefined },
      "spec.service.name: Service shop/orders does not exist",
    ],
    [
      "no Service of a rule",
      withRules({ ...openRule, service: { name: "x", namespace: "y", port: 80 } }),
      { service: () => undefined },
      "spec.rules[0].service.name: Service y/x does not exist",
    ],
    [
      "no such port",
      sampleApiRule({ service: { name: "orders", port: 81 } }),
      {},
      "spec.service.port: Service shop/orders has no port 81; it has 80",
    ],
    [
      "no selector",
      sampleApiRule(),
      { service: () => sampleService("orders", "shop", { selector: {} }) },
      "spec.service.name: Service shop/orders has no selector, so its pods cannot be protected",
    ],
    [
      "a pod without sidecar",
      sampleApiRule(),
      { podsWithoutProxy: () => ["shop/pod"] },
      "spec.service.name: pod shop/pod of Service shop/orders has no istio-proxy container, so nothing would guard it; restart the pod",
    ],
    [
      "an issuer with other keys",
      withRules(jwtRule("/a")),
      { rivalForIssuer: () => "a/b" },
      "spec.rules: Service shop/orders trusts issuer https://issuer.example already, by the keys that APIRule a/b names",
    ],
  ])("%s", (_, apiRule, change, expected) => {
    expect(problems(apiRule, change)).toEqual([expected]);
  });

  test("a host that the Gateway does not serve is worth a warning", () => {
    expect(warningOf(sampleApiRule(), gateway, "orders.localhost")).toBeUndefined();
    expect(warningOf(sampleApiRule(), gateway, "orders.example")).toMatch(
      /kyma-gateway does not serve host orders\.example/,
    );
  });
});

test("three problems are described, more are counted", () => {
  const problem = (attribute: string) => ({ attribute, message: "is bad" });
  expect(validationFailure([problem("a")]).description).toBe("Validation errors: Attribute 'a': is bad");
  expect(validationFailure(["a", "b", "c", "d", "e"].map(problem)).description).toBe(
    "Validation errors: Attribute 'a': is bad\nAttribute 'b': is bad\nAttribute 'c': is bad\n2 more",
  );
});
