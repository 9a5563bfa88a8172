import type { ApiResource } from "#api/objects.ts";
import { isListed, kindKey } from "#resources/kinds.ts";

function rankOf(kind: ApiResource, words: readonly string[]): number {
  const names = [kind.plural, kind.kind.toLowerCase(), ...kind.shortNames];
  if (words.every((word) => names.includes(word))) return 0;
  if (words.every((word) => names.some((name) => name.startsWith(word)))) return 1;
  return 2;
}

/** The kinds that can be listed and in whose names, short names, group or categories every word occurs; the closest names first. Pure. */
export function findKinds(kinds: readonly ApiResource[], filter: string): ApiResource[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return kinds
    .filter(isListed)
    .filter((kind) => {
      const text = [kindKey(kind), kind.kind, ...kind.shortNames, ...kind.categories].join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => rankOf(a, words) - rankOf(b, words) || a.kind.localeCompare(b.kind));
}
