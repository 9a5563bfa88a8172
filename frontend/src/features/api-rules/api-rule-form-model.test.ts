import { describe, expect, it } from "vitest";
import type { ApiRule } from "./api-rule.ts";
import { apiRuleOf, formOf, newForm } from "./api-rule-form-model.ts";

const rule = {
  apiVersion: "gateway.kyma-project.io/v2",
  kind: "APIRule",
  metadata: { name: "orders", namespace: "shop", resourceVersion: "7", labels: { team: "a" } },
  spec: {
    hosts: ["orders"],
    gateway: "kyma-system/kyma-gateway",
    service: { name: "orders", port: 80, namespace: "backend" },
    timeout: 30,
    corsPolicy: {
      allowOrigins: [{ exact: "https://a.example" }, { prefix: "https://b." }, { regex: "https://.+" }],
      exposeHeaders: ["x-id"],
      maxAge: 60,
    },
    rules: [
      {
        path: "/admin/{**}",
        methods: ["GET", "DELETE"],
        request: { headers: { "x-from": "gateway" } },
        jwt: {
          authentications: [
            { issuer: "https://i", jwksUri: "https://i/keys", fromHeaders: [{ name: "x-jwt" }] },
            { issuer: "https://j", jwksUri: "https://j/keys" },
          ],
          authorizations: [{ requiredScopes: ["a", "b"] }, { audiences: ["c"] }],
        },
      },
      { path: "/*", methods: ["GET"], noAuth: true, timeout: 5 },
    ],
  },
} as unknown as ApiRule;

describe("the APIRule form", () => {
  it("keeps everything it does not show, both ways", () => {
    const written = apiRuleOf(formOf(rule), "shop", rule);
    expect(written).toEqual({
      ...rule,
      spec: { ...rule.spec, corsPolicy: { ...rule.spec.corsPolicy, allowMethods: ["GET"] } },
    });
  });

  it("removes what the person removed", () => {
    const form = formOf(rule);
    const [first] = form.rules;
    form.cors.enabled = false;
    form.timeout = "";
    if (first) Object.assign(first, { access: "open" });
    const { spec } = apiRuleOf(form, "shop", rule);
    expect(spec).not.toHaveProperty("corsPolicy");
    expect(spec).not.toHaveProperty("timeout");
    expect(spec.rules[0]).toEqual({
      path: "/admin/{**}",
      methods: ["GET", "DELETE"],
      request: { headers: { "x-from": "gateway" } },
      noAuth: true,
    });
  });

  it("suggests an open rule for a Service", () => {
    expect(apiRuleOf(newForm("hello", 80, "kyma-system/kyma-gateway"), "default")).toEqual({
      apiVersion: "gateway.kyma-project.io/v2",
      kind: "APIRule",
      metadata: { name: "hello", namespace: "default" },
      spec: {
        hosts: ["hello"],
        gateway: "kyma-system/kyma-gateway",
        service: { name: "hello", port: 80 },
        rules: [{ path: "/*", methods: ["GET", "POST"], noAuth: true }],
      },
    });
  });
});
