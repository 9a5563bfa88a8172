import { useNavigate } from "@tanstack/react-router";
import type { FunctionRef } from "#api/generated/graphql.ts";

/** Leads to the form that exposes the Function. */
export function useExpose({ namespace: ns, name }: FunctionRef): () => void {
  const navigate = useNavigate();
  return () =>
    void navigate({
      to: "/namespaces/$ns/api-rules/create",
      params: { ns },
      search: { service: name, port: 80 },
    });
}
