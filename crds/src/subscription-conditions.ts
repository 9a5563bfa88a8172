/** Types of the conditions in a Subscription's status; the spaces are Kyma's. */
export const subscriptionConditionTypes = {
  specValid: "Subscription spec valid",
  active: "Subscription active",
} as const;

/** Reasons of the conditions in a Subscription's status. */
export const subscriptionConditionReasons = {
  specHasNoErrors: "Subscription spec has no validation errors",
  specHasErrors: "Subscription spec has validation errors",
  active: "NATS Subscription active",
  notActive: "NATS Subscription not active",
} as const;

export type SubscriptionConditionType =
  (typeof subscriptionConditionTypes)[keyof typeof subscriptionConditionTypes];
export type SubscriptionConditionReason =
  (typeof subscriptionConditionReasons)[keyof typeof subscriptionConditionReasons];

/** Keeps a deleted Subscription until its consumers are gone. */
export const subscriptionFinalizer = "eventing.kyma-project.io";
