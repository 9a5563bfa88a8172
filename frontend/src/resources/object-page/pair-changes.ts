import type { ChangedField } from "#api/objects.ts";

/** One label or annotation while it is edited. */
export interface Pair {
  key: string;
  value: string;
}

type Pairs = Readonly<Record<string, string>>;

export function toPairs(pairs: Pairs | undefined): Pair[] {
  return Object.entries(pairs ?? {}).map(([key, value]) => ({ key, value }));
}

const part = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const prefix = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** What is wrong with the edited pairs, as a sentence; undefined when nothing is. Pure. */
export function pairProblem(pairs: readonly Pair[], what: "labels" | "annotations"): string | undefined {
  const seen = new Set<string>();
  for (const { key, value } of pairs) {
    if (key === "" && value === "") continue;
    const slash = key.indexOf("/");
    const name = key.slice(slash + 1);
    if (!part.test(name) || (slash >= 0 && !prefix.test(key.slice(0, slash))))
      return `"${key}" is no key: letters, digits, dots, dashes and underscores, with a DNS name and / before it if you like.`;
    if (what === "labels" && value !== "" && !part.test(value))
      return `"${value}" cannot be the value of a label: at most 63 letters, digits, dots, dashes and underscores.`;
    if (seen.has(key)) return `"${key}" is there twice.`;
    seen.add(key);
  }
  return undefined;
}

/** What a merge patch has to say to get from one to the other: null removes a key. Pure. */
export function pairPatch(before: Pairs | undefined, pairs: readonly Pair[]): Record<string, string | null> {
  const after = new Map(pairs.filter(({ key }) => key !== "").map(({ key, value }) => [key, value]));
  const removed = Object.keys(before ?? {}).filter((key) => !after.has(key));
  const changed = [...after].filter(
    ([key, value]) => !before || !Object.hasOwn(before, key) || before[key] !== value,
  );
  return Object.fromEntries([...removed.map((key) => [key, null] as const), ...changed]);
}

/** The patch as changes to show. Pure. */
export function pairChanges(
  before: Pairs | undefined,
  patch: Readonly<Record<string, string | null>>,
): ChangedField[] {
  return Object.entries(patch).map(([field, after]) => ({
    field,
    before: valueOf(before, field) ?? null,
    after,
  }));
}

function valueOf(pairs: Pairs | undefined, key: string): string | undefined {
  return pairs && Object.hasOwn(pairs, key) ? pairs[key] : undefined;
}

/** Keys of the patch that somebody else has changed since the editing began. Pure. */
export function overlapping(
  patch: Readonly<Record<string, string | null>>,
  before: Pairs | undefined,
  now: Pairs | undefined,
): string[] {
  return Object.keys(patch).filter(
    (key) => valueOf(before, key) !== valueOf(now, key) && valueOf(now, key) !== (patch[key] ?? undefined),
  );
}
