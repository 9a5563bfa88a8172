import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { UnauthenticatedError, UnavailableError } from "#api/errors.ts";
import { sessionQuery } from "#api/session.ts";

/** Any refusal for want of a session makes the shell ask for it again, which shows the sign-in page. */
function watchSession(error: Error, key: readonly unknown[] | undefined): void {
  if (!(error instanceof UnauthenticatedError) || key?.[0] === sessionQuery.queryKey[0]) return;
  void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => watchSession(error, query.queryKey) }),
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
