import { queryOptions, useQuery } from "@tanstack/react-query";
import { graphql } from "./generated/gql.ts";
import { request } from "./request.ts";

const SessionDocument = graphql(`
  query Session {
    session {
      user
      cluster
      serverVersion
      local
      testIssuer
    }
  }
`);

/** Who this browser acts as; fails with UnauthenticatedError when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }) => (await request(SessionDocument, {}, signal)).session,
  staleTime: 60_000,
});

/** The session; components below the shell can rely on it being there. */
export function useSession() {
  return useQuery(sessionQuery);
}

const SignOutDocument = graphql(`
  mutation SignOut {
    signOut
  }
`);

/** Ends the session on the server. */
export async function signOut(): Promise<void> {
  await request(SignOutDocument, {});
}
