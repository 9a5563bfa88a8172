import { expect, test } from "vitest";
import { countMatches, findPageStart, type FindMatch } from "./letter-pages.ts";

/** A stream whose matches have these sequences. */
function searchIn(matches: readonly number[]): { find: FindMatch; asked: () => number } {
  let asked = 0;
  const find: FindMatch = async (seq) => {
    asked++;
    const index = matches.findIndex((match) => match >= seq);
    return index < 0 ? undefined : { seq: matches[index]!, behind: matches.length - 1 - index };
  };
  return { find, asked: () => asked };
}

async function pages(matches: readonly number[], limit: number, last: number): Promise<number[][]> {
  const { find } = searchIn(matches);
  const read: number[][] = [];
  let before = last + 1;
  for (;;) {
    const start = await findPageStart(find, { first: 1, before, limit });
    if (!start) return read;
    read.push(matches.filter((seq) => seq >= start.seq && seq < before));
    expect(read.at(-1)).toHaveLength(start.count);
    before = start.seq;
  }
}

const every = (step: number, last: number): number[] =>
  Array.from({ length: Math.floor(last / step) }, (_, index) => (index + 1) * step);

test.each<[string, number[], number]>([
  ["dense", every(1, 100), 100],
  ["sparse", every(37, 5000), 5000],
  ["dense at the start only", every(1, 50), 100_000],
  ["dense at the end only", every(1, 50).map((seq) => seq + 99_950), 100_000],
  ["in two heaps", [...every(1, 30), ...every(1, 30).map((seq) => seq + 70_000)], 70_500],
  ["one", [1], 1],
])("pages from the newest to the oldest have every match once: %s", async (_, matches, last) => {
  for (const limit of [1, 7, 30, 500]) {
    const read = await pages(matches, limit, last);
    expect(read.toReversed().flat()).toEqual(matches);
    for (const page of read.slice(0, -1)) expect(page).toHaveLength(limit);
  }
});

test("no match is no page", async () => {
  expect(await findPageStart(searchIn([]).find, { first: 1, before: 1000, limit: 10 })).toBeUndefined();
  expect(await findPageStart(searchIn([50]).find, { first: 1, before: 50, limit: 10 })).toBeUndefined();
});

test("few questions find a page in a stream of a million", async () => {
  const { find, asked } = searchIn(every(1000, 1_000_000));
  expect(await findPageStart(find, { first: 1, before: 1_000_001, limit: 20 })).toEqual({
    seq: 981_000,
    count: 20,
    beyond: 0,
  });
  expect(asked()).toBeLessThan(40);
});

test("matches that arrive or go meanwhile end no search", async () => {
  const matches = every(3, 3000);
  const inner = searchIn(matches);
  const find: FindMatch = async (seq) => {
    matches.push(matches.at(-1)! + 3);
    matches.splice(Math.floor(matches.length / 2), 3);
    return inner.find(seq);
  };
  const start = await findPageStart(find, { first: 1, before: 3001, limit: 50 });
  expect(start?.seq).toBeGreaterThan(0);
  expect(await countMatches(inner.find, 1)).toBe(matches.length);
});
