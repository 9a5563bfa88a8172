import { isDeepStrictEqual } from "node:util";
import type { ApiRule, ApiRuleRule } from "@kyma/crds/generated/api-rules.gen.ts";
import { describe, expect, test } from "vitest";
import {
  authorizationPoliciesOf,
  gatewayPrincipal,
  leavesOpen,
  requestAuthenticationsOf,
} from "./access-policies.ts";
import type { Service } from "./kinds.ts";
import { chosenRoute, isAllowed } from "./policy-evaluation.ts";
import { jwtRule, openRule, sampleApiRule, sampleService } from "./sample.ts";
import { specProblems } from "./validation.ts";
import { virtualServiceOf } from "./virtual-service.ts";

const host = "orders.localhost";
const orders = sampleService("orders");

function exposure(apiRule: ApiRule, services?: Service[], closedInside: string[] = []) {
  const each = services ?? apiRule.spec.rules.map(() => orders);
  return { apiRule, host, services: each, closedInside: new Set(closedInside) };
}

function policiesOf(rules: ApiRuleRule[]) {
  return authorizationPoliciesOf(exposure(sampleApiRule({ rules })));
}

const specs = (rules: ApiRuleRule[]) => policiesOf(rules).map(({ spec }) => spec);

describe("policies as written", () => {
  test("an open rule, and calls from inside the cluster", () => {
    const selector = { matchLabels: { app: "orders" } };
    expect(specs([openRule])).toEqual([
      { selector, action: "ALLOW", rules: [{ from: [{ source: { notPrincipals: [gatewayPrincipal] } }] }] },
      {
        selector,
        action: "ALLOW",
        rules: [
          {
            from: [{ source: { principals: [gatewayPrincipal] } }],
            to: [{ operation: { hosts: [host], methods: ["GET"], paths: ["/{**}"] } }],
          },
        ],
      },
    ]);
  });

  test("a JWT rule asks for a token of one of its issuers", () => {
    const [, policy] = specs([jwtRule("/a")]);
    expect(policy?.rules?.[0]?.from).toEqual([
      { source: { principals: [gatewayPrincipal], requestPrincipals: ["https://issuer.example/*"] } },
    ]);
  });

  test("each authorization is a policy; scopes may stand in three claims", () => {
    const rule = jwtRule("/a");
    rule.jwt = {
      ...rule.jwt!,
      authorizations: [{ requiredScopes: ["r", "w"], audiences: ["x"] }, { audiences: ["y"] }],
    };
    const [, first, second] = specs([rule]);
    expect(first?.rules?.map(({ when }) => when)).toEqual(
      ["scp", "scope", "scopes"].map((claim) => [
        { key: `request.auth.claims[${claim}]`, values: ["r"] },
        { key: `request.auth.claims[${claim}]`, values: ["w"] },
        { key: "request.auth.claims[aud]", values: ["x"] },
      ]),
    );
    expect(second?.rules?.map(({ when }) => when)).toEqual([
      [{ key: "request.auth.claims[aud]", values: ["y"] }],
    ]);
  });

  test("an earlier rule takes its path away only for the methods that both name", () => {
    const [, , policy] = specs([
      jwtRule("/admin"),
      { ...openRule, path: "/{**}", methods: ["GET", "POST", "PUT"] },
    ]);
    expect(policy?.rules?.[0]?.to).toEqual([
      { operation: { hosts: [host], methods: ["GET"], paths: ["/{**}"], notPaths: ["/admin"] } },
      { operation: { hosts: [host], methods: ["POST", "PUT"], paths: ["/{**}"] } },
    ]);
  });

  test("the root path counts as an earlier path too", () => {
    const [, , policy] = specs([jwtRule("/"), openRule]);
    expect(policy?.rules?.[0]?.to?.[0]?.operation?.notPaths).toEqual(["/"]);
  });

  test("policies live beside the Service and have names of their own", () => {
    const rules = [openRule, { ...openRule, methods: ["POST" as const] }];
    const services = [sampleService("a", "x"), sampleService("b", "y")];
    const policies = authorizationPoliciesOf(exposure(sampleApiRule({ rules }), services));
    expect(policies.map(({ metadata }) => metadata.namespace)).toEqual(["x", "y", "x", "y"]);
    expect(new Set(policies.map(({ metadata }) => metadata.name)).size).toBe(4);
    expect(
      policies.every(
        ({ metadata }) => metadata.labels?.["apirule.gateway.kyma-project.io/name"] === "orders",
      ),
    ).toBe(true);
  });

  test("a Service that is closed inside gets no policy for calls from inside", () => {
    const policies = authorizationPoliciesOf(exposure(sampleApiRule(), undefined, ["shop/orders"]));
    expect(policies).toHaveLength(1);
    expect(
      isAllowed(policies, { host, method: "GET", path: "/", principal: "cluster.local/ns/shop/sa/x" }),
    ).toBe(false);
  });

  test("a Service without selector never yields a policy for the whole namespace", () => {
    const service = sampleService("orders", "shop", { selector: {} });
    expect(() => authorizationPoliciesOf(exposure(sampleApiRule(), [service]))).toThrow(/no selector/);
  });

  test("RequestAuthentications: one per Service and list of issuers", () => {
    const other = jwtRule("/c");
    other.jwt = {
      authentications: [{ issuer: "x", jwksUri: "https://x.example/k", fromHeaders: [{ name: "x-token" }] }],
    };
    const apiRule = sampleApiRule({ rules: [jwtRule("/a"), jwtRule("/b"), other, openRule] });
    expect(requestAuthenticationsOf(exposure(apiRule)).map(({ spec }) => spec)).toEqual([
      {
        selector: { matchLabels: { app: "orders" } },
        jwtRules: [
          {
            issuer: "https://issuer.example",
            jwksUri: "https://issuer.example/keys",
            forwardOriginalToken: true,
          },
        ],
      },
      {
        selector: { matchLabels: { app: "orders" } },
        jwtRules: [
          {
            issuer: "x",
            jwksUri: "https://x.example/k",
            forwardOriginalToken: true,
            fromHeaders: [{ name: "x-token" }],
          },
        ],
      },
    ]);
  });
});

