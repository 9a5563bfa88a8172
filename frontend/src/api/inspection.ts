import { queryOptions } from "@tanstack/react-query";
import { graphql } from "./generated/gql.ts";
import type { AccessCheck, ProbeServiceMutation, WhoCanQuery } from "./generated/graphql.ts";
import { request } from "./request.ts";

const WhoCanDocument = graphql(`
  query WhoCan($check: AccessCheck!) {
    whoCan(check: $check) {
      grants {
        subject {
          kind
          name
          namespace
        }
        bindingKind
        binding
        roleKind
        role
        rule
        namespace
      }
      total
      missing
    }
  }
`);

export type Grant = WhoCanQuery["whoCan"]["grants"][number];

/** Who may do something, with the chain that gives the right. */
export function whoCanQuery(check: AccessCheck) {
  return queryOptions({
    queryKey: ["who-can", check],
    queryFn: async ({ signal }) => (await request(WhoCanDocument, { check }, signal)).whoCan,
    staleTime: 5000,
  });
}

const ProbeServiceDocument = graphql(`
  mutation ProbeService($namespace: String!, $service: String!, $port: Int!, $path: String!) {
    probeService(namespace: $namespace, service: $service, port: $port, path: $path) {
      status
      statusText
      milliseconds
      body
      problem
    }
  }
`);

export type ServiceProbe = ProbeServiceMutation["probeService"];

/** Sends one real GET to a Service. */
export async function probeService(target: {
  namespace: string;
  service: string;
  port: number;
  path: string;
}): Promise<ServiceProbe> {
  return (await request(ProbeServiceDocument, target)).probeService;
}
