import { useSyncExternalStore } from "react";
import { parseJson } from "#ui/parse-json.ts";
import { recall, remember } from "#ui/storage.ts";

type OpenGroups = Readonly<Record<string, boolean>>;

let groups: OpenGroups | undefined;
const listeners = new Set<() => void>();

function read(): OpenGroups {
  if (groups === undefined) {
    const known = parseJson(recall("navigation.open"));
    const entries = Object.entries(typeof known === "object" && known !== null ? known : {});
    groups = Object.fromEntries(entries.filter(([, value]) => typeof value === "boolean"));
  }
  return groups;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function setOpen(title: string, isOpen: boolean): void {
  groups = { ...read(), [title]: isOpen };
  remember("navigation.open", JSON.stringify(groups));
  for (const listener of listeners) listener();
}

/** Which headings of the navigation the person opened or closed, by title; remembered in this browser. */
export function useOpenGroups(): [OpenGroups, (title: string, isOpen: boolean) => void] {
  return [useSyncExternalStore(subscribe, read), setOpen];
}
