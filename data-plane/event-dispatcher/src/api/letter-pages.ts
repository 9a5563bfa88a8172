/** The first match at or behind a sequence: its own sequence, and how many matches are behind it. */
export interface Match {
  seq: number;
  behind: number;
}
export type FindMatch = (seq: number) => Promise<Match | undefined>;

export interface PageStart {
  /** The page's matches are those from here up to `before`. */
  seq: number;
  /** How many matches there are from here up to `before`. */
  count: number;
  /** How many there are from `before` on. */
  beyond: number;
}

/**
 * Where the newest `limit` matches before the sequence `before` begin, in a stream that can only be searched forwards and tells how many
 * matches are left: looks back in steps that double, then halves. `first` is the stream's first sequence. Undefined when there are none.
 */
export async function findPageStart(
  find: FindMatch,
  { first, before, limit }: { first: number; before: number; limit: number },
): Promise<PageStart | undefined> {
  const beyond = await countMatches(find, before);
  const from = async (seq: number): Promise<PageStart> => {
    const match = await find(seq);
    return { seq: match?.seq ?? before, count: match ? match.behind + 1 - beyond : 0, beyond };
  };
  let low = before;
  let high = before;
  let page: PageStart = { seq: before, count: 0, beyond };
  for (let step = limit; page.count < limit && low > first; step *= 2) {
    high = low;
    low = Math.max(first, before - step);
    page = await from(low);
  }
  // Invariant: from `low` there are at least as many as wanted, from `high` fewer.
  while (page.count > limit && high - page.seq > 1) {
    const middle = Math.floor((page.seq + high) / 2);
    const half = await from(middle);
    if (half.count >= limit) page = half;
    else high = middle;
  }
  return page.count > 0 ? page : undefined;
}

/** How many matches there are from a sequence on. */
export async function countMatches(find: FindMatch, seq: number): Promise<number> {
  const match = await find(seq);
  return match ? match.behind + 1 : 0;
}
