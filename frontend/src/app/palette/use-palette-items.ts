import { useQuery } from "@tanstack/react-query";
import { use, useMemo } from "react";
import { apiResourcesQuery } from "#api/objects.ts";
import { searchQuery } from "#api/search.ts";
import { ObjectExtensionsContext } from "#resources/object-extensions.ts";
import { namespaceItems } from "./namespace-items.ts";
import { features } from "../features.ts";
import { commandItems, commandWords, isMeant, matchItems, objectItems, pageItems } from "./palette-items.ts";
import type { PaletteItem } from "./palette-items.ts";

const noHits: never[] = [];

/** What fits the text: actions on objects first, then pages, objects, namespaces and what the console itself can do. */
export function usePaletteItems(
  text: string,
  { ns, namespaces, own }: { ns: string; namespaces: readonly string[]; own: readonly PaletteItem[] },
): { items: PaletteItem[]; searching: boolean; error: Error | null } {
  const served = useQuery(apiResourcesQuery).data ?? noHits;
  const { commands } = use(ObjectExtensionsContext);
  const verb = commandWords(text, commands);
  const search = useQuery(searchQuery(verb?.rest ?? text.trim()));
  const hits = text.trim() === "" ? noHits : (search.data ?? noHits);
  const local = useMemo(
    () => [...pageItems(features, served, ns), ...own, ...namespaceItems(namespaces)],
    [served, ns, own, namespaces],
  );
  const fitting = matchItems(local, text);
  const pages = fitting.filter(({ group }) => group === "Pages");
  const items = [
    ...(verb ? commandItems(verb.commands, hits) : []),
    ...pages.filter((page) => isMeant(page, text)),
    ...objectItems(hits),
    // A page that only holds the text somewhere is meant less often than an object that begins with it.
    ...pages.filter((page) => !isMeant(page, text)),
    ...fitting.filter(({ group }) => group !== "Pages"),
  ];
  return { items, searching: search.isFetching, error: search.error };
}
