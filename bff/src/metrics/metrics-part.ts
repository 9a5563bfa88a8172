import { ForbiddenError, NotFoundError } from "@kyma/kube/errors.ts";
import type { ResourceType, UnknownObject } from "@kyma/kube/objects.ts";
import {
  daemonSets,
  deployments,
  jobs,
  kindKey,
  nodes,
  pods,
  replicaSets,
  statefulSets,
} from "@kyma/kube/resource-types.ts";
import type { Area } from "../graphql/schema.ts";
import { selectorText, type LabelSelector } from "../resources/label-selector.ts";
import type { Liveness } from "../resources/live-set.ts";
import type { Followed, GrowingPart } from "../resources/page-part.ts";
import { metricsSource, type Source } from "./metrics-upstream.ts";
import { shownLines, type Sample, type Samples } from "./samples.ts";

/** CPU and memory on the pages of what runs. */
export const metricsArea: Area = { sdl: new URL("./schema.graphql", import.meta.url) };

/** As MetricsPart in the SDL. */
interface MetricsPart {
  liveness: Liveness;
  staleSince: string | null;
  snapshot: boolean;
  hasHistory: boolean;
  series: { name: string; times: number[]; cpu: number[]; memory: number[] }[];
  problem: string | null;
}

/** CPU and memory of a pod, of a workload's pods or of a node. */
export const metricsPart: GrowingPart = {
  field: "metrics",
  start() {
    let told = new ToldMetrics("");
    return ({ type, object, follow }) => {
      const source = object && sourceOf(type, object);
      if (!source) return null;
      const live = metricsSource(source);
      if (told.key !== live.key) told = new ToldMetrics(live.key);
      return told.next(follow(live));
    };
  },
};

const manyPods = new Set([deployments, statefulSets, daemonSets, replicaSets, jobs].map(kindKey));

/** What is measured for an object; undefined when it has no pods. Pure. */
function sourceOf(type: ResourceType, { metadata, spec }: UnknownObject): Source | undefined {
  const { name, namespace = "" } = metadata;
  const key = kindKey(type);
  if (key === kindKey(nodes)) return { kind: "NODE", name };
  if (key === kindKey(pods)) return { kind: "POD", namespace, name };
  if (!manyPods.has(key)) return undefined;
  const labelSelector = selectorText((spec as { selector?: LabelSelector } | undefined)?.selector);
  return labelSelector ? { kind: "PODS", namespace, labelSelector } : undefined;
}

/** What a reader has not seen yet of each line; a snapshot when lines came or went. */
class ToldMetrics {
  readonly key: string;
  /** When the newest sample of each line was taken, Unix seconds. */
  readonly #lines = new Map<string, number>();
  #liveness: Liveness | undefined;

  constructor(key: string) {
    this.key = key;
  }

  next(set: Followed<Samples, { hasHistory: boolean }>): MetricsPart | undefined {
    const { liveness, staleSince, failure, head, entries, loaded } = set;
    const base = { liveness, staleSince: staleSince ? new Date(staleSince).toISOString() : null };
    if (failure !== undefined)
      return { ...base, snapshot: true, hasHistory: false, series: [], problem: problemText(failure) };
    if (!loaded && liveness === (this.#liveness ?? "LIVE")) return undefined;
    const lines = shownLines(entries.get("") ?? new Map<string, Sample[]>());
    const snapshot = !this.#hasSame(lines);
    const series = [...lines].flatMap(([name, list]) => {
      const fresh = snapshot ? list : list.filter(({ at }) => at > (this.#lines.get(name) ?? 0));
      return fresh.length > 0 ? seriesOf(name, fresh) : [];
    });
    if (series.length === 0 && this.#liveness === liveness) return undefined;
    this.#liveness = liveness;
    this.#lines.clear();
    for (const [name, list] of lines) this.#lines.set(name, list.at(-1)?.at ?? 0);
    return { ...base, snapshot, hasHistory: head?.hasHistory ?? false, series, problem: null };
  }

  #hasSame(lines: Samples): boolean {
    const told = this.#lines;
    return told.size > 0 && lines.size === told.size && [...lines.keys()].every((name) => told.has(name));
  }
}

function seriesOf(name: string, samples: Sample[]): MetricsPart["series"][number] {
  return {
    name,
    times: samples.map(({ at }) => at),
    cpu: samples.map(({ cpu }) => cpu),
    memory: samples.map(({ memory }) => memory),
  };
}

function problemText(failure: unknown): string {
  if (failure instanceof NotFoundError)
    return "This cluster has no metrics API: install metrics-server to see CPU and memory here.";
  if (failure instanceof ForbiddenError) return `You may not read metrics: ${failure.message}`;
  return `Metrics cannot be read: ${(failure as Error).message}`;
}
