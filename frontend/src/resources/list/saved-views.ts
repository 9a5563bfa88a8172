import { parseJson } from "#ui/parse-json.ts";
import type { ListSearch } from "./list-search.ts";
import { validateListSearch } from "./list-search.ts";

/** A way to look at a kind's list that a person gave a name. */
export interface SavedView {
  name: string;
  /** Namespaces as in the address; "" for cluster-scoped kinds. */
  ns: string;
  search: ListSearch;
  isDefault: boolean;
}

const most = 50;

/** The views that a browser remembers; whatever is damaged is left out. Pure. */
export function parseViews(text: string | undefined): SavedView[] {
  const list = parseJson(text);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry): SavedView[] => {
    const { name, ns, search, isDefault } = (entry ?? {}) as Record<string, unknown>;
    if (typeof name !== "string" || name.trim() === "") return [];
    if (typeof search !== "object" || search === null) return [];
    return [
      {
        name,
        ns: typeof ns === "string" ? ns : "",
        search: validateListSearch(search as Record<string, unknown>),
        isDefault: isDefault === true,
      },
    ];
  });
}

/** With a view put in place of the one of that name, or added; in the order of names. Pure. */
export function putView(views: readonly SavedView[], view: SavedView): SavedView[] {
  const others = views.filter(({ name }) => name !== view.name).slice(0, most - 1);
  const rest = view.isDefault ? others.map((other) => ({ ...other, isDefault: false })) : others;
  return [...rest, view].toSorted((a, b) => a.name.localeCompare(b.name));
}

export function removeView(views: readonly SavedView[], name: string): SavedView[] {
  return views.filter((view) => view.name !== name);
}

export function renameView(views: readonly SavedView[], name: string, next: string): SavedView[] {
  const view = views.find((candidate) => candidate.name === name);
  return view ? putView(removeView(views, name), { ...view, name: next }) : [...views];
}

/** Makes a view the one that the kind's list begins with, or none of them. */
export function setDefault(views: readonly SavedView[], name: string | undefined): SavedView[] {
  return views.map((view) => ({ ...view, isDefault: view.name === name }));
}
