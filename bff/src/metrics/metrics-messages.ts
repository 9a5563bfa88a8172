import { ForbiddenError, NotFoundError } from "@kyma/kube/errors.ts";
import { latest } from "../graphql/latest.ts";
import type { Joined } from "../resources/live-messages.ts";
import type { Liveness } from "../resources/live-set.ts";
import { shownLines, type Sample, type Samples } from "./samples.ts";

interface MetricsMessage {
  liveness: Liveness;
  staleSince: string | null;
  snapshot: boolean;
  hasHistory: boolean;
  series: { name: string; times: number[]; cpu: number[]; memory: number[] }[];
  problem: string | null;
}

/** What a reader has not seen yet of each line; a snapshot when lines came or went. */
export function metricsMessages(
  join: () => Joined<Samples, { hasHistory: boolean }>,
): AsyncIterableIterator<MetricsMessage> {
  let joined: ReturnType<typeof join> | undefined;
  const told = new Map<string, number>();
  let toldLiveness: Liveness | undefined;
  let toldProblem = false;
  const open = (wake: () => void): (() => void) => {
    joined = join();
    const unlisten = joined.set.listen({ changed: wake, livenessChanged: wake });
    const { leave } = joined;
    return () => (unlisten(), leave());
  };
  const take = (): { value: MetricsMessage } | undefined => {
    if (!joined) return undefined;
    const { liveness, staleSince, failure, head, entries, loaded } = joined.set;
    const base = { liveness, staleSince: staleSince ? new Date(staleSince).toISOString() : null };
    if (failure !== undefined) {
      if (toldProblem) return undefined;
      toldProblem = true;
      const problem = problemText(failure);
      return { value: { ...base, snapshot: true, hasHistory: false, series: [], problem } };
    }
    if (!loaded && liveness === (toldLiveness ?? "LIVE")) return undefined;
    const lines = shownLines(entries.get("") ?? new Map<string, Sample[]>());
    const snapshot = !sameLines(lines, told);
    const series = [...lines].flatMap(([name, list]) => {
      const fresh = snapshot ? list : list.filter(({ at }) => at > (told.get(name) ?? 0));
      return fresh.length > 0 ? seriesOf(name, fresh) : [];
    });
    if (series.length === 0 && toldLiveness === liveness) return undefined;
    toldLiveness = liveness;
    told.clear();
    for (const [name, list] of lines) told.set(name, list.at(-1)?.at ?? 0);
    return { value: { ...base, snapshot, hasHistory: head?.hasHistory ?? false, series, problem: null } };
  };
  return latest({ open, take }, 1000);
}

function sameLines(lines: Samples, told: Map<string, number>): boolean {
  return told.size > 0 && lines.size === told.size && [...lines.keys()].every((name) => told.has(name));
}

function seriesOf(name: string, samples: Sample[]): MetricsMessage["series"][number] {
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
