import { expect, test } from "vitest";
import { type ContainerRecord, newRecord } from "../containers/record.ts";
import { nextStep } from "./next-step.ts";
import type { Pod } from "./pod.ts";

function podOf(
  init: string[],
  main: string[],
  restartPolicy: "Always" | "OnFailure" | "Never" = "Always",
): Pod {
  const container = (name: string) => ({ name, image: "i" });
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p", namespace: "n", uid: "u" },
    spec: { restartPolicy, initContainers: init.map(container), containers: main.map(container) },
  };
}

function recordsOf(states: Record<string, Partial<ContainerRecord>>): Map<string, ContainerRecord> {
  return new Map(
    Object.entries(states).map(([name, state]) => [name, { ...newRecord(name, false, false), ...state }]),
  );
}

const ended = (exitCode: number, retryAt?: number): Partial<ContainerRecord> => ({
  phase: "ended",
  exit: { exitCode, reason: "Error", startedAt: 0, finishedAt: 0, containerId: "c" },
  ...(retryAt ? { retryAt } : {}),
});
const running: Partial<ContainerRecord> = { phase: "running" };
const now = 1000;

test("init containers go one after the other, then all others at once", () => {
  const pod = podOf(["i1", "i2"], ["a", "b"]);
  const step = (states: Record<string, Partial<ContainerRecord>>) =>
    nextStep(pod, recordsOf({ i1: {}, i2: {}, a: {}, b: {}, ...states }), now);
  expect(step({})).toMatchObject({ start: ["i1"], initialized: false });
  expect(step({ i1: running })).toMatchObject({ start: [], initialized: false });
  expect(step({ i1: ended(0) })).toMatchObject({ start: ["i2"], initialized: false });
  expect(step({ i1: ended(0), i2: ended(0) })).toMatchObject({ start: ["a", "b"], initialized: true });
});

test("a failed init container is tried again when its delay is over, or fails the pod when it may not be", () => {
  const states = recordsOf({ i: ended(1, 5000), a: {} });
  expect(nextStep(podOf(["i"], ["a"]), states, now)).toEqual({ start: [], wakeAt: 5000, initialized: false });
  expect(nextStep(podOf(["i"], ["a"]), states, 5000)).toMatchObject({ start: ["i"] });
  expect(nextStep(podOf(["i"], ["a"], "Never"), states, now)).toMatchObject({ start: [], outcome: "Failed" });
});

test("the restart policy decides who is started again", () => {
  const states = recordsOf({ a: ended(0), b: ended(1), c: running });
  const start = (policy: "Always" | "OnFailure" | "Never") =>
    nextStep(podOf([], ["a", "b", "c"], policy), states, now).start;
  expect(start("Always")).toEqual(["a", "b"]);
  expect(start("OnFailure")).toEqual(["b"]);
  expect(start("Never")).toEqual([]);
});

test("a pod is over when every container is over: failed when one of them failed", () => {
  const over = (codes: number[]) =>
    nextStep(
      podOf([], ["a", "b"], "Never"),
      recordsOf({ a: ended(codes[0] ?? 0), b: ended(codes[1] ?? 0) }),
      now,
    ).outcome;
  expect(over([0, 0])).toBe("Succeeded");
  expect(over([0, 3])).toBe("Failed");
});

test("the earliest delay wakes", () => {
  const step = nextStep(
    podOf([], ["a", "b", "c"]),
    recordsOf({ a: ended(1, 9000), b: ended(1, 4000), c: ended(1) }),
    now,
  );
  expect(step).toMatchObject({ start: ["c"], wakeAt: 4000 });
});

test("an ephemeral container starts at once, whatever the others do, and never again", () => {
  const pod = podOf(["init"], ["main"]);
  pod.spec.ephemeralContainers = [{ name: "debugger", image: "i" }];
  const step = (debuggerState: Partial<ContainerRecord>) =>
    nextStep(pod, recordsOf({ init: running, main: {}, debugger: debuggerState }), now);
  expect(step({})).toEqual({ start: ["debugger"], initialized: false });
  expect(step({ retryAt: now + 5 })).toEqual({ start: [], initialized: false, wakeAt: now + 5 });
  expect(step({ ...running, everStarted: true }).start).toEqual([]);
  expect(step({ ...ended(1), everStarted: true }).start).toEqual([]);
});
