import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { refreshed, wholePage, withOlder, withoutLetters, type LetterList } from "./dead-letter-list.ts";
import {
  readDeadLetters,
  type DeadLetter,
  type DeadLetterPage,
  type DeadLetterScope,
} from "./eventing-api.ts";

const pageSize = 100;
const largestPage = 500;
const lookAgainMs = 5000;
/** The most dead letters that one run takes. */
export const mostLetters = 10_000;

/** Dead letters as they are seen: the newest page is read again and again, older ones once. */
export function useDeadLetters(scope: DeadLetterScope) {
  const client = useQueryClient();
  const queryKey = ["deadLetters", scope];
  const known = () => client.getQueryData<LetterList>(queryKey);
  // Its age stays that of the newest page.
  const change = (next: (list: LetterList) => LetterList) => {
    const updatedAt = client.getQueryState(queryKey)?.dataUpdatedAt ?? Date.now();
    client.setQueryData<LetterList>(queryKey, (list) => list && next(list), { updatedAt });
  };
  const read = (from: string | null, signal: AbortSignal) =>
    readDeadLetters(scope, { limit: pageSize, continue: from }, signal);
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const page = await read(null, signal);
      return refreshed(known(), page);
    },
    refetchInterval: lookAgainMs,
    retry: false,
  });
  const older = useMutation({
    mutationFn: async () => {
      const from = known()?.continue ?? null;
      if (from === null) return;
      // From now on the end of the list stays where it is.
      change((list) => ({ ...list, isExpanded: true }));
      const page = wholePage(await read(from, new AbortController().signal));
      change((list) => withOlder(list, from, page));
    },
  });
  return { query, older, forget: (gone: readonly string[]) => change((list) => withoutLetters(list, gone)) };
}

/** All dead letters of a scope, or the newest of them. */
interface AllLetters {
  letters: DeadLetter[];
  /** There are older ones. */
  isCut: boolean;
}

/** Reads page by page; `tell` gets how many there are so far. */
export async function readAllLetters(
  scope: DeadLetterScope,
  tell: (count: number) => void,
  signal: AbortSignal,
): Promise<AllLetters> {
  const letters: DeadLetter[] = [];
  let from: string | null = null;
  do {
    const page: DeadLetterPage = wholePage(
      await readDeadLetters(scope, { limit: largestPage, continue: from }, signal),
    );
    letters.push(...page.deadLetters);
    from = page.continue;
    tell(letters.length);
  } while (from !== null && letters.length < mostLetters);
  return { letters: letters.slice(0, mostLetters), isCut: from !== null || letters.length > mostLetters };
}
