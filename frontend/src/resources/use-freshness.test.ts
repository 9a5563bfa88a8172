import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useFreshness } from "./use-freshness.ts";

const idle = { lost: undefined, at: 5000, error: null, isEarlier: false, retry: () => undefined };
const freshnessOf = (live: Parameters<typeof useFreshness>[0]) =>
  renderHook(() => useFreshness(live)).result.current;

test("a view is stale from when its stream was lost, or since when it says so itself", () => {
  expect(freshnessOf({ ...idle, value: undefined })).toEqual({ state: "loading" });
  expect(freshnessOf({ ...idle, value: { liveness: "LIVE" } })).toEqual({ state: "live" });
  expect(freshnessOf({ ...idle, value: { staleSince: null } })).toEqual({ state: "live" });
  expect(freshnessOf({ ...idle, value: { liveness: "RECONNECTING" } })).toEqual({
    state: "stale",
    since: 5000,
  });
  expect(freshnessOf({ ...idle, value: { staleSince: "1970-01-01T00:00:03Z" } })).toEqual({
    state: "stale",
    since: 3000,
  });
  expect(freshnessOf({ ...idle, value: { staleSince: null }, lost: "gone" })).toEqual({
    state: "stale",
    since: 5000,
  });
});
