import type { BulkResult } from "#api/lists.ts";
import type { ListTarget } from "./selection.ts";

/** How far one object is: not tried, refused by the dry run, being done, done, failed, or left out by the person. */
export type BulkItemState = "waiting" | "refused" | "running" | "done" | "failed" | "cancelled";

export interface BulkItem extends ListTarget {
  state: BulkItemState;
  message: string;
}

/** At most so many objects go into one call: the person sees progress, and can stop in between. */
const batchSize = 50;

/** A run over objects that were chosen, before anything was tried. */
export function newRun(targets: Iterable<ListTarget>): BulkItem[] {
  return [...targets].map((target) => ({ ...target, state: "waiting", message: "" }));
}

function nameKey({ namespace, name }: { namespace?: string | null; name: string }): string {
  return `${namespace ?? ""}/${name}`;
}

/** The objects that wait, in calls of a bounded size. */
export function batches(items: readonly BulkItem[]): BulkItem[][] {
  const waiting = items.filter(({ state }) => state === "waiting");
  return Array.from({ length: Math.ceil(waiting.length / batchSize) }, (_, index) =>
    waiting.slice(index * batchSize, (index + 1) * batchSize),
  );
}

/** The run after a call's answer: the dry run refuses or lets wait, the real one is done or failed. Pure. */
export function withResults(
  items: readonly BulkItem[],
  results: readonly BulkResult[],
  dryRun: boolean,
): BulkItem[] {
  const byName = new Map(results.map((result) => [nameKey(result), result]));
  return items.map((item) => {
    const result = byName.get(nameKey(item));
    if (!result || (item.state !== "waiting" && item.state !== "running")) return item;
    const state = dryRun ? (result.ok ? "waiting" : "refused") : result.ok ? "done" : "failed";
    return { ...item, state, message: result.message };
  });
}

/** The run when a call failed as a whole: each of its objects failed for that reason. Pure. */
export function withFailure(
  items: readonly BulkItem[],
  batch: readonly BulkItem[],
  reason: string,
  dryRun: boolean,
): BulkItem[] {
  const results = batch.map(({ namespace, name }) => ({ namespace, name, ok: false, message: reason }));
  return withResults(items, results, dryRun);
}

/** These objects are being done now. */
export function withRunning(items: readonly BulkItem[], batch: readonly BulkItem[]): BulkItem[] {
  const keys = new Set(batch.map(({ key }) => key));
  return items.map((item) => (keys.has(item.key) ? { ...item, state: "running" } : item));
}

/** What was not begun yet is left out. */
export function withCancelled(items: readonly BulkItem[]): BulkItem[] {
  return items.map((item) => (item.state === "waiting" ? { ...item, state: "cancelled" } : item));
}

/** Failed and cancelled objects wait again. */
export function retried(items: readonly BulkItem[]): BulkItem[] {
  return items.map((item) =>
    item.state === "failed" || item.state === "cancelled" ? { ...item, state: "waiting", message: "" } : item,
  );
}

/** How many objects are in which state. */
export function countStates(items: readonly BulkItem[]): Record<BulkItemState, number> {
  const counts = { waiting: 0, refused: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
  for (const { state } of items) counts[state] += 1;
  return counts;
}

/** Why objects were refused or failed: each reason once, with its objects, the most frequent first. */
export function reasons(
  items: readonly BulkItem[],
  state: BulkItemState,
): { message: string; items: BulkItem[] }[] {
  const groups = Map.groupBy(
    items.filter((item) => item.state === state),
    ({ name, message }) => message.replaceAll(`"${name}"`, "…"),
  );
  return [...groups]
    .map(([message, group]) => ({
      message: group.length === 1 ? (group[0]?.message ?? message) : message,
      items: group,
    }))
    .toSorted((a, b) => b.items.length - a.items.length);
}
