import { legacyTypePrefix } from "@kyma/eventing/subjects.ts";

/** What of a Subscription is looked at. The schema asks for no spec. */
export interface SubscribedTypes {
  spec?: { source?: string; types?: string[]; typeMatching?: string };
}

export interface SubscribedEvent {
  name: string;
  version: string;
}

/** The events of an application that somebody subscribed to, each once, ordered by name. Pure. */
export function subscribedEvents(
  subscriptions: Iterable<SubscribedTypes>,
  application: string,
): SubscribedEvent[] {
  const prefix = `${legacyTypePrefix}.${application}.`;
  const types = new Set<string>();
  for (const { spec } of subscriptions)
    for (const type of spec?.types ?? []) {
      if (spec?.typeMatching !== "exact") {
        if (spec?.source === application) types.add(type);
      } else if (type.startsWith(prefix)) types.add(type.slice(prefix.length));
    }
  return [...types]
    .filter((type) => type.includes("."))
    .sort()
    .map((type) => {
      const dot = type.lastIndexOf(".");
      return { name: type.slice(0, dot), version: type.slice(dot + 1) };
    });
}
