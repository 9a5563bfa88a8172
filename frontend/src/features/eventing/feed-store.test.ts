import { expect, test } from "vitest";
import { applyFeed, type FeedState } from "./feed-store.ts";

function message(from: number, count: number, more: { omitted?: number; opened?: boolean } = {}) {
  const items = Array.from({ length: count }, (_, index) => from + index);
  return { watching: true, opened: false, items, omitted: 0, problem: null, ...more };
}
const itemsOf = ({ rows }: FeedState<number>) => rows.map(({ item }) => item);

test("the newest stands first, and memory is bounded", () => {
  let state = applyFeed(undefined, message(1, 2), 500);
  expect(itemsOf(state)).toEqual([2, 1]);
  for (let from = 3; from < 2003; from += 100)
    state = applyFeed(state, message(from, 100, { omitted: 7 }), 500);
  expect(state.rows).toHaveLength(500);
  expect(state.rows[0]?.item).toBe(2002);
  expect(state).toMatchObject({ omitted: 140, seen: 2142 });
  expect(new Set(state.rows.map(({ number }) => number)).size).toBe(500);
});

test("a feed that was opened again has a row where something may be missing", () => {
  let state = applyFeed<number>(undefined, message(1, 0, { opened: true }), 500);
  expect(itemsOf(state)).toEqual([]);
  state = applyFeed(state, message(1, 2), 500);
  state = applyFeed(state, { ...message(3, 0), watching: false }, 500);
  expect(state).toMatchObject({ watching: false, rows: [{ item: 2 }, { item: 1 }] });
  state = applyFeed(state, message(3, 0, { opened: true }), 500);
  state = applyFeed(state, message(3, 0, { opened: true }), 500);
  state = applyFeed(state, message(3, 1), 500);
  expect(itemsOf(state)).toEqual([3, undefined, 2, 1]);
  expect(state).toMatchObject({ watching: true, seen: 3 });
  expect(new Set(state.rows.map(({ number }) => number)).size).toBe(4);
});

test("a feed that could not be opened at first has missed nothing that it promised", () => {
  const refused = { ...message(1, 0), watching: false };
  const state = applyFeed<number>(undefined, refused, 500);
  expect(itemsOf(applyFeed(state, message(1, 1, { opened: true }), 500))).toEqual([1]);
});
