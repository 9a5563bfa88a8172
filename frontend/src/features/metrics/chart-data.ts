import type { MetricsSeries } from "#api/metrics.ts";

/** What a chart draws: one column of times (Unix seconds), then one column for each line; null where a line has no sample. */
export interface ChartData {
  names: string[];
  columns: [number[], ...(number | null)[][]];
}

/** Lines that were measured at different times on one time axis. Pure. */
export function chartData(series: readonly MetricsSeries[], value: "cpu" | "memory"): ChartData {
  const times = [...new Set(series.flatMap((one) => one.times))].toSorted((a, b) => a - b);
  const columns = series.map((one) => {
    const at = new Map(one.times.map((time, index) => [time, one[value][index] ?? null]));
    return times.map((time) => at.get(time) ?? null);
  });
  return { names: series.map(({ name }) => name), columns: [times, ...columns] };
}

/** All lines together: at the end of the time, and at most. */
export function summary(
  series: readonly MetricsSeries[],
  value: "cpu" | "memory",
): { now: number; highest: number } {
  const newest = Math.max(...series.map(({ times }) => times.at(-1) ?? 0));
  // A line that ended long before the others is of a container or pod that is gone.
  const now = series
    .filter(({ times }) => (times.at(-1) ?? 0) > newest - 60)
    .reduce((sum, one) => sum + (one[value].at(-1) ?? 0), 0);
  const highest = series.reduce((sum, one) => sum + Math.max(0, ...one[value]), 0);
  return { now, highest };
}
