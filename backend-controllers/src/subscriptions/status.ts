import type {
  Subscription,
  SubscriptionCondition,
  SubscriptionStatus,
} from "@kyma/crds/generated/subscriptions.gen.ts";
import {
  subscriptionConditionReasons as reasons,
  subscriptionConditionTypes as types,
} from "@kyma/crds/subscription-conditions.ts";
import type { FieldProblem } from "@kyma/eventing/delivery-config.ts";
import type { WantedDelivery } from "@kyma/eventing/subscription-spec.ts";
import type { EventText } from "../runtime/event-recorder.ts";

/** What came of a reconcile; `wanted` is absent where the spec does not say what it asks for. */
export type Outcome =
  | { kind: "invalid"; problems: readonly FieldProblem[] }
  | { kind: "no-sink"; problem: string; wanted: WantedDelivery; consumers: ReadonlySet<string> }
  | { kind: "not-active"; problem: string; wanted: WantedDelivery; consumers: ReadonlySet<string> }
  | { kind: "active"; warnings: readonly string[]; wanted: WantedDelivery; consumers: ReadonlySet<string> };

const longestMessage = 8192;

/**
 * The status of a Subscription. `consumers` of the outcome are those that exist. Of an invalid spec nothing is told but why; a sink whose
 * Service is missing counts as such, but the consumers, which stay, are still named. `now` is RFC 3339. Pure.
 */
export function statusOf(subscription: Subscription, outcome: Outcome, now: string): SubscriptionStatus {
  const conditions = conditionsOf(subscription, outcome, now);
  if (outcome.kind === "invalid") return { ready: false, types: [], conditions };
  const { wanted, consumers } = outcome;
  return {
    ready: outcome.kind === "active",
    types: wanted.types.map(({ originalType, cleanType }) => ({ originalType, cleanType })),
    conditions,
    backend: {
      types: wanted.types
        .filter(({ consumerName }) => consumers.has(consumerName))
        .map(({ originalType, consumerName }) => ({ originalType, consumerName })),
    },
  };
}

function conditionsOf(
  { metadata, status }: Subscription,
  outcome: Outcome,
  now: string,
): SubscriptionCondition[] {
  const refusal = specRefusal(outcome);
  const valid = refusal === undefined;
  const next: Omit<SubscriptionCondition, "lastTransitionTime">[] = [
    {
      type: types.specValid,
      status: valid ? "True" : "False",
      reason: valid ? reasons.specHasNoErrors : reasons.specHasErrors,
      message: refusal ?? "The spec is valid.",
    },
  ];
  if (outcome.kind === "not-active")
    next.push({
      type: types.active,
      status: "False",
      reason: reasons.notActive,
      message: `${outcome.problem}.`,
    });
  if (outcome.kind === "active")
    next.push({
      type: types.active,
      status: "True",
      reason: reasons.active,
      message: activeMessage(outcome.warnings),
    });
  return next.map(({ message = "", ...condition }) => ({
    ...condition,
    message: cut(message),
    lastTransitionTime: lastTransition(status?.conditions, condition, now),
    ...(metadata.generation !== undefined && { observedGeneration: metadata.generation }),
  }));
}

function specRefusal(outcome: Outcome): string | undefined {
  if (outcome.kind === "no-sink") {
    const meanwhile = outcome.consumers.size > 0 ? "events wait" : "no events are taken";
    return `${outcome.problem}; ${meanwhile} until that is mended.`;
  }
  if (outcome.kind !== "invalid") return undefined;
  return outcome.problems.map(({ message }) => `${message}.`).join(" ");
}

function activeMessage(warnings: readonly string[]): string {
  if (warnings.length === 0) return "Every type has a consumer.";
  return `Warning: ${warnings.map((text) => `${text}.`).join(" ")}`;
}

function lastTransition(
  before: readonly SubscriptionCondition[] | undefined,
  { type, status }: Pick<SubscriptionCondition, "type" | "status">,
  now: string,
): string {
  const previous = before?.find((condition) => condition.type === type);
  return (previous?.status === status ? previous.lastTransitionTime : undefined) ?? now;
}

/** Events for what changed: a spec that cannot be taken, and the delivery that begins or ends. Pure. */
export function statusEvents(before: SubscriptionStatus | undefined, after: SubscriptionStatus): EventText[] {
  return (after.conditions ?? []).flatMap(({ type, status, message = "" }) => {
    const old = before?.conditions?.find((condition) => condition.type === type);
    if (old?.status === status && old.message === message) return [];
    if (type === types.specValid)
      return status === "True" ? [] : [{ type: "Warning", reason: "ValidationFailed", message }];
    const active = status === "True";
    const reason = active ? "SubscriptionActive" : "SubscriptionNotActive";
    const warns = !active || message.startsWith("Warning");
    return [{ type: warns ? "Warning" : "Normal", reason, message } satisfies EventText];
  });
}

function cut(message: string): string {
  return message.length <= longestMessage ? message : `${message.slice(0, longestMessage - 1)}…`;
}
