import { ResourcePage } from "#resources/resource-page.tsx";
import { subscriptionType } from "#resources/well-known-types.ts";

/** One Subscription: the page of any object, with parts of its own. */
export function SubscriptionPage() {
  return <ResourcePage type={subscriptionType} />;
}
