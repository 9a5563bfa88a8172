import type { PodUsage } from "../metrics/sampler.ts";
import type { SampleRing, UsageSample } from "../metrics/ring.ts";
import { timeText } from "../status/container-status.ts";

/** CPU and memory as quantities. */
export interface Usage {
  cpu: string;
  memory: string;
}

interface Meta {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  creationTimestamp?: string;
}

/** metrics.k8s.io/v1beta1 NodeMetrics or PodMetrics. */
export interface Metrics {
  kind: "NodeMetrics" | "PodMetrics";
  apiVersion: string;
  metadata: Meta;
  timestamp: string;
  window: string;
  usage?: Usage;
  containers?: { name: string; usage: Usage }[];
}

/**
 * history.metrics.kyma-project.io/v1 PodMetricsHistory or NodeMetricsHistory: the last hour, oldest first, one sample about every 15 seconds.
 * A pod's sample has `containers` (each with its name), a node's has `usage`. `usage.cpu` is the average of the interval that ends at
 * `timestamp`, in nanocores ("12345678n"); `usage.memory` is the working set at its end ("1234Ki").
 */
export interface MetricsHistory {
  kind: "PodMetricsHistory" | "NodeMetricsHistory";
  apiVersion: string;
  metadata: Meta;
  samples: { timestamp: string; usage?: Usage; containers?: { name: string; usage: Usage }[] }[];
}

export const metricsVersion = "metrics.k8s.io/v1beta1";
export const historyVersion = "history.metrics.kyma-project.io/v1";

export function usageText({ cpuCores, memoryBytes }: Pick<UsageSample, "cpuCores" | "memoryBytes">): Usage {
  return { cpu: `${Math.round(cpuCores * 1e9)}n`, memory: `${Math.round(memoryBytes / 1024)}Ki` };
}

function windowText(ms: number): string {
  return `${(ms / 1000).toFixed(3)}s`;
}

/** The newest interval of a pod; undefined while a container of it has not been measured over one. */
export function podMetrics({ pod, containers }: PodUsage, now: number): Metrics | undefined {
  const last = containers.flatMap(({ name, windowMs, samples }) =>
    samples.last ? { name, windowMs, last: samples.last } : [],
  );
  const running = last.filter(({ last: { at } }) => now - at < 2.5 * 15_000);
  if (running.length === 0) return undefined;
  return {
    kind: "PodMetrics",
    apiVersion: metricsVersion,
    metadata: metaOf(pod, now),
    timestamp: timeText(Math.min(...running.map(({ last: { at } }) => at))),
    window: windowText(Math.min(...running.map(({ windowMs }) => windowMs))),
    containers: running.map(({ name, last: sample }) => ({ name, usage: usageText(sample) })),
  };
}

/** The newest interval of the node; undefined before the first is over. */
export function nodeMetrics(
  node: Meta,
  { windowMs, samples }: { windowMs: number; samples: SampleRing },
  now: number,
): Metrics | undefined {
  const { last } = samples;
  if (!last) return undefined;
  return {
    kind: "NodeMetrics",
    apiVersion: metricsVersion,
    metadata: { ...node, creationTimestamp: timeText(now) },
    timestamp: timeText(last.at),
    window: windowText(windowMs),
    usage: usageText(last),
  };
}

/** The hour of a pod. Its containers are measured together, so their samples of one time make one of the pod. */
export function podHistory({ pod, containers }: PodUsage, now: number): MetricsHistory {
  const byTime = new Map<number, { name: string; usage: Usage }[]>();
  for (const { name, samples } of containers) {
    for (const sample of samples.samples())
      byTime.set(sample.at, [...(byTime.get(sample.at) ?? []), { name, usage: usageText(sample) }]);
  }
  const samples = [...byTime]
    .sort(([a], [b]) => a - b)
    .map(([at, measured]) => ({ timestamp: timeText(at), containers: measured }));
  return { kind: "PodMetricsHistory", apiVersion: historyVersion, metadata: metaOf(pod, now), samples };
}

/** The hour of the node. */
export function nodeHistory(node: Meta, ring: SampleRing, now: number): MetricsHistory {
  const samples = ring
    .samples()
    .map((sample) => ({ timestamp: timeText(sample.at), usage: usageText(sample) }));
  const metadata = { ...node, creationTimestamp: timeText(now) };
  return { kind: "NodeMetricsHistory", apiVersion: historyVersion, metadata, samples };
}

function metaOf(pod: PodUsage["pod"], now: number): Meta {
  const { name, namespace, labels } = pod.metadata;
  return {
    name,
    ...(namespace ? { namespace } : {}),
    ...(labels ? { labels } : {}),
    creationTimestamp: timeText(now),
  };
}
