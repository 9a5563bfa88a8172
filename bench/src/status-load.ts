/**
 * Changes the status of pods at a steady rate, in a process of its own so that it holds up nobody who measures; follows the same pods
 * by a raw watch. Writes a LoadReport to its output:
 * node bench/src/status-load.ts --kubeconfig FILE --rate 100 --seconds 20 --watched '[{"namespace":"a","name":"b"}]' [--others '[…]']
 */
import { parseArgs } from "node:util";
import { setTimeout as delay } from "node:timers/promises";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject, ObjectKey } from "@kyma/kube/objects.ts";
import { pods } from "@kyma/kube/resource-types.ts";
import { epochMs, type LoadReport, type WatchedChange } from "./status-changes.ts";

interface Pod extends KubeObject {
  status?: { reason?: string };
}

/** More than this and the API server is the one that is slow. */
const mostOpen = 64;
/** With others, one change of so many is to a watched pod. */
const watchedEvery = 10;

const { values } = parseArgs({
  options: {
    kubeconfig: { type: "string", default: "" },
    rate: { type: "string", default: "100" },
    seconds: { type: "string", default: "20" },
    watched: { type: "string", default: "[]" },
    others: { type: "string", default: "[]" },
  },
});
const watched = JSON.parse(values.watched) as ObjectKey[];
const others = JSON.parse(values.others) as ObjectKey[];
const rate = Number(values.rate);
const kube = new KubeClient(connect(loadKubeConfig(values.kubeconfig)));
const watcher = new KubeClient(connect(loadKubeConfig(values.kubeconfig)));
const changes = new Map<string, WatchedChange>();
const run = process.pid;
let done = 0;
const { signal } = new AbortController();

async function follow(): Promise<void> {
  const { promise: opened, resolve } = Promise.withResolvers<void>();
  const newest = await (await watcher.raw("/api/v1/pods?limit=1")).text();
  const { resourceVersion = "" } = (JSON.parse(newest) as KubeObject).metadata;
  void (async () => {
    for await (const event of watcher.watch<Pod>(pods, { resourceVersion, signal, onOpen: resolve })) {
      const change = changes.get(event.object.status?.reason ?? "");
      if (change) change.delivered ??= epochMs();
    }
  })();
  await opened;
}

async function change(number: number): Promise<void> {
  const looked = others.length === 0 || number % watchedEvery === 0;
  const among = looked ? watched : others;
  const turn = looked && others.length > 0 ? number / watchedEvery : number;
  const key = among[turn % among.length] ?? { name: "" };
  const reason = `Change${run}x${number}`;
  const one: WatchedChange = { reason };
  if (looked) changes.set(reason, one);
  try {
    await kube.patchStatus(pods, key, { phase: "Failed", reason }, { manager: "bench" });
    one.answered = epochMs();
    done += 1;
  } catch {
    changes.delete(reason);
  }
}

async function load(): Promise<LoadReport> {
  const open = new Set<Promise<unknown>>();
  const total = rate * Number(values.seconds);
  const began = performance.now();
  for (let number = 0; number < total; number++) {
    const early = began + (number * 1000) / rate - performance.now();
    if (early > 0) await delay(early);
    while (open.size >= mostOpen) await Promise.race(open);
    const sent = change(number).finally(() => open.delete(sent));
    open.add(sent);
  }
  await Promise.all(open);
  const reached = (done * 1000) / (performance.now() - began);
  await delay(2000);
  return { reached, failed: total - done, changes: [...changes.values()] };
}

await follow();
process.stdout.write(JSON.stringify(await load()), () => process.exit(0));
