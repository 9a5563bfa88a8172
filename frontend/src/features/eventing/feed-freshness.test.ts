import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useFeedFreshness } from "./feed-freshness.ts";
import type { FeedState } from "./feed-store.ts";

function freshnessOf(feed: Partial<FeedState<string>>, isEarlier = false) {
  const rows = [{ number: 0, item: "seen" }];
  const value = { watching: true, wasOpen: true, rows, seen: 1, omitted: 0, problem: null, ...feed };
  const live = { value, lost: undefined, at: 5000, error: null, isEarlier, retry: () => undefined };
  return renderHook(() => useFeedFreshness(live)).result.current;
}

test("a feed that is not watched at the moment is stale, however many rows it has", () => {
  expect(freshnessOf({})).toEqual({ state: "live" });
  expect(freshnessOf({ watching: false })).toEqual({ state: "stale", since: 5000 });
});

test("a feed that never was open, or shows rows of another one, is not live yet", () => {
  expect(freshnessOf({ watching: false, wasOpen: false })).toEqual({ state: "loading" });
  expect(freshnessOf({}, true)).toEqual({ state: "loading" });
});
