import type { KubeClient } from "@kyma/kube/client.ts";
import { ApiError, NotFoundError, toApiError } from "@kyma/kube/errors.ts";
import { setTimeout as delay } from "node:timers/promises";
import type { Change, Upstream } from "../resources/live-set.ts";
import type { LiveSource } from "../resources/page-part.ts";
import {
  addSample,
  byContainer,
  forgetOld,
  ofPod,
  type Measured,
  type Sample,
  type Samples,
} from "./samples.ts";

/** What is measured, by names of objects that were read. */
export type Source =
  | { kind: "POD"; namespace: string; name: string }
  | { kind: "PODS"; namespace: string; labelSelector: string }
  | { kind: "NODE"; name: string };

/** metrics-server measures every 15 s. */
const everyMs = 10_000;

interface Item extends Measured {
  metadata: { name: string };
  samples?: Measured[];
}

export function metricsSource(source: Source): LiveSource<Samples, { hasHistory: boolean }> {
  return {
    key: JSON.stringify(["metrics", source]),
    open: ({ kube }) => metricsUpstream(kube, source),
  };
}

/**
 * Measurements as a live set with one entry (its samples): the list asks for the last hour and for now, the watch asks again every ten seconds, since the
 * metrics API has no watch. What was measured meanwhile stays when a request fails.
 */
function metricsUpstream(kube: KubeClient, source: Source): Upstream<Samples, { hasHistory: boolean }> {
  const samples: Samples = new Map();
  let hasHistory = false;
  const lines = source.kind === "PODS" ? ofPod : byContainer;
  const note = (name: string, measured: Measured): boolean =>
    lines(name, measured)
      .map(([line, sample]: [string, Sample]) => addSample(samples, line, sample))
      .includes(true);
  const now = async (signal: AbortSignal): Promise<boolean> => {
    const items = await read(kube, currentPath(source), signal);
    forgetOld(samples, Date.now() / 1000);
    return items.map((item) => note(item.metadata.name, item)).includes(true);
  };
  return {
    async list(signal) {
      const history = await read(kube, historyPath(source), signal).catch(unlessMissing);
      hasHistory = history !== undefined;
      for (const item of history ?? [])
        for (const measured of item.samples ?? []) note(item.metadata.name, measured);
      await now(signal);
      return { entries: new Map([["", samples]]), head: { hasHistory }, resourceVersion: "0" };
    },
    async *watch(_version, signal, opened): AsyncGenerator<Change<Samples>> {
      opened();
      for (;;) {
        await delay(everyMs, undefined, { signal });
        if (await now(signal)) yield { key: "", value: samples };
      }
    },
  };
}

function currentPath(source: Source): string {
  return path("/apis/metrics.k8s.io/v1beta1", source);
}

function historyPath(source: Source): string {
  return path("/apis/history.metrics.kyma-project.io/v1", source);
}

function path(base: string, source: Source): string {
  if (source.kind === "NODE") return `${base}/nodes/${encodeURIComponent(source.name)}`;
  const pods = `${base}/namespaces/${source.namespace}/pods`;
  return source.kind === "POD"
    ? `${pods}/${encodeURIComponent(source.name)}`
    : `${pods}?labelSelector=${encodeURIComponent(source.labelSelector)}`;
}

/** One object or a list of them, as a list. A pod that was not measured yet is none. */
async function read(kube: KubeClient, path: string, signal: AbortSignal): Promise<Item[]> {
  const answer = await kube.raw(path, { signal });
  if (answer.status !== 200) {
    const error = toApiError(answer.status, await answer.text(), answer.headers["retry-after"]);
    if (error instanceof NotFoundError && error.details?.name) return [];
    throw error;
  }
  const body = await answer.json<Item & { items?: Item[] }>();
  return body.items ?? [body];
}

/** A cluster without a history, or one that may not be read, is no failure. */
function unlessMissing(error: unknown): undefined {
  if (error instanceof ApiError) return undefined;
  throw error;
}
