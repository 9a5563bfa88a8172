import { useSyncExternalStore } from "react";
import { errorMessage, UnavailableError } from "#api/errors.ts";
import { cordonNode, evictPods, readDrainPlan } from "#api/workloads.ts";
import { objectPath } from "#resources/kinds.ts";
import { nodeType } from "#resources/well-known-types.ts";
import type { Work } from "#ui/notices.ts";
import { startWork } from "#ui/notices.ts";
import { toast } from "#ui/toasts.tsx";
import type { Drain, DrainEnd } from "./drain-state.ts";
import { afterEvictions, afterLook, drainSentence, nextToEvict, startDrain } from "./drain-state.ts";

/** Drains of this tab by node; they go on when the person looks at another page. */
const runs = new Map<string, { drain: Drain; abort: AbortController; work: Work }>();
const listeners = new Set<() => void>();
const lookEveryMs = 1500;

function set(node: string, drain: Drain): void {
  const run = runs.get(node);
  if (!run) return;
  runs.set(node, { ...run, drain });
  const gone = drain.pods.filter(({ progress }) => progress === "gone").length;
  if (drain.end === undefined) run.work.progress(gone / Math.max(1, drain.pods.length), drainSentence(drain));
  else if (drain.end === "drained") run.work.finish(drainSentence(drain));
  else run.work.fail(drainSentence(drain));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The drain of a node that runs in this tab, or the last one that ended. */
export function useDrain(node: string): Drain | undefined {
  return useSyncExternalStore(subscribe, () => runs.get(node)?.drain);
}

/** Stops asking for evictions; pods that are being deleted go on. */
export function cancelDrain(node: string): void {
  runs.get(node)?.abort.abort();
}

/** Takes the result of an ended drain off the page. */
export function forgetDrain(node: string): void {
  runs.delete(node);
  for (const listener of listeners) listener();
}

/** Cordons the node and evicts its pods, step by step with bounded calls, until all are gone. */
export function runDrain(node: string, timeoutSeconds?: number): void {
  const abort = new AbortController();
  const path = objectPath(nodeType, null, node);
  const work = startWork(`Drain ${node}`, { path, stop: () => abort.abort() });
  runs.set(node, { drain: startDrain(node, timeoutSeconds, Date.now()), abort, work });
  for (const listener of listeners) listener();
  void drainUntilEnd(node, abort.signal);
}

async function drainUntilEnd(node: string, signal: AbortSignal): Promise<void> {
  let end: DrainEnd | undefined;
  let problem: string | undefined;
  try {
    await cordonNode(node, true, false);
    while (!signal.aborted && current(node)?.end === undefined) await step(node, signal);
  } catch (error) {
    problem = errorMessage(error);
    end = "failed";
  }
  const drain = current(node);
  if (!drain) return;
  const last = drain.end ?? (signal.aborted ? "cancelled" : end);
  const done = { ...drain, end: last, problem };
  set(node, done);
  toast(last === "drained" ? "success" : "warning", drainSentence(done));
}

function current(node: string): Drain | undefined {
  return runs.get(node)?.drain;
}

async function step(node: string, signal: AbortSignal): Promise<void> {
  try {
    const plan = await readDrainPlan(node, signal);
    const looked = current(node);
    if (!looked) return;
    const seen = afterLook(looked, plan, Date.now());
    set(node, seen);
    const pods = nextToEvict(seen, Date.now());
    if (pods.length > 0) {
      const targets = pods.map(({ namespace, name, uid }) => ({ namespace, name, uid }));
      const answers = await evictPods(targets, { signal });
      const asked = current(node);
      if (asked) set(node, afterEvictions(asked, answers, Date.now()));
    }
  } catch (error) {
    // A cut connection heals; the next look shows what happened meanwhile.
    if (!signal.aborted && !(error instanceof UnavailableError)) throw error;
  }
  if (current(node)?.end === undefined) await pause(lookEveryMs, signal);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
