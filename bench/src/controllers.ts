/**
 * The controllers under load: 1,000 Functions with no replicas, 1,000 APIRules and 1,000 Subscriptions created at once on a real API server
 * and a real nats-server that waits for the disk, then a restart with nothing changed. Writes are counted in the API server's audit log,
 * Leases aside.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { ApiRule } from "@kyma/crds/generated/api-rules.gen.ts";
import type { KymaFunction } from "@kyma/crds/generated/functions.gen.ts";
import type { Subscription } from "@kyma/crds/generated/subscriptions.gen.ts";
import { apiRules, functions, subscriptions } from "@kyma/crds/resource-types.ts";
import { KubeClient } from "@kyma/kube/client.ts";
import { connect } from "@kyma/kube/connection.ts";
import { Informer } from "@kyma/kube/informer.ts";
import { loadKubeConfig } from "@kyma/kube/kubeconfig.ts";
import type { KubeObject, ResourceType } from "@kyma/kube/objects.ts";
import { namespaces, services } from "@kyma/kube/resource-types.ts";
import { startControlPlane } from "@kyma/local-cluster/testing/control-plane.ts";
import { startNats } from "@kyma/local-cluster/testing/nats-server.ts";
import { resolveTools } from "@kyma/local-cluster/tools/resolve.ts";
import type { BenchResult } from "./result.ts";

const count = Number(process.env["BENCH_OBJECTS"] ?? 1000);
const namespace = "bench";
const root = path.join(import.meta.dirname, "../..");
const userAgent = "kyma-controllers";

interface Load<T extends KubeObject> {
  name: string;
  type: ResourceType;
  make: (index: number) => KubeObject;
  /** A condition or state has been written. */
  reported: (object: T) => boolean;
  /** Nothing more will be written. */
  settled: (object: T) => boolean;
}

const functionLoad: Load<KymaFunction> = {
  name: "Functions",
  type: functions,
  make: (index) =>
    object(functions, index, {
      runtime: "nodejs24",
      replicas: 0,
      source: { inline: { source: `module.exports = { main: () => ${index} };` } },
    }),
  reported: ({ status }) => status?.conditions?.some(({ type }) => type === "Running") === true,
  settled: ({ status }) =>
    status?.conditions?.some(({ type, status: is }) => type === "Running" && is === "True") === true,
};

const apiRuleLoad: Load<ApiRule> = {
  name: "APIRules",
  type: apiRules,
  make: (index) =>
    object(apiRules, index, {
      hosts: [`bench-${index}`],
      gateway: "kyma-system/kyma-gateway",
      service: { name: "target", port: 80 },
      rules: [{ path: "/*", methods: ["GET"], noAuth: true }],
    }),
  reported: ({ status }) => status?.state !== undefined,
  settled: ({ status }) => status?.state === "Ready",
};

const subscriptionLoad: Load<Subscription> = {
  name: "Subscriptions",
  type: subscriptions,
  make: (index) =>
    object(subscriptions, index, {
      sink: `http://target.${namespace}.svc.cluster.local`,
      source: "bench",
      types: [`order.created.v${index}`],
    }),
  reported: ({ status }) => status?.conditions !== undefined,
  settled: ({ status }) => status?.ready === true,
};

function object({ group, version, kind }: ResourceType, index: number, spec: unknown): KubeObject {
  const metadata = { name: `bench-${index}`, namespace };
  return { apiVersion: `${group}/${version}`, kind, metadata, spec } as KubeObject;
}

