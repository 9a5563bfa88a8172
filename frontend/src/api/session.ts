import { queryOptions, useQuery } from "@tanstack/react-query";
import { toRequestError, UnavailableError, type GraphQLErrorShape } from "./errors.ts";
import { graphql } from "./generated/gql.ts";
import type { ViewAsInput } from "./generated/graphql.ts";
import { request } from "./request.ts";

const SessionDocument = graphql(`
  query Session {
    session {
      user
      groups
      actor
      signedInAs
      method
      endsAt
      viewAs {
        user
        groups
        uid
      }
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

/**
 * Opens a session with a bearer token of the cluster. The token is sent once and kept nowhere in the browser.
 * @throws {RequestError} whose message says why nobody was signed in
 */
export async function signInWithToken(token: string): Promise<void> {
  let response: Response;
  try {
    response = await fetch("/sign-in/token", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token }),
    });
  } catch {
    throw new UnavailableError("The console's server cannot be reached.", "UNAVAILABLE");
  }
  if (response.ok) return;
  const answer = (await response.json().catch(() => ({}))) as { errors?: GraphQLErrorShape[] };
  throw toRequestError(
    answer.errors ?? [
      { message: `The server answered ${response.status}.`, extensions: { code: "INTERNAL" } },
    ],
  );
}

const ViewAsDocument = graphql(`
  mutation ViewAs($subject: ViewAsInput!) {
    viewAs(subject: $subject)
  }
`);

/** From now on every tab of this browser acts as somebody else. */
export async function viewAs(subject: ViewAsInput): Promise<void> {
  await request(ViewAsDocument, { subject });
}

const StopViewAsDocument = graphql(`
  mutation StopViewAs {
    stopViewAs
  }
`);

/** Every tab acts as the signed-in person again. */
export async function stopViewAs(): Promise<void> {
  await request(StopViewAsDocument, {});
}
