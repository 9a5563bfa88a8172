import { pods } from "@kyma/kube/resource-types.ts";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isReady, podUrl, testContainer, TestNode, until } from "../testing/test-node.ts";
import type { Pod } from "./pod.ts";

const podCount = 50;
const truthfulWithinMs = 10_000;
let node: TestNode;
beforeAll(async () => {
  node = await TestNode.start();
}, 120_000);
afterAll(() => node.stop(), 60_000);

/** Processes of this machine that were started for pods of this node, by the run directory in their command line. */
function shims(): { pid: number; podUid: string }[] {
  const mark = join(node.dataDir, "pods/");
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const command = readCommand(Number(name));
    const at = command.indexOf(mark);
    return at < 0 || !command.includes("shim.sh")
      ? []
      : [{ pid: Number(name), podUid: command.slice(at + mark.length).split("/")[0] ?? "" }];
  });
}

function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** Shim and container are two processes with the shim's command line only while the container is being set up. */
function podsWithProcesses(): string[] {
  return [...new Set(shims().map(({ podUid }) => podUid))].sort();
}

const containerIds = (list: Pod[]): string[] =>
  list.map((pod) => pod.status?.containerStatuses?.[0]?.containerID ?? "");

test("a killed agent neither kills nor mutes pods; the next one adopts what runs, ends what is gone and tells the truth (R23)", async () => {
  const namespace = await node.namespace();
  const readinessProbe = { httpGet: { path: "/health", port: 8080 }, periodSeconds: 1 };
  const names = Array.from({ length: podCount }, (_, index) => `p${index}`);
  await Promise.all(
    names.map((name) =>
      node.pod(namespace, name, { containers: [testContainer("main", ["serve"], { readinessProbe })] }),
    ),
  );
  const list = async (): Promise<Pod[]> => (await node.client.list<Pod>(pods, { namespace })).items;
  await until("all pods are ready", async () => (await list()).filter(isReady).length === podCount, 60_000);
  const before = new Map((await list()).map((pod) => [pod.metadata.name, pod]));
  const at = (name: string): Pod => before.get(name) as Pod;

  await node.endAgent("SIGKILL");
  expect(podsWithProcesses()).toHaveLength(podCount);
  const answers = await Promise.all(names.map(async (name) => (await fetch(podUrl(at(name)))).text()));
  expect(answers).toEqual(names.map((name) => `hello from ${name}`));
  // Meanwhile five pods are deleted, and the processes of five others die.
  const [deleted, died, kept] = [names.slice(0, 5), names.slice(5, 10), names.slice(10)];
  await Promise.all(
    deleted.map((name) => node.client.delete(pods, { namespace, name }, { gracePeriodSeconds: 0 })),
  );
  const uidsOfDied = new Set(died.map((name) => at(name).metadata.uid));
  for (const { pid, podUid } of shims()) if (uidsOfDied.has(podUid)) process.kill(-pid, "SIGKILL");

  node.startAgent();
  await node.untilReady();
  const readyAt = Date.now();
  await until(
    "the dead are started again and all are ready",
    async () => {
      const now = await list();
      const restarted = now.filter((pod) => died.includes(pod.metadata.name));
      return (
        now.length === podCount - 5 &&
        now.every(isReady) &&
        restarted.every((pod) => pod.status?.containerStatuses?.[0]?.restartCount === 1)
      );
    },
    truthfulWithinMs,
  );
  await until(
    "the processes of deleted pods are gone",
    () => podsWithProcesses().length === podCount - 5,
    truthfulWithinMs,
  );
  expect(Date.now() - readyAt).toBeLessThan(truthfulWithinMs);

  const after = new Map((await list()).map((pod) => [pod.metadata.name, pod]));
  const keptAfter = kept.map((name) => after.get(name) as Pod);
  // The very same processes, addresses and starts: adopted, not replaced.
  expect(containerIds(keptAfter)).toEqual(containerIds(kept.map(at)));
  expect(keptAfter.map((pod) => pod.status?.podIP)).toEqual(kept.map((name) => at(name).status?.podIP));
  expect(podsWithProcesses()).toEqual([...after.values()].map((pod) => pod.metadata.uid ?? "").sort());
  const lost = after.get(died[0] ?? "")?.status?.containerStatuses?.[0]?.lastState.terminated;
  expect(lost).toMatchObject({ exitCode: 137, reason: "Error" });
  for (const name of deleted) await expect(fetch(podUrl(at(name)))).rejects.toThrow("fetch failed");
}, 240_000);

test("an adopted container goes on logging, and its end is seen", async () => {
  const namespace = await node.namespace();
  await node.pod(namespace, "p", { containers: [testContainer("main", ["count", "20"])] });
  const isRunning = ({ status }: Pod): boolean => status?.phase === "Running";
  const pod = await node.podIs(namespace, "p", "runs", isRunning);
  await node.endAgent("SIGKILL");
  await new Promise((resolve) => setTimeout(resolve, 500));
  node.startAgent();
  await node.untilReady();
  let seen = "";
  await until("the log goes on", async () => {
    seen = await text(await node.client.logs({ namespace, name: "p" }));
    return seen.split("\n").length > 60;
  });
  // Nothing was lost or doubled over the change of agents.
  const lines = seen.trimEnd().split("\n");
  expect(lines).toEqual(lines.map((_line, index) => `line ${index}`));
  const [shim] = shims().filter(({ podUid }) => podUid === pod.metadata.uid);
  process.kill(-(shim?.pid ?? 0), "SIGKILL");
  await node.podIs(
    namespace,
    "p",
    "was restarted",
    ({ status }) => status?.containerStatuses?.[0]?.restartCount === 1,
  );
}, 90_000);

test("an orderly end of the agent ends its pods; the next agent starts them again", async () => {
  const namespace = await node.namespace();
  const readinessProbe = { httpGet: { path: "/health", port: 8080 } };
  await node.pod(namespace, "p", { containers: [testContainer("main", ["serve"], { readinessProbe })] });
  const pod = await node.podReady(namespace, "p");
  await node.endAgent("SIGTERM");
  expect(shims()).toEqual([]);
  await expect(fetch(podUrl(pod))).rejects.toThrow("fetch failed");
  node.startAgent();
  await node.untilReady();
  const again = await node.podIs(
    namespace,
    "p",
    "runs again",
    (now) => isReady(now) && now.status?.containerStatuses?.[0]?.restartCount === 1,
  );
  expect(again.status?.podIP).toBe(pod.status?.podIP);
}, 90_000);
