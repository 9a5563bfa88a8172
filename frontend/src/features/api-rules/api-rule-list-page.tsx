import { useNavigate } from "@tanstack/react-router";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { ResourceList } from "#resources/list/resource-list.tsx";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { apiRuleType } from "#resources/well-known-types.ts";

/** All APIRules of the chosen namespaces, live. */
export function ApiRuleListPage() {
  const { ns, namespace } = useNamespaceScope();
  const navigate = useNavigate();
  const create = (
    <GuardedButton
      needs={[
        {
          verb: "create",
          group: apiRuleType.group,
          resource: apiRuleType.plural,
          namespace: namespace ?? "default",
        },
      ]}
      onClick={() => void navigate({ to: "/namespaces/$ns/api-rules/create", params: { ns } })}
    >
      Create an API Rule
    </GuardedButton>
  );
  return (
    <ResourceList
      type={apiRuleType}
      isNamespaced
      title="API Rules"
      actions={create}
      text="Hosts and paths under which Services can be called from outside."
      empty={{
        title: "Nothing is exposed yet",
        text: "An API Rule gives a Service or Function a host and says who may call which path.",
        actions: create,
      }}
    />
  );
}
