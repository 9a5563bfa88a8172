import type { ApiRule, ApiRuleRule, ApiRuleSpec } from "@kyma/crds/generated/api-rules.gen.ts";
import type { Service } from "./kinds.ts";

/** For tests: everybody may GET everything. */
export const openRule: ApiRuleRule = { path: "/*", methods: ["GET"], noAuth: true };

/** For tests: a token of one issuer is asked for. */
export function jwtRule(path: string, change: Partial<ApiRuleRule> = {}): ApiRuleRule {
  const authentications = [{ issuer: "https://issuer.example", jwksUri: "https://issuer.example/keys" }];
  return { path, methods: ["GET"], jwt: { authentications }, ...change };
}

/** For tests: a valid APIRule shop/orders. */
export function sampleApiRule(
  spec: Partial<ApiRuleSpec> = {},
  metadata: Partial<ApiRule["metadata"]> = {},
): ApiRule {
  return {
    apiVersion: "gateway.kyma-project.io/v2",
    kind: "APIRule",
    metadata: { name: "orders", namespace: "shop", ...metadata },
    spec: {
      hosts: ["orders"],
      gateway: "kyma-system/kyma-gateway",
      service: { name: "orders", port: 80 },
      rules: [openRule],
      ...spec,
    },
  };
}

/** For tests: a Service with a selector of its own name. */
export function sampleService(
  name: string,
  namespace = "shop",
  spec: Partial<Service["spec"]> = {},
): Service {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec },
  };
}
