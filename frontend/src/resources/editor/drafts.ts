import { parseJson } from "#ui/parse-json.ts";

/** Text that was not saved, and the text it began with. */
export interface Draft {
  base: string;
  text: string;
  /** Milliseconds since 1970. */
  savedAt: number;
}

const prefix = "kyma.draft.";
const mostDrafts = 30;
const longestDraft = 400_000;

/** Where a draft is kept: one per user, cluster and object. */
export function draftKey(parts: {
  user: string;
  cluster: string;
  group: string;
  plural: string;
  namespace: string | null | undefined;
  name: string;
}): string {
  const { user, cluster, group, plural, namespace, name } = parts;
  return JSON.stringify([user, cluster, group, plural, namespace ?? "", name]);
}

/** Drafts of Secrets: their values must not lie in the browser's storage in clear. They live as long as the page. */
const inMemory = new Map<string, Draft>();

/**
 * Keeps a draft, or forgets it when it is undefined. Survives a reload and the end of the session; of many the oldest go. What is too long
 * or cannot be stored (storage may be full or blocked) is not kept.
 * @returns whether it is kept
 */
export function keepDraft(
  key: string,
  draft: Draft | undefined,
  { secret }: { secret: boolean },
  storage: () => Storage = () => localStorage,
): boolean {
  if (secret) {
    if (draft) inMemory.set(key, draft);
    else inMemory.delete(key);
    return draft !== undefined;
  }
  try {
    if (!draft || draft.base.length + draft.text.length > longestDraft) {
      storage().removeItem(prefix + key);
      return false;
    }
    storage().setItem(prefix + key, JSON.stringify(draft));
    dropOldest(storage());
    return true;
  } catch {
    return false;
  }
}

/** What was kept under the key. */
export function findDraft(
  key: string,
  { secret }: { secret: boolean },
  storage: () => Storage = () => localStorage,
): Draft | undefined {
  if (secret) return inMemory.get(key);
  try {
    return toDraft(storage().getItem(prefix + key));
  } catch {
    return undefined;
  }
}

function dropOldest(storage: Storage): void {
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at)).filter((key) =>
    key?.startsWith(prefix),
  );
  const drafts = keys.map((key) => ({ key, savedAt: toDraft(storage.getItem(key ?? ""))?.savedAt ?? 0 }));
  for (const { key } of drafts.toSorted((a, b) => b.savedAt - a.savedAt).slice(mostDrafts))
    storage.removeItem(key ?? "");
}

function toDraft(text: string | null): Draft | undefined {
  const value = parseJson(text ?? undefined) as Partial<Draft> | undefined | null;
  const fits =
    typeof value?.base === "string" && typeof value.text === "string" && typeof value.savedAt === "number";
  return fits ? (value as Draft) : undefined;
}
