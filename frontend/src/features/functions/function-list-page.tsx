import { useNavigate } from "@tanstack/react-router";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { ResourceList } from "#resources/list/resource-list.tsx";
import { namespacesLabel, useNamespaceScope } from "#resources/namespace-scope.ts";
import { functionType } from "#resources/well-known-types.ts";

/** All Functions of the chosen namespaces, live. */
export function FunctionListPage() {
  const { ns, namespaces, namespace } = useNamespaceScope();
  const navigate = useNavigate();
  const create = (
    <GuardedButton
      needs={[
        {
          verb: "create",
          group: functionType.group,
          resource: functionType.plural,
          namespace: namespace ?? "default",
        },
      ]}
      onClick={() => void navigate({ to: "/namespaces/$ns/functions/create", params: { ns } })}
    >
      Create a Function
    </GuardedButton>
  );
  return (
    <ResourceList
      type={functionType}
      isNamespaced
      title="Functions"
      actions={create}
      empty={{
        title: `No Functions${namespaces ? ` in ${namespacesLabel(namespaces)}` : ""} yet`,
        text: "A Function is a piece of JavaScript that Kyma runs for you. Start from a template: it takes a minute.",
        actions: create,
      }}
    />
  );
}
