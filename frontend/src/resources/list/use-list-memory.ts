import { useEffect, useRef, useState } from "react";
import { useSession } from "#api/session.ts";
import { parseJson } from "#ui/parse-json.ts";
import { recall, remember } from "#ui/storage.ts";
import type { KindType } from "../kinds.ts";
import { kindKey } from "../kinds.ts";
import type { ListSearch } from "./list-search.ts";
import { validateListSearch } from "./list-search.ts";
import type { SavedView } from "./saved-views.ts";
import { parseViews } from "./saved-views.ts";

/** What this browser remembers of a kind's list, for this person on this cluster. */
export interface ListMemory {
  views: readonly SavedView[];
  keepViews: (views: readonly SavedView[]) => void;
  /** Remembers which columns were chosen; undefined: the usual ones. */
  keepColumns: (cols: string[] | undefined) => void;
}

/** Reads and writes the memory. A list that is opened without a search begins with the default view, else with the columns of last time. */
export function useListMemory(
  type: KindType,
  search: ListSearch,
  show: (search: ListSearch, replace: boolean) => void,
): ListMemory {
  const session = useSession().data;
  const place = `${session?.user ?? ""}@${session?.cluster ?? ""}.${kindKey(type)}`;
  const [views, setViews] = useState<SavedView[]>(() => parseViews(recall(`views.${place}`)));
  useBeginning(place, views, search, show);
  return {
    views,
    keepViews: (next) => {
      setViews([...next]);
      remember(`views.${place}`, next.length === 0 ? undefined : JSON.stringify(next));
    },
    keepColumns: (cols) => remember(`columns.${place}`, cols && JSON.stringify(cols)),
  };
}

function useBeginning(
  place: string,
  views: readonly SavedView[],
  search: ListSearch,
  show: (search: ListSearch, replace: boolean) => void,
): void {
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    if (Object.keys(search).length > 0) return;
    const usual = views.find(({ isDefault }) => isDefault);
    const { cols } = validateListSearch({ cols: parseJson(recall(`columns.${place}`)) });
    if (usual) show({ ...usual.search, view: usual.name }, true);
    else if (cols) show({ cols }, true);
  }, [place, views, search, show]);
}
