import { createContext, use } from "react";
import type { Feature, ListLook, ObjectCard, ObjectCommand, ObjectTab } from "./feature.ts";
import type { KindType } from "./kinds.ts";
import { kindKey } from "./kinds.ts";

/** What features put on the pages of objects; the app fills it in. */
export interface ObjectExtensions {
  tabs: readonly ObjectTab[];
  cards: readonly ObjectCard[];
  commands: readonly ObjectCommand[];
  lists: readonly ListLook[];
}

export const ObjectExtensionsContext = createContext<ObjectExtensions>({
  tabs: [],
  cards: [],
  commands: [],
  lists: [],
});

/** Everything that the features offer, in their order. Pure. */
export function collectExtensions(features: readonly Feature[]): ObjectExtensions {
  const inOrder = <T extends { order: number }>(entries: T[]) =>
    entries.toSorted((a, b) => a.order - b.order);
  return {
    tabs: inOrder(features.flatMap(({ objectTabs }) => objectTabs ?? [])),
    cards: inOrder(features.flatMap(({ objectCards }) => objectCards ?? [])),
    commands: features.flatMap(({ objectCommands }) => objectCommands ?? []),
    lists: features.flatMap(({ lists }) => lists ?? []),
  };
}

/** What there is for objects of a kind. */
export function useObjectExtensions(type: KindType): ObjectExtensions {
  const all = use(ObjectExtensionsContext);
  const isFor = ({ kinds }: { kinds: readonly string[] | "all" }) =>
    kinds === "all" || kinds.includes(kindKey(type));
  return {
    tabs: all.tabs.filter(isFor),
    cards: all.cards.filter(isFor),
    commands: all.commands.filter(isFor),
    lists: all.lists.filter(isFor),
  };
}
