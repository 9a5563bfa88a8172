import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { graphql } from "#api/generated/gql.ts";
import type {
  ApiRulePreviewQuery,
  GatewaysQuery,
  ProbeApiRuleMutation,
  ProbeRequest,
} from "#api/generated/graphql.ts";
import { request } from "#api/request.ts";
import type { ApiRule } from "./api-rule.ts";

export type GatewayInfo = GatewaysQuery["gateways"][number];
export type Preview = ApiRulePreviewQuery["previewApiRule"];
export type EffectiveRoute = Preview["routes"][number];
export type ProbeAnswer = ProbeApiRuleMutation["probeApiRule"];

const GatewaysDocument = graphql(`
  query Gateways {
    gateways {
      ref
      hosts
      domain
      urlTemplate
    }
    testIssuer {
      issuer
      jwksUri
    }
  }
`);

const HostClaimDocument = graphql(`
  query HostClaim($host: String!, $gateway: String!, $except: String) {
    hostClaim(host: $host, gateway: $gateway, except: $except) {
      host
      owner
    }
  }
`);

const ApiRulePreviewDocument = graphql(`
  query ApiRulePreview($apiRule: JSON!) {
    previewApiRule(apiRule: $apiRule) {
      yaml
      routes {
        index
        path
        methods
        access
        service
        note
      }
      problems
    }
  }
`);

const ApiRuleRoutesDocument = graphql(`
  query ApiRuleRoutes($namespace: String!, $name: String!) {
    effectiveRoutes(namespace: $namespace, name: $name) {
      index
      path
      methods
      access
      service
      note
    }
  }
`);

const ApiRuleTrafficDocument = graphql(`
  query ApiRuleTraffic($namespace: String!, $name: String!) {
    apiRuleTraffic(namespace: $namespace, name: $name) {
      index
      requests
      errors
      refused
    }
  }
`);

const ProbeDocument = graphql(`
  mutation ProbeApiRule($request: ProbeRequest!) {
    probeApiRule(request: $request) {
      url
      status
      durationMs
      body
      error
    }
  }
`);

/** Gateways that can be used, and the test issuer where there is one. */
export const gatewaysQuery = queryOptions({
  queryKey: ["gateways"],
  queryFn: ({ signal }) => request(GatewaysDocument, {}, signal),
  staleTime: 30_000,
});

/** Who holds a host; null when it is free. */
export function hostClaimQuery(host: string, gateway: string, except: string | null) {
  return queryOptions({
    queryKey: ["hostClaim", host, gateway, except],
    queryFn: async ({ signal }) =>
      (await request(HostClaimDocument, { host, gateway, except }, signal)).hostClaim ?? null,
    enabled: host !== "" && gateway !== "",
    staleTime: 5000,
    placeholderData: keepPreviousData,
  });
}

/** Checks an APIRule without writing it. */
export async function previewApiRule(apiRule: ApiRule): Promise<Preview> {
  return (await request(ApiRulePreviewDocument, { apiRule })).previewApiRule;
}

/** Routes in words, read anew for every version of the rule. */
export function routesQuery(namespace: string, name: string, resourceVersion: string | undefined) {
  return queryOptions({
    queryKey: ["effectiveRoutes", namespace, name, resourceVersion],
    queryFn: async ({ signal }) =>
      (await request(ApiRuleRoutesDocument, { namespace, name }, signal)).effectiveRoutes,
    placeholderData: keepPreviousData,
  });
}

/** Requests and errors per rule, counted by the gateway. */
export function trafficQuery(namespace: string, name: string) {
  return queryOptions({
    queryKey: ["apiRuleTraffic", namespace, name],
    queryFn: async ({ signal }) =>
      (await request(ApiRuleTrafficDocument, { namespace, name }, signal)).apiRuleTraffic ?? null,
    refetchInterval: 5000,
  });
}

/** A real request through the gateway. */
export async function probe(probeRequest: ProbeRequest): Promise<ProbeAnswer> {
  return (await request(ProbeDocument, { request: probeRequest })).probeApiRule;
}
