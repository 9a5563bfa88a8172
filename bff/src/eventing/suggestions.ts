import { subscriptions } from "@kyma/crds/resource-types.ts";
import type { KubeClient } from "@kyma/kube/client.ts";
import { ApiError } from "@kyma/kube/errors.ts";
import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import { observedEvents, type ObservedObject } from "./delivery-api.ts";
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

/** Sources and types that may be meant: those seen lately first. What the person may not read is left out. */
export async function suggestions(
  kube: KubeClient,
  namespaces: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<EventSuggestions> {
  const unlessRefused = async <T>(read: Promise<T[]>): Promise<T[]> => {
    try {
      return await read;
    } catch (error) {
      if (error instanceof ApiError) return [];
      throw error;
    }
  };
  const list = async (type: ResourceType, namespace?: string): Promise<UnknownObject[]> =>
    (await kube.list<UnknownObject>(type, { namespace, signal })).items;
  const [seen, known, apps] = await Promise.all([
    unlessRefused(readList<ObservedObject>(kube, observedEvents, undefined, signal)),
    Promise.all((namespaces ?? [undefined]).map((one) => unlessRefused(list(subscriptions, one)))),
    unlessRefused(list(applications)),
  ]);
  return merge(
    seen,
    known.flat().map(knownSubscription),
    apps.map(({ metadata }) => metadata.name),
  );
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
