import { subscriptions } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { ApiError } from "@kyma/kube/errors.ts";
import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import type { ObservedEvent } from "@kyma/eventing/delivery-objects.ts";
import { observedEvents } from "./delivery-api.ts";
import { readList } from "./polled.ts";
import { knownSubscription } from "./subscriptions.ts";

interface SuggestedType {
  type: string;
  source: string;
  seen: boolean;
}

/** As EventSuggestions in the SDL. */
interface EventSuggestions {
  sources: string[];
  types: SuggestedType[];
}

const applications: ResourceType = {
  group: "applicationconnector.kyma-project.io",
  version: "v1alpha1",
  plural: "applications",
  kind: "Application",
  namespaced: false,
};
const most = 200;

/**
 * Sources and types that may be meant: those seen lately first. What the person may not read is left out; who may not list Subscriptions
 * everywhere gets those of `namespaces`.
 */
export async function suggestions(
  kube: KubeClient,
  namespaces: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<EventSuggestions> {
  const list = async (type: ResourceType, namespace?: string): Promise<UnknownObject[]> =>
    (await kube.list<UnknownObject>(type, { namespace, signal })).items;
  const ofPlaces = async (): Promise<UnknownObject[]> =>
    (await Promise.all((namespaces ?? []).map((one) => readable(list(subscriptions, one))))).flatMap(
      (found) => found ?? [],
    );
  const [seen, known, apps] = await Promise.all([
    readable(readList<ObservedEvent>(kube, observedEvents, undefined, signal)),
    readable(list(subscriptions)).then((all) => all ?? ofPlaces()),
    readable(list(applications)),
  ]);
  return merge(
    seen ?? [],
    known.map(knownSubscription),
    (apps ?? []).map(({ metadata }) => metadata.name),
  );
}

/** Undefined when the API server gives no list. */
async function readable<T>(read: Promise<T[]>): Promise<T[] | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

/** Each source once, each type of a source once. Pure. */
export function merge(
  seen: readonly { type: string; source: string }[],
  subscribed: readonly { source: string; types: string[] }[],
  applicationNames: readonly string[],
): EventSuggestions {
  const types = new Map<string, SuggestedType>();
  const add = (type: string, source: string, wasSeen: boolean): void => {
    const key = JSON.stringify([source, type]);
    if (type !== "" && !types.has(key)) types.set(key, { type, source, seen: wasSeen });
  };
  for (const { type, source } of seen) add(type, source, true);
  for (const { source, types: wanted } of subscribed) for (const type of wanted) add(type, source, false);
  const sources = new Set([
    ...seen.map(({ source }) => source),
    ...subscribed.map(({ source }) => source),
    ...applicationNames,
  ]);
  sources.delete("");
  return { sources: [...sources].slice(0, most), types: [...types.values()].slice(0, most) };
}
