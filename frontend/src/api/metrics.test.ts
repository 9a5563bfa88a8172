import { expect, it } from "vitest";
import type { MetricsState } from "./metrics.ts";
import { applyMetrics } from "./metrics.ts";

const message = (snapshot: boolean, times: number[], name = "app") => ({
  liveness: "LIVE" as const,
  staleSince: null,
  snapshot,
  hasHistory: true,
  problem: null,
  series: [{ name, times, cpu: times.map(() => 1), memory: times.map(() => 2) }],
});
const times = (state: MetricsState) => state.series.map((series) => [series.name, series.times]);

it("begins with a snapshot, appends, keeps an hour, and begins anew with the next snapshot", () => {
  let state = applyMetrics(undefined, message(true, [0, 15]));
  state = applyMetrics(state, message(false, [30]));
  expect(times(state)).toEqual([["app", [0, 15, 30]]]);
  state = applyMetrics(state, message(false, [3620]));
  expect(times(state)).toEqual([["app", [30, 3620]]]);
  expect(state.series[0]?.cpu).toHaveLength(2);
  state = applyMetrics(state, message(true, [5], "other"));
  expect(times(state)).toEqual([["other", [5]]]);
});
