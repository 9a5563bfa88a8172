import { expect, test } from "vitest";
import { groupByOwner, parseMachine, parsePss, parseUsage, type ProcessUsage } from "./processes.ts";
import { SampleRing } from "./ring.ts";
import { UsageSampler } from "./sampler.ts";

test("a process has used what it and its waited-for children have", () => {
  const line = "7 (a) b) S 1 7 7 0 -1 0 0 0 0 0 10 20 3 4 20 0 1 0 99 0 0";
  expect(parseUsage(line)).toEqual({ pid: 7, parent: 1, group: 7, session: 7, cpuTicks: 37 });
});

test("memory is the process's share", () => {
  expect(parsePss("Rss:  900 kB\nPss:   512 kB\nPss_Anon: 3 kB\n")).toBe(512 * 1024);
  expect(parsePss("")).toBeUndefined();
});

test("a machine's use leaves out idling and waiting", () => {
  const stat = "cpu  100 10 50 9999 888 5 5 0 0 0\ncpu0 1 1";
  const memory = "MemTotal:  1000 kB\nMemFree: 10 kB\nMemAvailable: 400 kB\n";
  expect(parseMachine(stat, memory)).toEqual({ cpuSeconds: 1.7, memoryBytes: 600 * 1024 });
});

test("a process belongs to its nearest ancestor's owner, an orphan to its session's", () => {
  const process = (pid: number, parent: number, session: number): ProcessUsage => ({
    pid,
    parent,
    session,
    group: session,
    cpuTicks: 1,
  });
  const processes = [
    process(10, 1, 10),
    process(11, 10, 10),
    process(12, 11, 12),
    process(13, 1, 10),
    process(20, 1, 20),
  ];
  const groups = groupByOwner(processes, new Map([[10, "own"]]));
  expect(groups.get("own")?.map(({ pid }) => pid)).toEqual([10, 11, 12, 13]);
  expect(groups.size).toBe(1);
});

test("a ring keeps the newest", () => {
  const ring = new SampleRing(3);
  for (const at of [1, 2, 3, 4, 5]) ring.push({ at, cpuCores: at / 10, memoryBytes: at });
  expect(ring.samples().map(({ at }) => at)).toEqual([3, 4, 5]);
  expect(ring.last).toEqual({ at: 5, cpuCores: 0.5, memoryBytes: 5 });
});

test("this very process is measured, and forgotten with its pod", async () => {
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "p", uid: "u" }, spec: { containers: [] } };
  const start = Date.now();
  let pods = [{ pod, roots: () => [{ container: "main", pids: [process.pid], startedAt: start - 60_000 }] }];
  const sampler = new UsageSampler(
    () => pods,
    (error) => {
      throw error;
    },
  );
  await sampler.sample(start);
  const [first] = sampler.pods();
  expect(first?.containers[0]?.samples.last?.memoryBytes).toBeGreaterThan(10 * 2 ** 20);
  expect(first?.containers[0]?.samples.last?.cpuCores).toBeGreaterThan(0);
  await sampler.sample(start + 15_000);
  expect(sampler.pods()[0]?.containers[0]?.samples.samples()).toHaveLength(2);
  expect(sampler.machine().samples.last?.memoryBytes).toBeGreaterThan(0);
  pods = [];
  await sampler.sample(start + 30_000);
  expect(sampler.pods()).toEqual([]);
});
