import { queryOptions } from "@tanstack/react-query";
import type { AccessCheck, AccessQuery } from "./generated/graphql.ts";
import { graphql } from "./generated/gql.ts";
import { inBatches } from "./in-batches.ts";
import { request } from "./request.ts";

const AccessDocument = graphql(`
  query Access($checks: [AccessCheck!]!) {
    access(checks: $checks) {
      allowed
      reason
      message
    }
  }
`);

/** One question to the API server's authorizer. */
export interface AccessQuestion {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string | undefined;
  name?: string;
}

/** Everything that a page asks within one tick goes in one request, as the server takes 50 questions at a time. */
const ask = inBatches(
  async (checks: readonly AccessCheck[]) => (await request(AccessDocument, { checks: [...checks] })).access,
  50,
);

function checkOf({ verb, group, resource, subresource, namespace, name }: AccessQuestion): AccessCheck {
  return {
    verb,
    group,
    resource,
    subresource: subresource ?? null,
    namespace: namespace ?? null,
    name: name ?? null,
  };
}

/** Whether the person may do this, and why (not); asked anew after half a minute. */
export function accessQuery(question: AccessQuestion) {
  const check = checkOf(question);
  return queryOptions<AccessQuery["access"][number]>({
    queryKey: ["access", check],
    queryFn: () => ask(check),
    staleTime: 30_000,
  });
}

const GrantorsDocument = graphql(`
  query Grantors($check: AccessCheck!) {
    grantors(check: $check) {
      subjects {
        kind
        name
        namespace
      }
      complete
    }
  }
`);

/** Who could give the person this right, as far as they may know. */
export function grantorsQuery(question: AccessQuestion) {
  const check = checkOf(question);
  return queryOptions({
    queryKey: ["grantors", check],
    queryFn: async ({ signal }) => (await request(GrantorsDocument, { check }, signal)).grantors,
    staleTime: 60_000,
  });
}

const AccessRulesDocument = graphql(`
  query AccessRules($namespace: String) {
    accessRules(namespace: $namespace) {
      rules {
        verbs
        apiGroups
        resources
        resourceNames
      }
      nonResourceRules {
        verbs
        urls
      }
      incomplete
      note
    }
  }
`);

/** All that the person may do in a namespace; undefined: in the whole cluster. */
export function accessRulesQuery(namespace: string | undefined) {
  return queryOptions({
    queryKey: ["access-rules", namespace ?? null],
    queryFn: async ({ signal }) =>
      (await request(AccessRulesDocument, { namespace: namespace ?? null }, signal)).accessRules,
    staleTime: 10_000,
  });
}
