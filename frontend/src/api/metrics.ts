import { graphql } from "./generated/gql.ts";
import type { MetricsSource, MetricsSubscription } from "./generated/graphql.ts";
import type { Chunk } from "./live.ts";
import { useLive } from "./live.ts";

export type { MetricsSource };

const MetricsDocument = graphql(`
  subscription Metrics($source: MetricsSource!) {
    metrics(source: $source) {
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

/** Three columns of equal length: Unix seconds, cores, bytes. */
export type MetricsSeries = MetricsSubscription["metrics"]["series"][number];
export type MetricsState = Omit<MetricsSubscription["metrics"], "snapshot">;

const hourSeconds = 3600;

/** The state after a message: a snapshot replaces all, other messages append to their lines; an hour is kept. Pure. */
export function applyMetrics(
  state: MetricsState | undefined,
  { data: { metrics } }: Pick<Chunk<MetricsSubscription>, "data">,
): MetricsState {
  const { snapshot, ...message } = metrics;
  if (snapshot || state === undefined) return message;
  const fresh = new Map(message.series.map((series) => [series.name, series]));
  const series = state.series.map((before) => join(before, fresh.get(before.name)));
  return { ...message, series };
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

/** CPU and memory of pods or a node, live. */
export function useMetrics(source: MetricsSource) {
  return useLive({ document: MetricsDocument, variables: { source }, reduce: applyMetrics });
}
