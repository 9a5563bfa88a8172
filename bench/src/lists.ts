import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { ensureFrontend } from "@kyma/local-cluster/frontend-build/build.ts";
import { startControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import { rssMegabytes, startBff, type BffProcess } from "./bff-process.ts";
import { type ClusterSize, fillCluster, keepsPods } from "./cluster-fill.ts";
import { measureViewers } from "./list-latency.ts";
import { keepPages } from "./browser.ts";
import { measurePages } from "./list-pages.ts";
import { podScope, signedInReader } from "./list-reader.ts";
import type { BenchOptions, BenchResult } from "./result.ts";

const usual: ClusterSize = { pods: 10_000, nodes: 100, namespaces: 200 };
/** From so many pods on the cluster also gets many Events and large Secrets. */
const huge = 50_000;
const byName = { count: 50 };

/** Lists of a large cluster as a person meets them, against a plain GET and an informer of the same pods. */
export async function run({ pods = usual.pods }: BenchOptions): Promise<BenchResult[]> {
  const isHuge = pods >= huge;
  const size = {
    ...usual,
    namespaces: Math.min(usual.namespaces, Math.ceil(pods / 50)),
    pods,
    events: isHuge ? 20_000 : 0,
    secrets: isHuge ? 5000 : 0,
  };
  // A cluster that was filled before saves minutes while working on the lists.
  const given = process.env["KYMA_BENCH_KUBECONFIG"];
  const own = given ? undefined : await startControlPlane({ extraControllerManagerArguments: keepsPods });
  const kubeconfig = given ?? own?.kubeconfig ?? "";
  const kube = new KubeClient(connect(loadKubeConfig(kubeconfig)));
  try {
    await ensureFrontend("frontend/dist", keepPages, () => undefined, new AbortController().signal);
    if (own) await fillCluster(kube, size);
    const raw = await rawList(kube);
    const informer = await informerMemory(kubeconfig, pods);
    const fresh = <T>(work: (bff: BffProcess) => Promise<T>) => withBff(kubeconfig, work);
    return [
      ...(await fresh((bff) => firstRows(bff, raw, size))),
      ...(await fresh((bff) => measureViewers({ bff, kubeconfig, kube, size, informer }))),
      ...(await fresh((bff) => changesOfView(bff, size))),
      ...(await fresh((bff) => measurePages(bff, kubeconfig, size))),
      ...(isHuge ? await fresh((bff) => memoryOfLists(bff, informer)) : []),
    ];
  } finally {
    kube.connection.close();
    await own?.stop();
  }
}

async function withBff<T>(kubeconfig: string, work: (bff: BffProcess) => Promise<T>): Promise<T> {
  const bff = await startBff(kubeconfig);
  try {
    return await work(bff);
  } finally {
    await bff.stop();
  }
}

interface RawList {
  ms: number;
  bytes: number;
}

/** What a console does that reads the whole list. */
async function rawList(kube: KubeClient): Promise<RawList> {
  await (await kube.raw("/api/v1/pods")).text();
  const began = performance.now();
  const text = await (await kube.raw("/api/v1/pods")).text();
  JSON.parse(text);
  return { ms: performance.now() - began, bytes: Buffer.byteLength(text) };
}

async function firstRows(bff: BffProcess, raw: RawList, size: ClusterSize): Promise<BenchResult[]> {
  const reader = await signedInReader(bff.signInFile);
  try {
    const { first: cold, wholeMs } = await reader.whole(podScope, byName);
    const warm = await reader.first(podScope, byName);
    const first = `first 50 of ${size.pods.toLocaleString("en")} pods`;
    const peer = `GET of all, parsed: ${raw.ms.toFixed(0)} ms`;
    const bytes = warm.bytes / 1000;
    return [
      {
        name: `${first}, cold`,
        value: cold.ms,
        unit: "ms",
        gate: "≤ 1,000 ms",
        ratio: raw.ms / cold.ms,
        peer,
      },
      { name: "all rows read after", value: wholeMs, unit: "ms", ratio: raw.ms / wholeMs, peer },
      { name: `${first}, warm`, value: warm.ms, unit: "ms", gate: "≤ 100 ms", ratio: raw.ms / warm.ms, peer },
      {
        name: "bytes of that message",
        value: bytes,
        unit: "KB",
        gate: "≤ 60 KB",
        ratio: raw.bytes / warm.bytes,
        peer: `GET of all: ${(raw.bytes / 1e6).toFixed(1)} MB`,
      },
    ];
  } finally {
    await reader.close();
  }
}

/** Each view is new to the BFF: nothing of it is there yet. */
async function changesOfView(bff: BffProcess, size: ClusterSize): Promise<BenchResult[]> {
  const reader = await signedInReader(bff.signInFile);
  const over = `over ${size.pods.toLocaleString("en")}`;
  const worst = async (views: object[]): Promise<number> => {
    const times: number[] = [];
    for (const view of views) times.push((await reader.first(podScope, { ...byName, ...view })).ms);
    return Math.max(...times);
  };
  const columns = ["cell:Restarts", "cell:Status", "age", "cell:Ready", "namespace"];
  const sorts = columns.map((column) => ({ sort: [{ column, descending: true }] }));
  const texts = [{ text: "team-1" }, { text: "pending" }, { text: "service-12 running" }];
  const expressions = [
    "object.status.phase != 'Running' && object.spec.containers.exists(c, c.image.endsWith(':1.3.0'))",
    "object.metadata.labels['app'].startsWith('service-1')",
    "object.status.containerStatuses.all(s, s.restartCount > 0)",
  ].map((where) => ({ where }));
  const onNode = { where: "object.spec.nodeName == 'node-001'" };
  try {
    const stayed = await reader.stay(podScope, byName);
    const sort = await worst(sorts);
    const text = await worst(texts);
    stayed();
    const cold = await worst([onNode]);
    const kept = await reader.stay(podScope, { ...byName, ...onNode });
    const cel = await worst(expressions);
    const whole = rssMegabytes(bff.process);
    kept();
    await reader.stay(podScope, byName);
    await delay(15_000);
    return [
      {
        name: `another sort ${over}, worst of 5`,
        value: sort,
        unit: "ms",
        gate: "≤ 150 ms",
        note: "Headlamp 0.45: 700 ms for 1,000",
      },
      { name: `another text filter ${over}, worst of 3`, value: text, unit: "ms", gate: "≤ 150 ms" },
      { name: "first CEL filter: reads whole objects once", value: cold, unit: "ms" },
      { name: `another CEL filter ${over}, worst of 3`, value: cel, unit: "ms", gate: "≤ 150 ms" },
      {
        name: "RSS of the BFF with whole objects for CEL",
        value: whole,
        unit: "MB",
        note: `${rssMegabytes(bff.process).toFixed(0)} MB 15 s after the last such view`,
      },
    ];
  } finally {
    await reader.close();
  }
}

/** R18: lists of many Events and large Secrets beside the pods. */
async function memoryOfLists(bff: BffProcess, informer: number): Promise<BenchResult[]> {
  const reader = await signedInReader(bff.signInFile);
  try {
    const sizes: string[] = [];
    for (const plural of ["pods", "events", "secrets"]) {
      await reader.stay({ type: { version: "v1", plural } }, byName);
      sizes.push(`${rssMegabytes(bff.process).toFixed(0)} after ${plural}`);
    }
    await delay(15_000);
    return [
      {
        name: "RSS of the BFF with lists of 50,000 pods, 20,000 Events and 5,000 Secrets of 32 KB open",
        value: rssMegabytes(bff.process),
        unit: "MB",
        ratio: informer / rssMegabytes(bff.process),
        peer: `informer of @kubernetes/client-node, pods only: ${informer.toFixed(0)} MB`,
        note: `MB: ${sizes.join(", ")}; no other limit than the machine's`,
      },
    ];
  } finally {
    await reader.close();
  }
}

/** MB that an unmodified informer of @kubernetes/client-node takes for the same pods. */
async function informerMemory(kubeconfig: string, count: number): Promise<number> {
  const script = `
    import { KubeConfig, CoreV1Api, makeInformer } from "@kubernetes/client-node";
    const config = new KubeConfig();
    config.loadFromFile(process.argv[1]);
    const api = config.makeApiClient(CoreV1Api);
    const informer = makeInformer(config, "/api/v1/pods", () => api.listPodForAllNamespaces());
    await informer.start();
    while (informer.list().length < ${count}) await new Promise((resolve) => setTimeout(resolve, 100));
    setTimeout(() => process.stdout.write("full"), 3000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, kubeconfig], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const megabytes = rssMegabytes(child);
  child.kill("SIGKILL");
  return megabytes;
}
