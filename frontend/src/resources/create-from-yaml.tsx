import { Navigate } from "@tanstack/react-router";
import type { ApiResource } from "#api/objects.ts";
import { kindKey } from "./kinds.ts";

/** Leads to the page that creates an object of this kind. */
export function CreateFromYaml(props: {
  kind: ApiResource | undefined;
  namespace: string | undefined;
  onClose: () => void;
}) {
  const { kind, namespace } = props;
  const search = { ...(kind ? { kind: kindKey(kind) } : {}), ...(namespace ? { namespace } : {}) };
  return <Navigate to="/upload" search={search} />;
}
