import type { KubeClient } from "@kyma/kube/client.ts";
import { NotFoundError } from "@kyma/kube/errors.ts";
import type { KubeObject } from "@kyma/kube/objects.ts";
import { configMaps } from "@kyma/kube/resource-types.ts";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isPortFree } from "../supervisor/ports.ts";
import { isRunning, type ProcessRecord, recordOf } from "../supervisor/process-records.ts";
import { testClient } from "../testing/client.ts";
import { type EmbeddedCluster, Launcher, startEmbedded } from "../testing/embedded.ts";

const limitMs = 300_000;
const names = [
  "bff",
  "controllers",
  "etcd",
  "gateway",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "nats-server",
  "node-agent",
];
const marker = { name: "marker", namespace: "default" };

let dataDir: string;
let cluster: EmbeddedCluster;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "kyma-lifecycle-"));
  // Must have no effect: only options select a cluster.
  process.env["KUBECONFIG"] = "/nonexistent/kubeconfig";
  cluster = await startEmbedded({ dataDir, keepPages: true, limitMs });
}, limitMs);

afterAll(async () => {
  await cluster?.stop();
  await rm(dataDir, { recursive: true, force: true });
}, limitMs);

async function records(): Promise<ProcessRecord[]> {
  const pids = Object.entries(await cluster.pids());
  return pids.map(([name, pid]) => recordOf(name, pid)!);
}

/** What still runs and names our data directory: control plane, our own processes, containers. */
async function strays(): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return lines.filter((line) => line.includes(dataDir)).map((line) => line.replaceAll("\0", " "));
}

async function withClient<T>(act: (client: KubeClient) => Promise<T>): Promise<T> {
  const client = testClient(cluster.kubeconfig);
  try {
    return await act(client);
  } finally {
    client.connection.close();
  }
}

const readMarker = () => withClient((client) => client.get<KubeObject>(configMaps, marker));

async function untilAllReady(): Promise<void> {
  await expect
    .poll(async () => (await cluster.components()).map(({ state }) => state), {
      timeout: 120_000,
      interval: 200,
    })
    .toEqual(names.map(() => "READY"));
}

describe("the embedded default", { timeout: limitMs }, () => {
  test("runs every component, and only this user can read its keys", async () => {
    expect(Object.keys(await cluster.pids()).sort()).toEqual(names);
    await untilAllReady();
    for (const file of [cluster.kubeconfig, join(dataDir, "console-url"), join(dataDir, "pki/ca.key")]) {
      expect((await stat(file)).mode & 0o077).toBe(0);
    }
    expect(await cluster.consoleUrl()).toMatch(
      new RegExp(`^http://127\\.0\\.0\\.1:${cluster.consolePort}/sign-in\\?token=[\\w-]{20,}$`),
    );
    expect(cluster.launcher.output).toContain(await cluster.consoleUrl());
    await withClient((client) =>
      client.create(configMaps, { apiVersion: "v1", kind: "ConfigMap", metadata: marker }),
    );
  });

  test("a second start on the same directory is refused in one line and harms nothing", async () => {
    const second = new Launcher([`--data-dir=${dataDir}`, "--reset"]);
    expect((await second.exited).code).toBe(1);
    expect(second.output.trim()).toBe(
      `The data directory ${dataDir} is in use by another npm start. End that one, or choose another directory with --data-dir.`,
    );
    await readMarker();
  });

  test.each(names)("%s is started again after kill -9, and the console is told", async (name) => {
    const before = (await cluster.pids())[name]!;
    process.kill(before, "SIGKILL");
    await expect
      .poll(async () => (await cluster.components()).find((component) => component.name === name)?.restarts, {
        timeout: 20_000,
        interval: 50,
      })
      .toBe(1);
    await untilAllReady();
    expect((await cluster.pids())[name]).not.toBe(before);
    await readMarker();
  });

  test("after kill -9 of the parent the next start works, nothing stored is lost and nothing is left over", async () => {
    const earlier = await records();
    cluster.launcher.signal("SIGKILL");
    await cluster.launcher.exited;
    cluster = await startEmbedded({ dataDir, keepPages: true, limitMs });
    expect(earlier.filter(isRunning)).toEqual([]);
    await readMarker();
  });

  test("Ctrl-C ends everything in order, and a reset forgets what was stored", async () => {
    const running = await records();
    cluster.launcher.signal("SIGINT");
    expect(await cluster.launcher.exited).toEqual({ code: 0, signal: null });
    expect(running.filter(isRunning)).toEqual([]);
    expect(await strays()).toEqual([]);
    expect(await Promise.all([cluster.consolePort, cluster.gatewayPort].map(isPortFree))).toEqual([
      true,
      true,
    ]);

    cluster = await startEmbedded({ dataDir, keepPages: true, limitMs, extraArguments: ["--reset"] });
    await expect(readMarker()).rejects.toThrow(NotFoundError);
  });

  test("Ctrl-C during a start leaves nothing running", async () => {
    await cluster.stop();
    const launcher = new Launcher([
      `--data-dir=${dataDir}`,
      "--keep-pages",
      `--console-port=${cluster.consolePort}`,
      `--gateway-port=${cluster.gatewayPort}`,
    ]);
    await expect
      .poll(async () => Object.keys(await cluster.pids()), { timeout: 60_000, interval: 20 })
      .toContain("kube-apiserver");
    const running = await records();
    launcher.signal("SIGINT");
    expect((await launcher.exited).code).toBe(0);
    expect(running.filter(isRunning)).toEqual([]);
    expect(await strays()).toEqual([]);
  });
});
