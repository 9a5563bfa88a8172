import { setTimeout as delay } from "node:timers/promises";
import type { KubeClient } from "@kyma/kube/client.ts";
import { cpuSeconds, rssMegabytes, type BffProcess } from "./bff-process.ts";
import { runningPods, type ClusterSize } from "./cluster-fill.ts";
import { podScope, signedInReader, type ListReader, type WindowMessage } from "./list-reader.ts";
import type { BenchResult } from "./result.ts";
import { changeStatuses, epochMs, latencies } from "./status-changes.ts";
import { countUpstream } from "./upstream-counts.ts";

const viewers = 50;
const changesPerSecond = 100;
const changeSeconds = 20;
const [firstRows, rowsPerPage] = [500, 1000];
const columns = ["name", "age", "cell:Status", "cell:Restarts", "namespace"];

interface Setting {
  bff: BffProcess;
  kubeconfig: string;
  kube: KubeClient;
  size: ClusterSize;
  /** MB */
  informer: number;
}

/** Fifty viewers of the same list in ten orders, while pods change all the time. */
export async function measureViewers({
  bff,
  kubeconfig,
  kube,
  size,
  informer,
}: Setting): Promise<BenchResult[]> {
  const readers: ListReader[] = [];
  try {
    const before = await countUpstream(kube);
    const arrived = new Map<string, number>();
    const names = await openViewers(bff, readers, arrived);
    const after = await countUpstream(kube);
    const keys = runningPods(size);
    const watched = keys.filter(({ name }) => names.has(name)).slice(0, 10);
    const others = keys.filter((_, index) => index % 7 === 3).slice(0, 1000);
    const [cpuBefore, began] = [cpuSeconds(bff.process), performance.now()];
    const report = await changeStatuses({
      kubeconfig,
      rate: changesPerSecond,
      seconds: changeSeconds,
      watched,
      others,
    });
    const cpu = (cpuSeconds(bff.process) - cpuBefore) / ((performance.now() - began) / 1000);
    const shown = latencies(report, arrived);
    await delay(5000);
    const rss = rssMegabytes(bff.process);
    const pages = 1 + Math.ceil(Math.max(0, size.pods - firstRows) / rowsPerPage);
    return [
      {
        name: `LIST pages upstream of ${viewers} viewers`,
        value: after.lists - before.lists,
        unit: "requests",
        gate: `${pages}: 1 list of ${pages} pages`,
      },
      {
        name: `WATCHes upstream of ${viewers} viewers`,
        value: after.watches - before.watches,
        unit: "watches",
        gate: "1",
      },
      {
        name: "a phase change is shown after a raw watch has it, p95",
        value: shown.afterWatch.p95,
        unit: "ms",
        gate: "≤ 250 ms",
        note: `p50 ${shown.afterWatch.p50.toFixed(0)} ms; ${viewers} viewers; of ${changesPerSecond} changes/s ${shown.note}`,
      },
      {
        name: "the same, after the PATCH's answer, p95",
        value: shown.afterAnswer.p95,
        unit: "ms",
        note: `p50 ${shown.afterAnswer.p50.toFixed(0)} ms`,
      },
      { name: "processor time of the BFF meanwhile", value: cpu * 100, unit: "% of a core" },
      {
        name: `RSS of the BFF with ${viewers} viewers`,
        value: rss,
        unit: "MB",
        ratio: informer / rss,
        peer: `one informer of @kubernetes/client-node: ${informer.toFixed(0)} MB`,
        gate: "≤ 300 MB",
      },
    ];
  } finally {
    for (const reader of readers) await reader.close();
  }
}

/** Returns the names of rows that the first viewer sees. */
async function openViewers(
  bff: BffProcess,
  readers: ListReader[],
  arrived: Map<string, number>,
): Promise<Set<string>> {
  const seen = new Set<string>();
  const note = ({ rows }: WindowMessage): void => {
    for (const { name, cells } of rows) {
      if (!arrived.has(String(cells[2]))) arrived.set(String(cells[2]), epochMs());
      seen.add(name);
    }
  };
  for (let index = 0; index < viewers; index++) {
    const reader = await signedInReader(bff.signInFile);
    readers.push(reader);
    const sort = [{ column: columns[index % columns.length], descending: index % 2 === 1 }];
    await reader.stay(podScope, { count: 50, sort }, index === 0 ? note : undefined);
  }
  return seen;
}
