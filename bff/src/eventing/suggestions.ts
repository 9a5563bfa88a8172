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
  complete: boolean;
}

/** What stands in the fields already; empty texts ask for all. */
interface Typed {
  source: string;
  type: string;
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
 * Sources and types that go with what is typed. What the person may not read is left out; who may not list Subscriptions everywhere gets those
 * of `namespaces`.
 */
export async function suggestions(
  kube: KubeClient,
  namespaces: readonly string[] | undefined,
  typed: Typed,
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
    typed,
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

/**
 * Each source once, each type of a source once: those that begin with what is typed before those that hold it, what was seen (the busiest
 * first) and what is only known in turns, so that none crowds out the other. A source chooses the types that are its own. Pure.
 */
export function merge(
  seen: readonly Pick<ObservedEvent, "type" | "source" | "rate" | "count">[],
  subscribed: readonly { source: string; types: string[] }[],
  applicationNames: readonly string[],
  typed: Typed,
): EventSuggestions {
  const busiest = seen.toSorted((a, b) => b.rate - a.rate || b.count - a.count);
  const types = new Map<string, SuggestedType>();
  for (const one of inTurns(
    busiest.map(({ type, source }) => ({ type, source, seen: true })),
    unseenOf(busiest, subscribed),
  ))
    if (typed.source === "" || one.source === typed.source) types.set(keyOf(one), one);
  const sources = new Set(
    inTurns(
      busiest.map(({ source }) => source),
      subscribed.map(({ source }) => source),
      applicationNames,
    ),
  );
  const fittingSources = fitting([...sources], typed.source, (source) => source);
  const fittingTypes = fitting([...types.values()], typed.type, ({ type }) => type);
  return {
    sources: fittingSources.slice(0, most),
    types: fittingTypes.slice(0, most),
    complete: fittingSources.length <= most && fittingTypes.length <= most,
  };
}

function keyOf({ source, type }: { source: string; type: string }): string {
  return JSON.stringify([source, type]);
}

function unseenOf(
  seen: readonly { source: string; type: string }[],
  subscribed: readonly { source: string; types: string[] }[],
): SuggestedType[] {
  const known = new Set(seen.map(keyOf));
  return subscribed
    .flatMap(({ source, types }) => types.map((type) => ({ type, source, seen: false })))
    .filter((one) => !known.has(keyOf(one)));
}

/** The first of each list, the second of each, and so on. */
function inTurns<T>(...lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}

function fitting<T>(items: readonly T[], typed: string, textOf: (item: T) => string): T[] {
  const wanted = typed.trim().toLowerCase();
  const placeOf = (item: T): number =>
    textOf(item) === "" ? -1 : textOf(item).toLowerCase().indexOf(wanted);
  return [...items.filter((item) => placeOf(item) === 0), ...items.filter((item) => placeOf(item) > 0)];
}
