import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { ObjectKey } from "@kyma/kube/objects.ts";
import { percentile } from "./statistics.ts";

/** One change of a pod that somebody looks at. Times are Unix ms. */
export interface WatchedChange {
  /** New reason in its status, told from all others. */
  reason: string;
  /** When the PATCH was answered. */
  answered?: number;
  /** When a raw watch on a connection of its own delivered it. */
  delivered?: number;
}

export interface LoadReport {
  /** Changes per second that were answered. */
  reached: number;
  failed: number;
  changes: WatchedChange[];
}

interface Load {
  kubeconfig: string;
  rate: number;
  seconds: number;
  watched: ObjectKey[];
  others?: ObjectKey[];
}

/** Comparable between processes, to a fraction of a millisecond. */
export const epochMs = (): number => performance.timeOrigin + performance.now();

/** Changes pods at a rate from a process of its own. */
export async function changeStatuses({
  kubeconfig,
  rate,
  seconds,
  watched,
  others = [],
}: Load): Promise<LoadReport> {
  const options = {
    kubeconfig,
    rate,
    seconds,
    watched: JSON.stringify(watched),
    others: JSON.stringify(others),
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [join(import.meta.dirname, "status-load.ts"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(await text(child.stdout)) as LoadReport;
}

/** How long after the raw watch, and after the PATCH's answer, changes arrived; `arrived` has a time per reason. */
export function latencies(report: LoadReport, arrived: ReadonlyMap<string, number>) {
  const seen = report.changes.filter(({ reason }) => arrived.has(reason));
  const since = (from: (change: WatchedChange) => number | undefined): number[] =>
    seen.flatMap((change) => {
      const began = from(change);
      return began === undefined ? [] : [Math.max(0, (arrived.get(change.reason) ?? 0) - began)];
    });
  const afterWatch = since(({ delivered }) => delivered);
  const afterAnswer = since(({ answered }) => answered);
  return {
    afterWatch: { p50: percentile(afterWatch, 50), p95: percentile(afterWatch, 95) },
    afterAnswer: { p50: percentile(afterAnswer, 50), p95: percentile(afterAnswer, 95) },
    note: `${report.reached.toFixed(1)} changes/s reached, ${report.changes.length} watched, ${report.changes.length - seen.length} not seen, ${report.failed} refused`,
  };
}
