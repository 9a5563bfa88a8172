import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { pods } from "@kyma/kube/resource-types.ts";
import { startControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import { type ClusterSize, fillCluster, keepsPods, podKey } from "./cluster-fill.ts";
import { type ListReader, signedInReader, type WindowMessage } from "./list-reader.ts";
import type { BenchResult } from "./result.ts";
import { percentile } from "./statistics.ts";

const size: ClusterSize = { pods: 10_000, nodes: 100, namespaces: 200 };
const viewers = 50;
const changesPerSecond = 100;
const changeSeconds = 20;
/** e.g. --cpu-prof, while working on the lists. */
const nodeFlags = (process.env["KYMA_BENCH_NODE_FLAGS"] ?? "").split(" ").filter(Boolean);

/** Lists of a large cluster as a person meets them, against a plain GET of the same list. */
export async function run(): Promise<BenchResult[]> {
  // A cluster that was filled before saves minutes while working on the lists.
  const given = process.env["KYMA_BENCH_KUBECONFIG"];
  const own = given ? undefined : await startControlPlane({ extraControllerManagerArguments: keepsPods });
  const kubeconfig = given ?? own?.kubeconfig ?? "";
  const kube = new KubeClient(connect(loadKubeConfig(kubeconfig)));
  try {
    if (own) await fillCluster(kube, size);
    const raw = await rawList(kube);
    return [...(await measureLists(kubeconfig, kube, raw)), await informerMemory(kubeconfig)];
  } finally {
    kube.connection.close();
    await own?.stop();
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

const scope = { type: { version: "v1", plural: "pods" } };
const byName = { count: 50 };

async function measureLists(kubeconfig: string, kube: KubeClient, raw: RawList): Promise<BenchResult[]> {
  const bff = await startBff(kubeconfig);
  const readers: ListReader[] = [];
  try {
    const reader = await signedInReader(bff.signInFile);
    readers.push(reader);
    const idle = rssMegabytes(bff.process);
    const cold = await reader.first(scope, byName);
    const warm = await reader.first(scope, byName);
    const results: BenchResult[] = [
      figure("first 50 of 10,000 pods, cold", cold.ms, "ms", "≤ 1,000 ms", [raw.ms / cold.ms, "GET, parsed"]),
      figure("first 50 of 10,000 pods, warm", warm.ms, "ms", "≤ 100 ms", [raw.ms / warm.ms, "GET, parsed"]),
      figure("bytes of that message", warm.bytes / 1000, "KB", "≤ 60 KB", [raw.bytes / warm.bytes, "GET"]),
      ...(await changesOfView(reader)),
    ];
    results.push(...(await changesUnderLoad(bff, kube, readers)));
    const note = `${Math.round(idle)} MB before the first list`;
    const now = rssMegabytes(bff.process);
    return [...results, { ...figure(`RSS of the BFF with ${viewers} viewers`, now, "MB", "≤ 300 MB"), note }];
  } finally {
    for (const reader of readers) await reader.close();
    await bff.stop();
  }
}

function figure(
  name: string,
  value: number,
  unit: string,
  gate: string,
  against?: readonly [ratio: number, peer: string],
): BenchResult {
  return { name, value, unit, gate, ...(against ? { ratio: against[0], peer: against[1] } : {}) };
}

/** Each view is new to the BFF: nothing of it is there yet. */
async function changesOfView(reader: ListReader): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  const measure = async (name: string, gate: string, views: object[]): Promise<void> => {
    const times: number[] = [];
    for (const view of views) times.push((await reader.first(scope, { ...byName, ...view })).ms);
    results.push(figure(name, Math.max(...times), "ms", gate));
  };
  const columns = ["cell:Restarts", "cell:Status", "age", "cell:Ready", "namespace"];
  const stay = await reader.stay(scope, byName);
  const sorts = columns.map((column) => ({ sort: [{ column, descending: true }] }));
  await measure("another sort over 10,000, worst of 5", "≤ 150 ms", sorts);
  await measure("another text filter over 10,000, worst of 3", "≤ 150 ms", [
    { text: "team-1" },
    { text: "pending" },
    { text: "service-12 running" },
  ]);
  stay();
  const where = (text: string): object => ({ where: text });
  const began = await reader.first(scope, { ...byName, ...where("object.spec.nodeName == 'node-001'") });
  results.push(figure("first CEL filter: reads whole objects once", began.ms, "ms", "none"));
  const keep = await reader.stay(scope, { ...byName, ...where("object.spec.nodeName == 'node-001'") });
  await measure("another CEL filter over 10,000, worst of 3", "≤ 150 ms", [
    where("object.status.phase != 'Running' && object.spec.containers.exists(c, c.image.endsWith(':1.3.0'))"),
    where("object.metadata.labels['app'].startsWith('service-1')"),
    where("object.status.containerStatuses.all(s, s.restartCount > 0)"),
  ]);
  keep();
  return results;
}

/** Viewers on different sorts; a watched pod's phase changes while others change all the time. */
async function changesUnderLoad(bff: Bff, kube: KubeClient, readers: ListReader[]): Promise<BenchResult[]> {
  const arrived = new Map<string, number>();
  for (let index = 0; index < viewers; index++) {
    const reader = await signedInReader(bff.signInFile);
    readers.push(reader);
    const column = ["name", "age", "cell:Status", "cell:Restarts", "namespace"][index % 5];
    await reader.stay(scope, { count: 50, sort: [{ column, descending: index % 2 === 1 }] });
  }
  const watched = readers[0];
  if (!watched) return [];
  const namespace = podKey(0, size).namespace;
  const note = (message: WindowMessage): void => {
    for (const row of message.rows) arrived.set(`${row.name} ${String(row.cells[2])}`, performance.now());
  };
  await watched.stay({ ...scope, namespaces: [namespace] }, byName, note);
  const inWindow = Array.from({ length: 10 }, (_, number) => number * size.namespaces);
  const [cpuBefore, began] = [cpuSeconds(bff.process), performance.now()];
  const sent = await changePods(kube, inWindow);
  await delay(2000);
  const cpu = (cpuSeconds(bff.process) - cpuBefore) / ((performance.now() - began) / 1000);
  const waits = [...sent].map(([key, at]) => (arrived.get(key) ?? Infinity) - at);
  const lost = waits.filter((wait) => wait === Infinity).length;
  const known = waits.filter((wait) => wait !== Infinity);
  const shown = { ...figure("a phase change is shown, p95", percentile(known, 95), "ms", "≤ 250 ms") };
  return [
    {
      ...shown,
      note: `${sent.size} changes, ${lost} not seen, at ${changesPerSecond} changes/s, ${viewers} viewers`,
    },
    figure("a phase change is shown, p50", percentile(known, 50), "ms", "none"),
    figure("processor time of the BFF meanwhile", cpu * 100, "% of a core", "≤ 50 %"),
  ];
}

/** One of ten changes is to a pod that somebody looks at. Returns when each of those was answered. */
async function changePods(kube: KubeClient, watched: number[]): Promise<Map<string, number>> {
  const sent = new Map<string, number>();
  const running: Promise<unknown>[] = [];
  const total = changesPerSecond * changeSeconds;
  const began = performance.now();
  for (let change = 0; change < total; change++) {
    const late = began + (change * 1000) / changesPerSecond - performance.now();
    if (late > 0) await delay(late);
    const looked = change % 10 === 0;
    const index = looked ? (watched[(change / 10) % watched.length] ?? 0) : (change * 37 + 1) % size.pods;
    const key = podKey(index, size);
    const reason = `Change${change}`;
    if (looked) sent.set(`${key.name} ${reason}`, performance.now());
    const status = { phase: "Failed", reason };
    running.push(
      kube
        .patchStatus(pods, key, status, { manager: "bench" })
        .catch(() => sent.delete(`${key.name} ${reason}`)),
    );
  }
  await Promise.all(running);
  return sent;
}

interface Bff {
  process: ChildProcess;
  signInFile: string;
  stop(): Promise<void>;
}

async function startBff(kubeconfig: string): Promise<Bff> {
  const directory = await mkdtemp(join(tmpdir(), "kyma-bench-bff-"));
  const signInFile = join(directory, "console-url");
  const port = String(await freePort());
  const args = ["--kubeconfig", kubeconfig, "--port", port, "--sign-in-file", signInFile];
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", ...nodeFlags, "bff/src/app/main.ts", ...args],
    {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "kyma-bench-compiled") },
    },
  );
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await readFile(signInFile, "utf8").catch(() => "")) return { process: child, signInFile, stop };
    await delay(100);
  }
  await stop();
  throw new Error("the BFF did not start");
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** User and system time; a clock tick is 10 ms on Linux. */
function cpuSeconds(child: ChildProcess): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function rssMegabytes(child: ChildProcess): number {
  const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"));
  return Number(match?.[1] ?? 0) / 1000;
}

/** What an unmodified informer of @kubernetes/client-node takes for the same pods. */
async function informerMemory(kubeconfig: string): Promise<BenchResult> {
  const script = `
    import { KubeConfig, CoreV1Api, makeInformer } from "@kubernetes/client-node";
    const config = new KubeConfig();
    config.loadFromFile(process.argv[1]);
    const api = config.makeApiClient(CoreV1Api);
    const informer = makeInformer(config, "/api/v1/pods", () => api.listPodForAllNamespaces());
    await informer.start();
    while (informer.list().length < ${size.pods}) await new Promise((resolve) => setTimeout(resolve, 100));
    setTimeout(() => process.stdout.write("full"), 3000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, kubeconfig], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const megabytes = rssMegabytes(child);
  child.kill("SIGKILL");
  return {
    name: "RSS of an informer of @kubernetes/client-node, 10,000 pods",
    value: megabytes,
    unit: "MB",
    note: "the peer",
  };
}
