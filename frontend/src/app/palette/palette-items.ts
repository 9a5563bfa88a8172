import type { ApiResource } from "#api/objects.ts";
import type { SearchHit } from "#api/search.ts";
import type { Feature, ObjectCommand } from "#resources/feature.ts";
import { isListed, kindKey, kindPath, objectPath, pluralLabel } from "#resources/kinds.ts";

/** One line of the palette. */
export interface PaletteItem {
  key: string;
  /** The heading under which it stands. */
  group: "Actions" | "Pages" | "Objects" | "Namespaces" | "Console" | "Recent";
  title: string;
  detail?: string;
  /** Other words that find it, in lower case. */
  alias?: string;
  /** Exactly one of these says what choosing it does. */
  path?: string;
  run?: () => void;
  hit?: SearchHit;
  /** With a hit: the command to start on that object. */
  command?: ObjectCommand;
}

const mostOfGroup = 6;

/** The pages of features, what they let people begin, and the lists of all kinds. */
export function pageItems(
  features: readonly Feature[],
  served: readonly ApiResource[],
  ns: string,
): PaletteItem[] {
  const pages = features.flatMap(({ navigation }) => navigation);
  const paths = new Set(pages.map(({ path }) => path(ns)));
  const starts = features
    .flatMap(({ quickStarts }) => quickStarts)
    .filter(({ path }) => !paths.has(path(ns)));
  const kinds = served.filter((kind) => isListed(kind) && !paths.has(kindPath(kind, ns)));
  return [
    { key: "page overview", group: "Pages", title: "Overview", path: `/namespaces/${ns}` },
    ...pages.map(({ label, path }) => ({
      key: `page ${label}`,
      group: "Pages" as const,
      title: label,
      path: path(ns),
    })),
    ...starts.map(({ action, path }) => ({
      key: `start ${action}`,
      group: "Pages" as const,
      title: action,
      path: path(ns),
    })),
    ...kinds.map((kind) => ({
      key: `kind ${kindKey(kind)}`,
      group: "Pages" as const,
      title: pluralLabel(kind.kind),
      detail: kind.group === "" ? "list" : `list, ${kind.group}`,
      alias: [...kind.shortNames, kind.plural].join(" "),
      path: kindPath(kind, ns),
    })),
  ];
}

/** Objects as lines. */
export function objectItems(hits: readonly SearchHit[]): PaletteItem[] {
  return hits.map((hit) => ({
    key: `object ${hit.kind} ${hit.group} ${hit.namespace ?? ""} ${hit.name}`,
    group: "Objects",
    title: hit.name,
    detail: placeText(hit),
    path: objectPath(hit, hit.namespace, hit.name),
    hit,
  }));
}

function placeText({ kind, namespace }: SearchHit): string {
  return namespace ? `${kind} in ${namespace}` : kind;
}

/** "restart web": the commands that the first word begins, and the words that name the object. */
export function commandWords(
  text: string,
  commands: readonly ObjectCommand[],
): { commands: ObjectCommand[]; rest: string } | undefined {
  const [verb = "", ...rest] = text.trim().toLowerCase().split(/\s+/);
  if (verb.length < 2 || rest.length === 0) return undefined;
  const meant = commands.filter(({ key }) => key.startsWith(verb));
  return meant.length > 0 ? { commands: meant, rest: rest.join(" ") } : undefined;
}

/** The commands that fit the kinds of the objects that were found. */
export function commandItems(commands: readonly ObjectCommand[], hits: readonly SearchHit[]): PaletteItem[] {
  const items = hits.flatMap((hit) =>
    commands
      .filter(({ kinds }) => kinds === "all" || kinds.includes(kindKey(hit)))
      .map((command): PaletteItem => {
        const verb = command.key.replaceAll("-", " ");
        return {
          key: `command ${command.key} ${hit.kind} ${hit.namespace ?? ""} ${hit.name}`,
          group: "Actions",
          title: `${verb.charAt(0).toUpperCase()}${verb.slice(1)} ${hit.name}`,
          detail: placeText(hit),
          hit,
          command,
        };
      }),
  );
  return items.slice(0, mostOfGroup);
}

/** Whether a line is one that the text begins, by its title or another name. */
export function isMeant({ title, alias }: PaletteItem, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return title.toLowerCase().startsWith(wanted) || (alias?.split(" ").includes(wanted) ?? false);
}

/** The lines that hold all words, those whose title begins with the text first, then shorter ones; some of each group. */
export function matchItems(items: readonly PaletteItem[], text: string): PaletteItem[] {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const fitting = items.flatMap((item) => {
    const title = item.title.toLowerCase();
    const aliases = item.alias?.split(" ") ?? [];
    const all = `${title} ${item.alias ?? ""} ${item.detail?.toLowerCase() ?? ""}`;
    if (!words.every((word) => all.includes(word))) return [];
    const rank = aliases.includes(wanted) || title === wanted ? 0 : title.startsWith(wanted) ? 1 : 2;
    return { item, rank };
  });
  const sorted = fitting.toSorted((a, b) => a.rank - b.rank || a.item.title.length - b.item.title.length);
  const shown = new Map<string, number>();
  return sorted.flatMap(({ item }) => {
    const count = (shown.get(item.group) ?? 0) + 1;
    shown.set(item.group, count);
    return count <= mostOfGroup ? item : [];
  });
}
