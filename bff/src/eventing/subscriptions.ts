import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { subscriptionConditionTypes } from "@kyma/crds/subscription-conditions.ts";
import { cleanLegacyType, isLegacyType, subjectOf, subjectPrefix } from "@kyma/eventing/subjects.ts";
import type { UnknownObject } from "@kyma/kube/objects.ts";

/** What eventing pages keep of a Subscription. */
export interface KnownSubscription {
  key: string;
  namespace: string;
  name: string;
  source: string;
  sink: string;
  types: string[];
  matching: "standard" | "exact";
  ready: boolean;
  /** Why it is not ready. */
  reason: string | null;
}

/** Pure. The schema promises little of what stands in a Subscription: what is not text counts as absent. */
export function knownSubscription(object: UnknownObject): KnownSubscription {
  const { metadata, spec, status } = object as unknown as Partial<Subscription> &
    Pick<Subscription, "metadata">;
  const { namespace = "", name, uid } = metadata;
  const ready = status?.ready === true;
  const failed = status?.conditions?.find((condition) => condition.status === "False");
  return {
    key: uid ?? `${namespace}/${name}`,
    namespace,
    name,
    source: spec?.source ?? "",
    sink: spec?.sink ?? "",
    types: spec?.types ?? [],
    matching: spec?.typeMatching === "exact" ? "exact" : "standard",
    ready,
    reason: ready ? null : reasonOf(failed),
  };
}

function reasonOf(condition: { type?: string; reason?: string; message?: string } | undefined): string {
  if (!condition) return "The controller has not looked at it yet.";
  const { type, reason, message } = condition;
  return message || reason || `${type ?? subscriptionConditionTypes.active} is False.`;
}

/** The subjects under which a publisher's event is stored. Pure. */
function subjectsOf({ source, type }: { source: string; type: string }): string[] {
  const legacy = isLegacyType(type) ? cleanLegacyType(type) : undefined;
  return legacy === undefined ? [subjectOf(source, type, "standard")] : [`${subjectPrefix}.${legacy}`];
}

/** Is an event of this source and type for the Subscription? Pure. */
export function isFor(
  { source, types, matching }: Pick<KnownSubscription, "source" | "types" | "matching">,
  event: { source: string; type: string },
): boolean {
  const subjects = new Set(subjectsOf(event));
  return types.some((type) => subjects.has(subjectOf(source, type, matching)));
}
