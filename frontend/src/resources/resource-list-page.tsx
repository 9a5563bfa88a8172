import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { apiResourcesQuery } from "#api/objects.ts";
import { CreateFromYaml } from "./create-from-yaml.tsx";
import { GuardedButton } from "./guarded-button.tsx";
import type { KindType } from "./kinds.ts";
import { kindKey } from "./kinds.ts";
import { ResourceList } from "./list/resource-list.tsx";
import { useNamespaceScope } from "./namespace-scope.ts";

/** The kind that an address names (`core` stands for the group without a name). */
export function typeOfAddress(params: { group?: string; version?: string; plural?: string }): KindType {
  return {
    group: params.group === "core" ? "" : (params.group ?? ""),
    version: params.version ?? "",
    plural: params.plural ?? "",
  };
}

/** The live list of any kind, as kubectl prints it. */
export function ResourceListPage() {
  const params = useParams({ strict: false });
  const type = typeOfAddress(params);
  return (
    <ResourceList
      // Another kind begins with its own columns and order.
      key={kindKey(type)}
      type={type}
      isNamespaced={params.ns !== undefined}
      actions={<CreateButton type={type} isNamespaced={params.ns !== undefined} />}
    />
  );
}

function CreateButton({ type, isNamespaced }: { type: KindType; isNamespaced: boolean }) {
  const [creating, setCreating] = useState(false);
  const scope = useNamespaceScope();
  const namespace = isNamespaced ? scope.namespace : undefined;
  const kind = useQuery(apiResourcesQuery).data?.find((served) => kindKey(served) === kindKey(type));
  if (kind && !kind.verbs.includes("create")) return null;
  const need = {
    verb: "create",
    group: type.group,
    resource: type.plural,
    namespace: isNamespaced ? (namespace ?? "default") : undefined,
  };
  return (
    <>
      <GuardedButton variant="primary" needs={[need]} onClick={() => setCreating(true)}>
        Create
      </GuardedButton>
      {creating ? (
        <CreateFromYaml kind={kind} namespace={namespace} onClose={() => setCreating(false)} />
      ) : null}
    </>
  );
}