describe("policies in effect", () => {
  const edge = { host, principal: gatewayPrincipal };
  const token = { iss: "https://issuer.example", sub: "someone" };

  test("two APIRules of one Service, one open and one with JWT, stay apart", () => {
    const open = authorizationPoliciesOf(exposure(sampleApiRule({}, { name: "open" })));
    const closed = authorizationPoliciesOf({
      ...exposure(sampleApiRule({ rules: [jwtRule("/*")] })),
      host: "closed.localhost",
    });
    const both = [...open, ...closed];
    const request = { method: "GET", path: "/a", principal: gatewayPrincipal };
    expect(isAllowed(both, { ...request, host })).toBe(true);
    expect(isAllowed(both, { ...request, host: "closed.localhost" })).toBe(false);
    expect(isAllowed(both, { ...request, host: "closed.localhost", claims: token })).toBe(true);
  });

  test("calls from inside pass with and without mTLS, the gateway only by the rules", () => {
    const policies = policiesOf([jwtRule("/a")]);
    const request = { host: "orders.shop", method: "DELETE", path: "/any" };
    expect(isAllowed(policies, request)).toBe(true);
    expect(isAllowed(policies, { ...request, principal: "cluster.local/ns/shop/sa/x" })).toBe(true);
    expect(isAllowed(policies, { ...request, principal: gatewayPrincipal })).toBe(false);
  });

  test("all scopes of an entry must be in one claim, and one entry suffices", () => {
    const rule = jwtRule("/a");
    rule.jwt = { ...rule.jwt!, authorizations: [{ requiredScopes: ["r", "w"] }, { audiences: ["x"] }] };
    const policies = policiesOf([rule]);
    const ask = (claims: Record<string, string | string[]>) =>
      isAllowed(policies, { ...edge, method: "GET", path: "/a", claims: { ...token, ...claims } });
    expect(ask({ scope: ["r", "w"] })).toBe(true);
    expect(ask({ scp: ["r", "w", "more"] })).toBe(true);
    expect(ask({ scope: ["r"] })).toBe(false);
    expect(ask({ aud: ["x"] })).toBe(true);
    expect(ask({})).toBe(false);
  });

  test("for every request, the rule whose route answers is the rule whose policy decides", () => {
    const paths = ["/", "/a", "/a/{*}", "/{*}/b", "/a/{**}", "/{**}/b", "/*"];
    const requests = ["/", "/a", "/a/", "/a/b", "/a/c", "/c/b", "/a/c/b", "/x"];
    const methods = ["GET", "POST"] as const;
    const candidates = paths.flatMap((path) =>
      [[methods[0]], [methods[1]], [...methods]].map((list) => ({ path, methods: list })),
    );
    let checked = 0;
    for (const [first, second] of candidates.flatMap((a) => candidates.map((b) => [a, b] as const))) {
      for (const openFirst of [true, false]) {
        const access = (open: boolean) => (open ? { noAuth: true } : { jwt: jwtRule("/").jwt! });
        const rules = [
          { ...first, ...access(openFirst) },
          { ...second, ...access(!openFirst) },
        ];
        const apiRule = sampleApiRule({ rules });
        if (specProblems(apiRule).length > 0) continue;
        const policies = policiesOf(rules);
        const routes = virtualServiceOf(apiRule, host);
        const answers = requests.flatMap((path) =>
          methods.map((method) => {
            const request = { ...edge, method, path };
            const rule = rules[chosenRoute(routes, request)];
            const expected = { open: rule?.noAuth === true, withToken: rule !== undefined };
            const open = isAllowed(policies, request);
            const withToken = isAllowed(policies, { ...request, claims: token });
            return { at: `${method} ${path}`, rules, expected, actual: { open, withToken } };
          }),
        );
        expect(answers.filter(({ expected, actual }) => !isDeepStrictEqual(expected, actual))).toEqual([]);
        checked += answers.length;
      }
    }
    expect(checked).toBeGreaterThan(5000);
  });
});

describe("what is live is more open than what is wanted", () => {
  const live = policiesOf([{ ...openRule, methods: ["GET", "POST"] }]);
  test.each<[string, ApiRuleRule[], boolean]>([
    ["the same", [{ ...openRule, methods: ["GET", "POST"] }], false],
    ["more open rules", [{ ...openRule, methods: ["GET", "POST", "PUT"] }], false],
    ["a method less", [openRule], true],
    ["now with JWT", [jwtRule("/*", { methods: ["GET", "POST"] })], true],
    ["now with extAuth", [{ path: "/*", methods: ["GET", "POST"], extAuth: { authorizers: ["a"] } }], true],
    ["a path of it now with JWT", [jwtRule("/admin"), { ...openRule, methods: ["GET", "POST"] }], true],
    ["another path", [{ ...openRule, path: "/a", methods: ["GET", "POST"] }], true],
  ])("%s: %s", (_, rules, expected) => {
    expect(leavesOpen(live, sampleApiRule({ rules }))).toBe(expected);
  });

  test("policies that ask for a token are never too open", () => {
    expect(leavesOpen(policiesOf([jwtRule("/a")]), sampleApiRule({ rules: [jwtRule("/b")] }))).toBe(false);
  });
});
