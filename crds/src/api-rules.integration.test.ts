import { InvalidError } from "@kyma/kube/errors.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { ApiRule, ApiRuleRule, ApiRuleSpec } from "./generated/api-rules.gen.ts";
import { apiRules } from "./resource-types.ts";

const connection = connect(loadKubeConfig(inject("kubeconfig")));
const client = new KubeClient(connection);
const namespace = "default";

afterAll(() => connection.close());

const service = { name: "httpbin", port: 8000 };
const open: ApiRuleRule = { path: "/*", methods: ["GET"], noAuth: true };
const issuer = { issuer: "https://issuer.example.com", jwksUri: "https://issuer.example.com/keys" };
const spec: ApiRuleSpec = { hosts: ["httpbin"], gateway: "kyma-system/kyma-gateway", service, rules: [open] };

/** Creates an APIRule as a dry run: the API server validates it and keeps nothing. */
function create(change: object, version = "v2"): Promise<ApiRule> {
  const object = {
    apiVersion: `gateway.kyma-project.io/${version}`,
    kind: "APIRule",
    metadata: { name: "httpbin", namespace },
    spec: { ...spec, ...change },
  };
  return client.create<ApiRule>({ ...apiRules, version }, object, { dryRun: true });
}

const rule = (change: object): object => ({ rules: [{ ...open, ...change }] });
const jwt = (authentication: object, more: object = {}): object => ({
  rules: [
    { path: "/", methods: ["GET"], jwt: { authentications: [{ ...issuer, ...authentication }], ...more } },
  ],
});

beforeAll(async () => {
  await create({});
});

