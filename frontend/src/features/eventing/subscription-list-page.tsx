import { useNavigate } from "@tanstack/react-router";
import { needOn } from "#resources/access.ts";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { ResourceList } from "#resources/list/resource-list.tsx";
import { useNamespaceScope } from "#resources/namespace-scope.ts";
import { subscriptionType } from "#resources/well-known-types.ts";

/** All Subscriptions of the chosen namespaces, live. */
export function SubscriptionListPage() {
  const { ns, namespace } = useNamespaceScope();
  const navigate = useNavigate();
  const create = (
    <GuardedButton
      needs={[needOn(subscriptionType, "create", namespace ?? "default")]}
      onClick={() => void navigate({ to: "/namespaces/$ns/subscriptions/create", params: { ns } })}
    >
      Create a Subscription
    </GuardedButton>
  );
  return (
    <ResourceList
      type={subscriptionType}
      isNamespaced
      title="Subscriptions"
      actions={create}
      text="Which events are delivered to which Function or Service."
      empty={{
        title: "Nobody is subscribed yet",
        text: "A Subscription has events of some types delivered to a Function or Service.",
        actions: create,
      }}
    />
  );
}
