import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { suggestionsQuery } from "./eventing-api.ts";
import { useSuggestions } from "./use-suggestions.ts";

// The address is the router's affair.
vi.mock("#resources/namespace-scope.ts", () => ({ useNamespaceScope: () => ({ namespaces: ["shop"] }) }));

const answer = (type: string, complete: boolean) => ({
  sources: ["shop"],
  types: [{ type, source: "shop", seen: true }],
  complete,
});

/** What is suggested when the server has answered both questions. */
function suggested(complete: boolean) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const typed = { source: "shop", type: "rare" };
  client.setQueryData(
    suggestionsQuery(["shop"], { source: "", type: "" }).queryKey,
    answer("busy.v1", complete),
  );
  // What is not asked for must not be shown, even where it is known.
  client.setQueryData(suggestionsQuery(["shop"], typed).queryKey, answer("rare.v1", true));
  const { result } = renderHook(() => useSuggestions(typed), {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  });
  return result.current?.types.map(({ type }) => type);
}

test("only where one answer does not hold all is it asked for what goes with what is typed", () => {
  expect(suggested(false)).toEqual(["rare.v1"]);
  expect(suggested(true)).toEqual(["busy.v1"]);
});