describe("accepted", () => {
  test.each<[string, object]>([
    ["short host", { hosts: ["a"] }],
    ["full host", { hosts: ["a-1.example.com"] }],
    ["wildcard host", { hosts: ["*.example.com"] }],
    [
      "service per rule",
      { service: undefined, ...rule({ service: { name: "b", namespace: "other", port: 80 } }) },
    ],
    ["longest timeout", { timeout: 3900 }],
    ["external gateway", { gateway: undefined, externalGateway: "a/b" }],
    ["path with operators", rule({ path: "/anything/{*}/one/{**}" })],
    ["operator in the middle", rule({ path: "/{**}/end" })],
    ["root path", rule({ path: "/" })],
    ["encoded path", rule({ path: "/a%20b/c.d~e;x=1@!$&'()+," })],
    [
      "all methods",
      rule({ methods: ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"] }),
    ],
    ["request changes", rule({ request: { headers: { "x-a": "b" }, cookies: { c: "d" } } })],
    ["token in a header", jwt({ fromHeaders: [{ name: "x-token", prefix: "Kyma " }] })],
    ["token in a parameter", jwt({ fromParams: ["token"] })],
    ["issuer that is no URI", jwt({ issuer: "someone" })],
    ["in-cluster keys over http", jwt({ jwksUri: "http://issuer.mock.svc.cluster.local:80/keys" })],
    ["scopes and audiences", jwt({}, { authorizations: [{ requiredScopes: ["read"], audiences: ["a"] }] })],
    ["CORS", { corsPolicy: { allowOrigins: [{ exact: "https://a.example" }, { regex: ".*" }], maxAge: 1 } }],
    [
      "external authorizer",
      rule({
        noAuth: undefined,
        extAuth: { authorizers: ["a"], restrictions: { authentications: [issuer] } },
      }),
    ],
  ])("%s", async (_, change) => {
    await expect(create(change)).resolves.toMatchObject({ kind: "APIRule" });
  });

  test("v2alpha1 with the same fields", async () => {
    await expect(create({}, "v2alpha1")).resolves.toMatchObject({ spec: { hosts: ["httpbin"] } });
  });
});

describe("refused", () => {
  test.each<[string, object, RegExp]>([
    ["no host", { hosts: [] }, /spec.hosts/],
    ["two hosts", { hosts: ["a", "b"] }, /spec.hosts/],
    ["capital host", { hosts: ["A"] }, /spec.hosts\[0\]/],
    ["host with an empty label", { hosts: ["a..b"] }, /spec.hosts\[0\]/],
    ["bare star", { hosts: ["*"] }, /spec.hosts\[0\]/],
    ["star inside", { hosts: ["a.*.b"] }, /spec.hosts\[0\]/],
    ["host with a port", { hosts: ["a.example.com:80"] }, /spec.hosts\[0\]/],
    ["long host", { hosts: [`${"a.".repeat(128)}a`] }, /spec.hosts\[0\]/],
    ["gateway without namespace", { gateway: "kyma-gateway" }, /spec.gateway/],
    ["gateway with a long name", { gateway: `a/${"b".repeat(64)}` }, /spec.gateway/],
    ["no gateway", { gateway: undefined }, /exactly one of gateway and externalGateway/],
    ["both gateways", { externalGateway: "a/b" }, /exactly one of gateway and externalGateway/],
    ["port 0", { service: { name: "a", port: 0 } }, /spec.service.port/],
    ["port 65536", { service: { name: "a", port: 65_536 } }, /spec.service.port/],
    ["service without port", { service: { name: "a" } }, /spec.service.port/],
    ["no rule", { rules: [] }, /spec.rules/],
    ["10,000 rules", { rules: Array.from({ length: 10_000 }, () => open) }, /spec.rules/],
    ["path without slash", rule({ path: "a" }), /spec.rules\[0\].path/],
    ["dot-dot segment", rule({ path: "/a/../b" }), /must not contain \. or \.\./],
    ["encoded dot-dot segment", rule({ path: "/a/%2E%2e" }), /must not contain \. or \.\./],
    ["two {**}", rule({ path: "/{**}/a/{**}" }), /must be the last operator/],
    ["{*} after {**}", rule({ path: "/{**}/a/{*}" }), /must be the last operator/],
    ["operator inside a segment", rule({ path: "/a{*}" }), /spec.rules\[0\].path/],
    ["/* after a segment", rule({ path: "/a/*" }), /spec.rules\[0\].path/],
    ["star in a segment", rule({ path: "/a*" }), /spec.rules\[0\].path/],
    ["query in a path", rule({ path: "/a?b" }), /spec.rules\[0\].path/],
    ["bad escape", rule({ path: "/%zz" }), /spec.rules\[0\].path/],
    ["no method", rule({ methods: [] }), /spec.rules\[0\].methods/],
    ["unknown method", rule({ methods: ["FETCH"] }), /spec.rules\[0\].methods/],
    ["timeout 0", { timeout: 0 }, /spec.timeout/],
    ["rule timeout 3901", rule({ timeout: 3901 }), /spec.rules\[0\].timeout/],
    ["no access", rule({ noAuth: undefined }), /exactly one of noAuth: true, jwt and extAuth/],
    ["noAuth: false", rule({ noAuth: false }), /exactly one of noAuth: true, jwt and extAuth/],
    [
      "open and JWT",
      rule({ jwt: { authentications: [issuer] } }),
      /exactly one of noAuth: true, jwt and extAuth/,
    ],
    ["JWT without issuers", rule({ noAuth: undefined, jwt: { authentications: [] } }), /jwt.authentications/],
    ["empty issuer", jwt({ issuer: "" }), /issuer/],
    [
      "issuer with a colon that is no URI",
      jwt({ issuer: "a b:c" }),
      /issuer with a colon must be a valid URI/,
    ],
    ["keys at no URI", jwt({ jwksUri: "keys" }), /jwksUri must be a URI/],
    ["keys over http", jwt({ jwksUri: "http://issuer.example.com/keys" }), /jwksUri must use https/],
    [
      "keys over http, in-cluster name in the path",
      jwt({ jwksUri: "http://a.example/.svc.cluster.local" }),
      /use https/,
    ],
    ["keys at loopback", jwt({ jwksUri: "https://127.0.0.1/keys" }), /private, loopback or link-local/],
    [
      "keys at the metadata service",
      jwt({ jwksUri: "https://169.254.169.254/keys" }),
      /private, loopback or link-local/,
    ],
    [
      "keys at a mapped private address",
      jwt({ jwksUri: "https://[::ffff:10.0.0.1]/" }),
      /private, loopback or link-local/,
    ],
    ["two fromHeaders", jwt({ fromHeaders: [{ name: "a" }, { name: "b" }] }), /fromHeaders/],
    ["two fromParams", jwt({ fromParams: ["a", "b"] }), /fromParams/],
    [
      "fromHeaders and fromParams",
      jwt({ fromHeaders: [{ name: "a" }], fromParams: ["b"] }),
      /must not be mixed/,
    ],
    ["no authorization entry", jwt({}, { authorizations: [] }), /authorizations/],
    ["no scope", jwt({}, { authorizations: [{ requiredScopes: [] }] }), /requiredScopes/],
    ["empty audience", jwt({}, { authorizations: [{ audiences: [""] }] }), /audiences/],
    ["no authorizer", rule({ noAuth: undefined, extAuth: { authorizers: [] } }), /authorizers/],
    ["maxAge 0", { corsPolicy: { maxAge: 0 } }, /maxAge/],
  ])("%s", async (_, change, message) => {
    const failure = create(change);
    await expect(failure).rejects.toBeInstanceOf(InvalidError);
    await expect(failure).rejects.toThrow(message);
  });
});

test("columns are those of kubectl get in Kyma", async () => {
  const answer = await client.raw(`/apis/gateway.kyma-project.io/v2/namespaces/${namespace}/apirules`, {
    headers: { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" },
  });
  const table = await answer.json<{ columnDefinitions: { name: string }[] }>();
  expect(table.columnDefinitions.map(({ name }) => name)).toEqual(["Name", "Status", "Hosts"]);
});
