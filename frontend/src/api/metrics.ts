import { graphql } from "./generated/gql.ts";
import type { MetricsPagePartFragment } from "./generated/graphql.ts";

// Part of the one subscription of an object's page (object-page.ts).
graphql(`
  fragment MetricsPagePart on ObjectPageMessage {
    metrics {
      liveness
      staleSince
      snapshot
      hasHistory
      problem
      series {
        name
        times
        cpu
        memory
      }
    }
  }
`);

/** What is new of CPU and memory. */
type MetricsPart = NonNullable<MetricsPagePartFragment["metrics"]>;
/** Three columns of equal length: Unix seconds, cores, bytes. */
export type MetricsSeries = MetricsPart["series"][number];
export type MetricsState = Omit<MetricsPart, "snapshot">;

const hourSeconds = 3600;

/** The state after a message's part: a snapshot replaces all, others append to their lines; an hour is kept. Pure. */
export function applyMetrics(
  state: MetricsState | null | undefined,
  { snapshot, ...part }: MetricsPart,
): MetricsState {
  if (snapshot || !state) return part;
  const fresh = new Map(part.series.map((series) => [series.name, series]));
  const series = state.series.map((before) => join(before, fresh.get(before.name)));
  return { ...part, series };
}

function join(before: MetricsSeries, fresh: MetricsSeries | undefined): MetricsSeries {
  if (!fresh) return before;
  const oldest = (fresh.times.at(-1) ?? 0) - hourSeconds;
  const from = before.times.findIndex((time) => time >= oldest);
  const kept = from < 0 ? before.times.length : from;
  return {
    name: before.name,
    times: [...before.times.slice(kept), ...fresh.times],
    cpu: [...before.cpu.slice(kept), ...fresh.cpu],
    memory: [...before.memory.slice(kept), ...fresh.memory],
  };
}
