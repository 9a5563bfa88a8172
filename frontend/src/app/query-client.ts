import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { UnauthenticatedError, UnavailableError } from "#api/errors.ts";
import type { SessionQuery } from "#api/generated/graphql.ts";
import { sessionQuery } from "#api/session.ts";
import { announceActor, onForeignActor } from "./actor-channel.ts";

const sessionKey = sessionQuery.queryKey[0];
let actor: string | undefined;

/** Asks who the browser acts as now; the shell shows the sign-in page when it is nobody. */
export function refreshSession(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
}

/** Any refusal for want of a session makes the shell ask for it again. */
function watchSession(error: Error, key: readonly unknown[] | undefined): void {
  if (!(error instanceof UnauthenticatedError) || key?.[0] === sessionKey) return;
  void refreshSession();
}

/** What was loaded as somebody else must not be seen, nor written over, as this one. */
function watchActor(data: unknown, key: readonly unknown[]): void {
  if (key[0] !== sessionKey) return;
  const next = (data as SessionQuery["session"]).actor;
  if (next === actor) return;
  if (actor !== undefined)
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey });
  actor = next;
  announceActor(next);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => watchSession(error, query.queryKey),
    onSuccess: (data, query) => watchActor(data, query.queryKey),
  }),
  mutationCache: new MutationCache({ onError: (error) => watchSession(error, undefined) }),
  defaultOptions: {
    queries: {
      networkMode: "always",
      retry: (count, error) => error instanceof UnavailableError && count < 3,
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: "always" },
  },
});

onForeignActor((other) => {
  if (other !== actor) void refreshSession();
});
