import { queryOptions } from "@tanstack/react-query";
import { graphql } from "./generated/gql.ts";
import { request } from "./request.ts";

const CanIDocument = graphql(`
  query CanI($verb: String!, $type: ResourceType!, $namespace: String, $name: String, $subresource: String) {
    canI(verb: $verb, type: $type, namespace: $namespace, name: $name, subresource: $subresource)
  }
`);

/** One question to the API server's authorizer. */
interface AccessQuestion {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string | undefined;
  name?: string;
}

/** Whether the person may do this; asked anew after half a minute. */
export function accessQuery({ verb, group, resource, subresource, namespace, name }: AccessQuestion) {
  const variables = {
    verb,
    type: { group, version: "*", plural: resource },
    namespace: namespace ?? null,
    name: name ?? null,
    subresource: subresource ?? null,
  };
  return queryOptions({
    queryKey: ["access", variables],
    queryFn: async ({ signal }) => (await request(CanIDocument, variables, signal)).canI,
    staleTime: 30_000,
  });
}
