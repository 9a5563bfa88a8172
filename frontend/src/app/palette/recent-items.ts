import { parseJson } from "#ui/parse-json.ts";
import { recall, remember } from "#ui/storage.ts";
import type { PaletteItem } from "./palette-items.ts";

const most = 7;

interface Recent {
  title: string;
  detail?: string;
  path: string;
}

function isRecent(entry: unknown): entry is Recent {
  const { title, path } = (entry ?? {}) as Partial<Recent>;
  return (
    typeof title === "string" && typeof path === "string" && path.startsWith("/") && !path.startsWith("//")
  );
}

/** Where the palette led lately, the last one first. */
export function recentItems(): PaletteItem[] {
  const stored = parseJson(recall("palette.recent"));
  return (Array.isArray(stored) ? stored : []).filter(isRecent).map((recent) => ({
    ...recent,
    key: `recent ${recent.path}`,
    group: "Recent",
  }));
}

/** Remembers a line that leads somewhere. */
export function rememberItem({ title, detail, path }: PaletteItem): void {
  if (path === undefined) return;
  const others = recentItems().filter((recent) => recent.path !== path);
  const entries = [{ title, detail, path }, ...others].slice(0, most);
  remember("palette.recent", JSON.stringify(entries));
}
