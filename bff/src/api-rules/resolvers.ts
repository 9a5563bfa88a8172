import type { ApiRule } from "@kyma/crds/generated/api-rules.gen.ts";
import { apiRules } from "@kyma/crds/resource-types.ts";
import { badInput } from "../graphql/errors.ts";
import type { Area, RootResolvers } from "../graphql/schema.ts";
import { toKey } from "../resources/references.ts";
import { toObject } from "../resources/yaml-text.ts";
import { effectiveRoutes } from "./effective-routes.ts";
import { listGateways } from "./gateways.ts";
import { hostClaim } from "./host-claims.ts";
import { previewApiRule } from "./preview.ts";
import { probeApiRule, type ProbeRequest } from "./probe.ts";
import { hasTestIssuer, mintTestToken, testIssuer } from "./test-issuer.ts";
import { apiRuleTraffic } from "./traffic.ts";

export interface ApiRulesOptions {
  /** host:port where the gateway is dialled for probes. */
  gatewayAddress?: string | undefined;
  gatewayMetricsUrl?: string | undefined;
  /** e.g. http://{host}:8080; by default made from the Gateway's servers. */
  gatewayUrlTemplate?: string | undefined;
}

interface Name {
  namespace: string;
  name: string;
}
interface Grants {
  scopes: string[];
  audiences: string[];
}

/** What generic resources cannot say about APIRules. */
export function apiRulesArea(options: ApiRulesOptions): Area {
  return {
    sdl: new URL("./schema.graphql", import.meta.url),
    query: queries(options),
    mutation: mutations(options),
  };
}

function queries({ gatewayMetricsUrl, gatewayUrlTemplate }: ApiRulesOptions): RootResolvers {
  return {
    gateways: (_, __: unknown, { caller }) => listGateways(caller.kube, gatewayUrlTemplate),
    hostClaim: async (_, args: { host: string; gateway: string; except?: string | null }, { caller }) =>
      hostClaim(caller.kube, args, await listGateways(caller.kube, gatewayUrlTemplate)),
    previewApiRule: (_, args: { apiRule: unknown }, { caller }) => {
      const object = toObject(args.apiRule);
      if (object.kind !== apiRules.kind || !object.metadata.name)
        throw badInput("this is no APIRule with a name");
      toKey(apiRules, object.metadata);
      return previewApiRule(caller.kube, object);
    },
    effectiveRoutes: async (_, args: Name, { caller }) =>
      effectiveRoutes(await caller.kube.get<ApiRule>(apiRules, toKey(apiRules, args))),
    apiRuleTraffic: (_, args: Name, { caller }) => {
      toKey(apiRules, args);
      return apiRuleTraffic(caller.kube, args, gatewayMetricsUrl);
    },
    testIssuer: async (_, __: unknown, { caller }) =>
      (await hasTestIssuer(caller.kube)) ? testIssuer : null,
  };
}

function mutations({ gatewayAddress, gatewayUrlTemplate }: ApiRulesOptions): RootResolvers {
  return {
    probeApiRule: (_, { request }: { request: ProbeRequest }, { caller, signal }) => {
      toKey(apiRules, request);
      checkGrants(request);
      const gateway = { address: gatewayAddress, urlTemplate: gatewayUrlTemplate };
      return probeApiRule(caller.kube, request, gateway, signal);
    },
    mintTestToken: (_, grants: Grants, { caller, signal }) => {
      checkGrants(grants);
      return mintTestToken(caller.kube, { scopes: grants.scopes, audiences: grants.audiences }, signal);
    },
  };
}

function checkGrants({ scopes, audiences }: Grants): void {
  const tooLong = [...scopes, ...audiences].some((text) => text.length > 256);
  if (scopes.length > 50 || audiences.length > 50 || tooLong) {
    throw badInput("at most 50 scopes and 50 audiences of 256 characters each");
  }
}
