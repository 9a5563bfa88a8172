import { useRef, useState } from "react";
import { errorMessage } from "#api/errors.ts";
import type { BulkAction } from "#api/lists.ts";
import { bulk } from "#api/lists.ts";
import type { Work } from "#ui/notices.ts";
import { startWork } from "#ui/notices.ts";
import type { KindType } from "../kinds.ts";
import type { BulkItem } from "./bulk-run.ts";
import {
  batches,
  countStates,
  newRun,
  retried,
  withCancelled,
  withFailure,
  withResults,
  withRunning,
} from "./bulk-run.ts";
import { uidOf } from "./row-menu.tsx";
import type { ListTarget } from "./selection.ts";

/** What is to be done, beside the objects. */
export interface BulkWish {
  action: BulkAction;
  replicas?: number;
  labels?: Record<string, string | null>;
}

/** Where a run stands: the person says what, the server checks, the person agrees, it is done. */
export type BulkPhase = "asking" | "checking" | "summary" | "running" | "finished";

export interface BulkRun {
  phase: BulkPhase;
  items: readonly BulkItem[];
  check: (wish: BulkWish) => void;
  start: () => void;
  retry: () => void;
  cancel: () => void;
}

/**
 * Does one thing to many objects, a bounded number per call, so that there is progress and a way to stop. It goes on when its dialog is
 * closed; the bell shows it under `title`.
 */
export function useBulkRun(type: KindType, targets: readonly ListTarget[], title: string): BulkRun {
  const [phase, setPhase] = useState<BulkPhase>("asking");
  const [items, setItems] = useState<readonly BulkItem[]>(() => newRun(targets));
  const latest = useRef(items);
  const wish = useRef<BulkWish>({ action: "LABEL" });
  const stopped = useRef(false);
  const set = (next: BulkItem[]) => {
    latest.current = next;
    setItems(next);
  };
  const cancel = () => {
    stopped.current = true;
  };
  const go = async (dryRun: boolean) => {
    stopped.current = false;
    setPhase(dryRun ? "checking" : "running");
    const work = dryRun ? undefined : startWork(title, { stop: cancel });
    for (const batch of batches(latest.current)) {
      if (stopped.current) break;
      if (!dryRun) set(withRunning(latest.current, batch));
      set(await send(type, wish.current, batch, dryRun, latest));
      const { tried, all } = runCounts(latest.current);
      work?.progress(tried / Math.max(1, all), `${tried} of ${all}`);
    }
    if (!dryRun && stopped.current) set(withCancelled(latest.current));
    if (work) tellEnd(work, latest.current);
    setPhase(dryRun ? "summary" : "finished");
  };
  const check = (next: BulkWish) => {
    wish.current = next;
    set(newRun(targets));
    void go(true);
  };
  const retry = () => {
    set(retried(latest.current));
    void go(false);
  };
  return { phase, items, check, start: () => void go(false), retry, cancel };
}

function runCounts(items: readonly BulkItem[]) {
  const { done, failed, refused, cancelled } = countStates(items);
  return { done, failed, cancelled, tried: done + failed, all: items.length - refused };
}

function tellEnd(work: Work, items: readonly BulkItem[]): void {
  const { done, failed, cancelled, all } = runCounts(items);
  const parts = [`${done} of ${all} done`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (cancelled > 0) parts.push(`${cancelled} cancelled`);
  if (failed > 0) work.fail(`${parts.join(", ")}.`);
  else work.finish(`${parts.join(", ")}.`);
}

async function send(
  type: KindType,
  { action, replicas, labels }: BulkWish,
  batch: readonly BulkItem[],
  dryRun: boolean,
  latest: { current: readonly BulkItem[] },
): Promise<BulkItem[]> {
  const targets = batch.map(({ key, namespace, name }) => ({ namespace, name, uid: uidOf(key) ?? null }));
  const { group, version, plural } = type;
  try {
    const results = await bulk({
      action,
      type: { group, version, plural },
      targets,
      dryRun,
      replicas: replicas ?? null,
      labels: labels ?? null,
    });
    return withResults(latest.current, results, dryRun);
  } catch (error) {
    return withFailure(latest.current, batch, errorMessage(error), dryRun);
  }
}