export async function run(): Promise<BenchResult[]> {
  const directory = await mkdtemp(path.join(tmpdir(), "kyma-bench-controllers-"));
  const controlPlane = await startControlPlane({ auditLog: path.join(directory, "audit.log") });
  const nats = await startNats({ unsafeNoSync: false });
  const natsAccess = path.join(directory, "nats-access.json");
  await writeFile(natsAccess, JSON.stringify(nats.access("controllers")));
  const start = (): Promise<ChildProcess> => startControllers(controlPlane.kubeconfig, natsAccess);
  const connection = connect(loadKubeConfig(controlPlane.kubeconfig));
  const client = new KubeClient(connection);
  let controllers: ChildProcess | undefined;
  try {
    await install(client, controlPlane.kubeconfig);
    controllers = await start();
    const results = [
      ...(await load(client, functionLoad, directory)),
      ...(await load(client, apiRuleLoad, directory)),
      ...(await load(client, subscriptionLoad, directory)),
    ];
    await stopProcess(controllers);
    const before = await countWrites(directory);
    controllers = await start();
    await pause(10_000);
    const value = (await countWrites(directory)) - before;
    const name = `writes after a restart with ${count} Functions, APIRules and Subscriptions each, all unchanged`;
    return [...results, { name, value, unit: "writes", gate: "0", note: "audit log, 10 s after ready" }];
  } finally {
    if (controllers) await stopProcess(controllers);
    connection.close();
    await nats.stop();
    await controlPlane.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Creates all objects at once and waits for the controllers. */
async function load<T extends KubeObject>(
  client: KubeClient,
  { name, type, make, reported, settled }: Load<T>,
  directory: string,
): Promise<BenchResult[]> {
  const seen = new Counted<T>(client, type, { reported, settled });
  const before = await countWrites(directory);
  const start = performance.now();
  const creations = Array.from({ length: count }, (_, index) => client.create(type, make(index)));
  await Promise.all(creations);
  const created = (performance.now() - start) / 1000;
  await seen.until("reported");
  const seconds = (performance.now() - start) / 1000;
  await seen.until("settled");
  // The last Events and audit lines.
  await pause(2000);
  seen.stop();
  const writes = (await countWrites(directory)) - before;
  return [
    {
      name: `${count} ${name} at once, until all have a condition`,
      value: Number((count / seconds).toFixed(1)),
      unit: "objects/s",
      note: `${seconds.toFixed(1)} s, of which creating them took ${created.toFixed(1)} s`,
    },
    { name: `API writes per object, ${name}`, value: Number((writes / count).toFixed(2)), unit: "writes" },
  ];
}

/** How many objects of a type have got how far. */
class Counted<T extends KubeObject> {
  readonly #stop = new AbortController();
  readonly #done = { reported: new Set<string>(), settled: new Set<string>() };

  constructor(client: KubeClient, type: ResourceType, tests: Pick<Load<T>, "reported" | "settled">) {
    const informer = new Informer<T>(client, type, { namespace });
    informer.onChange((next) => {
      if (next === undefined) return;
      for (const step of ["reported", "settled"] as const) {
        if (tests[step](next)) this.#done[step].add(next.metadata.name);
      }
    });
    informer.start(this.#stop.signal);
  }

  async until(step: "reported" | "settled"): Promise<void> {
    const end = performance.now() + 600_000;
    while (this.#done[step].size < count) {
      if (performance.now() > end) throw new Error(`only ${this.#done[step].size} of ${count} are ${step}`);
      await pause(20);
    }
  }

  stop(): void {
    this.#stop.abort();
  }
}

async function install(client: KubeClient, kubeconfig: string): Promise<void> {
  const { kubectl } = await resolveTools();
  const gateway = path.join(root, "local-cluster/manifests/kyma-gateway.yaml");
  await promisify(execFile)(kubectl, ["--kubeconfig", kubeconfig, "apply", "--server-side", "-f", gateway]);
  const named = { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } };
  await client.create(namespaces, named);
  const spec = { selector: { app: "target" }, ports: [{ port: 80 }] };
  const target = { apiVersion: "v1", kind: "Service", metadata: { name: "target", namespace }, spec };
  await client.create(services, target);
}

/** Resolves when the process leads. */
function startControllers(kubeconfig: string, natsAccess: string): Promise<ChildProcess> {
  const main = path.join(root, "backend-controllers/src/app/main.ts");
  const options = ["--kubeconfig", kubeconfig, "--nats-access", natsAccess];
  const args = ["--disable-warning=ExperimentalWarning", main, ...options];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      if (text.length < 100_000) text += String(chunk);
      if (text.includes('"msg":"leading"')) resolve(child);
    });
    child.once("exit", () => reject(new Error(`the controllers ended: ${text}`)));
  });
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

/** Writes of the controllers so far, Leases aside. */
async function countWrites(directory: string): Promise<number> {
  let writes = 0;
  for (const file of (await readdir(directory)).filter((name) => name.startsWith("audit"))) {
    for (const line of (await readFile(path.join(directory, file), "utf8")).split("\n")) {
      if (line === "") continue;
      const { userAgent: by, objectRef } = JSON.parse(line) as AuditLine;
      if (by === userAgent && objectRef?.resource !== "leases") writes++;
    }
  }
  return writes;
}

interface AuditLine {
  userAgent?: string;
  objectRef?: { resource?: string };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
