import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import * as http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { apiRules, functions } from "@kyma/crds/resource-types.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import { type EmbeddedCluster, startEmbedded } from "@kyma/local-cluster/testing/embedded.ts";
import type { BenchResult } from "./result.ts";
import { percentile } from "./statistics.ts";

const namespace = "default";
const samples = 20;
const requestsPerSecond = 50;

/** The embedded default as a person meets it: start, idle memory, first answer of a Function, and a code edit under load. */
export async function run(): Promise<BenchResult[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "kyma-bench-"));
  await (await startEmbedded({ dataDir })).stop();
  const began = performance.now();
  const cluster = await startEmbedded({ dataDir });
  const warmStart = (performance.now() - began) / 1000;
  try {
    const client = new KubeClient(connect(loadKubeConfig(cluster.kubeconfig)));
    await delay(20_000);
    return [
      { name: "warm npm start → console usable", value: warmStart, unit: "s", gate: "≤ 10 s" },
      ...(await idleMemory(cluster)),
      ...(await firstAnswers(client)),
      ...(await editsUnderLoad(client, cluster.gatewayPort)),
    ];
  } finally {
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Proportional set size: shared pages are counted once over all processes. */
async function idleMemory(cluster: EmbeddedCluster): Promise<BenchResult[]> {
  const pids = { launcher: cluster.launcher.pid, ...(await cluster.pids()) };
  const own = Object.entries(pids).filter(([, pid]) => readlinkSync(`/proc/${pid}/exe`).endsWith("/node"));
  const each = [...own, ...podProcessesSince(statSync(cluster.dataDir).birthtimeMs)].map(
    ([name, pid]) => [name, pssMegabytes(pid)] as const,
  );
  const total = each.reduce((sum, [, megabytes]) => sum + megabytes, 0);
  const note = each.map(([name, megabytes]) => `${name} ${Math.round(megabytes)}`).join(", ");
  return [
    { name: "PSS of our own Node processes at idle", value: total, unit: "MB", gate: "≤ 350 MB", note },
  ];
}

/** The processes of pods that started after a time, by their Deployment: publisher, dispatcher and test issuer. */
function podProcessesSince(milliseconds: number): [string, number][] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry): [string, number][] => {
      try {
        const environment = readFileSync(`/proc/${entry}/environ`, "utf8");
        const [, deployment = "a pod"] = /(?:^|\0)HOSTNAME=([^\0]+)-[^-]+-[^-]+\0/.exec(environment) ?? [];
        const isPod = environment.includes("LISTEN_ADDRESS=127.244.");
        return isPod && statSync(`/proc/${entry}`).ctimeMs > milliseconds
          ? [[deployment, Number(entry)]]
          : [];
      } catch {
        return [];
      }
    });
}

function pssMegabytes(pid: number): number {
  const match = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
  return Number(match?.[1] ?? 0) / 1000;
}

async function firstAnswers(client: KubeClient): Promise<BenchResult[]> {
  const seconds: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const name = `first-${sample}`;
    const began = performance.now();
    await client.create(functions, functionNamed(name, "first"));
    await until(async () => (await throughServiceProxy(client, name)) === "first");
    seconds.push((performance.now() - began) / 1000);
    await client.delete(functions, { namespace, name });
  }
  return [
    {
      name: "Function without dependencies: apply → first 200, p50",
      value: percentile(seconds, 50),
      unit: "s",
    },
    {
      name: "Function without dependencies: apply → first 200, p95",
      value: percentile(seconds, 95),
      unit: "s",
      gate: "≤ 3 s",
    },
  ];
}

async function editsUnderLoad(client: KubeClient, gatewayPort: number): Promise<BenchResult[]> {
  await client.create(functions, functionNamed("edited", "version 0"));
  await client.create(apiRules, openRule("edited"));
  await until(async () => (await throughGateway(gatewayPort, "edited")).body === "version 0");
  const load = new OpenLoad(() => throughGateway(gatewayPort, "edited"));
  const seconds: number[] = [];
  for (let version = 1; version <= samples; version++) {
    const began = performance.now();
    const spec = { source: { inline: { source: sourceSaying(`version ${version}`) } } };
    await client.patch(functions, { namespace, name: "edited" }, { spec }, { type: "merge" });
    await until(async () => load.lastBody === `version ${version}`);
    seconds.push((performance.now() - began) / 1000);
    await delay(3000);
  }
  await load.stop();
  return [
    { name: "code edit → new answer, p50", value: percentile(seconds, 50), unit: "s" },
    { name: "code edit → new answer, p95", value: percentile(seconds, 95), unit: "s", gate: "≤ 2 s" },
    {
      name: "failed requests during the edits",
      value: load.failed,
      unit: `of ${load.sent}`,
      gate: "0",
      note: load.failures(),
    },
  ];
}

/** Sends at a fixed rate, whether or not answers come: a slow answer does not hold the next request back. */
class OpenLoad {
  sent = 0;
  failed = 0;
  lastBody = "";
  readonly #kinds = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  readonly #open = new Set<Promise<void>>();

  constructor(send: () => Promise<{ status: number; body: string }>) {
    this.#timer = setInterval(() => {
      this.sent++;
      const request = send()
        .then(({ status, body }) => (status === 200 ? this.#succeed(body) : this.#fail(String(status))))
        .catch((error: NodeJS.ErrnoException) => this.#fail(error.code ?? error.message))
        .finally(() => this.#open.delete(request));
      this.#open.add(request);
    }, 1000 / requestsPerSecond);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#open);
  }

  failures(): string {
    return [...this.#kinds].map(([kind, count]) => `${count} × ${kind}`).join(", ");
  }

  #succeed(body: string): void {
    this.lastBody = body;
  }

  #fail(kind: string): void {
    this.failed++;
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
  }
}

async function until(done: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await done().catch(() => false))) {
    if (performance.now() > end) throw new Error("it did not happen within 60 s");
    await delay(10);
  }
}

async function throughServiceProxy(client: KubeClient, name: string): Promise<string> {
  const answer = await client.raw(`/api/v1/namespaces/${namespace}/services/${name}:80/proxy/`);
  const body = await answer.text();
  return answer.status === 200 ? body : "";
}

function throughGateway(port: number, name: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = http.get(
      { host: "127.0.0.1", port, headers: { host: `${name}.localhost` } },
      (answer) => {
        let body = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => (body += chunk));
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body }));
        answer.on("error", reject);
      },
    );
    request.on("error", reject);
  });
}

function sourceSaying(text: string): string {
  return `module.exports = { main: () => ${JSON.stringify(text)} };`;
}

function functionNamed(name: string, text: string) {
  return {
    apiVersion: "serverless.kyma-project.io/v1alpha2",
    kind: "Function",
    metadata: { name, namespace },
    spec: { runtime: "nodejs24", source: { inline: { source: sourceSaying(text) } } },
  };
}

function openRule(name: string) {
  return {
    apiVersion: "gateway.kyma-project.io/v2",
    kind: "APIRule",
    metadata: { name, namespace },
    spec: {
      hosts: [name],
      gateway: "kyma-system/kyma-gateway",
      service: { name, port: 80 },
      rules: [{ path: "/*", methods: ["GET"], noAuth: true }],
    },
  };
}
