import { expect, test } from "vitest";
import { type ContainerRecord, newRecord } from "../containers/record.ts";
import type { Pod } from "../pods/pod.ts";
import { podStatus, type PodFacts } from "./pod-status.ts";

const pod: Pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "p", namespace: "n", uid: "u", generation: 1 },
  spec: {
    initContainers: [{ name: "init", image: "kyma.local/a:1" }],
    containers: [{ name: "main", image: "kyma.local/a:1" }],
  },
};
const t0 = Date.UTC(2026, 0, 1);

function statusOf(
  states: Record<string, Partial<ContainerRecord>>,
  more: Partial<PodFacts> = {},
  before?: Pod["status"],
) {
  const records = new Map(
    Object.entries(states).map(([name, state]) => [
      name,
      { ...newRecord(name, name === "init", true), ...state },
    ]),
  );
  const facts: PodFacts = {
    podIp: "10.244.0.2",
    hostIp: "127.0.0.1",
    startTime: t0,
    records,
    step: { initialized: true },
    stopped: false,
    ...more,
  };
  return podStatus({ ...pod, ...(before ? { status: before } : {}) }, facts, t0 + 5000);
}

const exit = (exitCode: number) => ({
  exitCode,
  reason: exitCode === 0 ? "Completed" : "Error",
  startedAt: t0,
  finishedAt: t0 + 1000,
  containerId: "local://1",
});
const initDone: Partial<ContainerRecord> = { phase: "ended", exit: exit(0), everStarted: true };
const up: Partial<ContainerRecord> = {
  phase: "running",
  started: true,
  everStarted: true,
  startedAt: t0,
  ready: true,
};
const condition = (status: ReturnType<typeof podStatus>, type: string) =>
  status.conditions?.find((candidate) => candidate.type === type);

test("while an init container runs the pod is Pending and says whom it waits for", () => {
  const status = statusOf(
    { init: { phase: "running", everStarted: true, startedAt: t0 } },
    { step: { initialized: false } },
  );
  expect(status.phase).toBe("Pending");
  expect(condition(status, "Initialized")).toMatchObject({
    status: "False",
    message: "containers with incomplete status: [init]",
  });
  expect(status.containerStatuses?.[0]?.state).toEqual({ waiting: { reason: "PodInitializing" } });
});

test("running and ready", () => {
  const status = statusOf({ init: initDone, main: up });
  expect(status).toMatchObject({ phase: "Running", podIP: "10.244.0.2", hostIP: "127.0.0.1", reason: null });
  expect(condition(status, "Ready")).toMatchObject({ status: "True" });
  expect(status.initContainerStatuses?.[0]).toMatchObject({
    ready: true,
    state: { terminated: { reason: "Completed" } },
  });
  expect(status.containerStatuses?.[0]).toMatchObject({ ready: true, started: true, lastState: {} });
});

test("in a crash loop the container waits, and its last end stands in lastState", () => {
  const waiting = {
    reason: "CrashLoopBackOff",
    message: "back-off 10s restarting failed container=main pod=p_n(u)",
  };
  const status = statusOf({
    init: initDone,
    main: { ...up, phase: "ended", exit: exit(1), waiting, restartCount: 2 },
  });
  expect(status.phase).toBe("Running");
  expect(status.containerStatuses?.[0]).toMatchObject({
    ready: false,
    restartCount: 2,
    state: { waiting },
    lastState: { terminated: { exitCode: 1, reason: "Error" } },
  });
  expect(condition(status, "Ready")).toMatchObject({ status: "False", reason: "ContainersNotReady" });
});

test("a condition keeps its time until its status changes", () => {
  const first = statusOf({ init: initDone, main: up });
  const old =
    first.conditions?.map((each) => ({ ...each, lastTransitionTime: "2020-01-01T00:00:00Z" })) ?? [];
  const second = statusOf({ init: initDone, main: { ...up, ready: false } }, {}, { conditions: old });
  expect(condition(second, "Initialized")?.lastTransitionTime).toBe("2020-01-01T00:00:00Z");
  expect(condition(second, "Ready")?.lastTransitionTime).toBe("2026-01-01T00:00:05Z");
});

test("conditions of others stay, and a readiness gate holds Ready back", () => {
  const gated = { ...pod, spec: { ...pod.spec, readinessGates: [{ conditionType: "example.com/gate" }] } };
  const foreign = { type: "example.com/gate", status: "False" as const };
  const records = new Map([["main", { ...newRecord("main", false, false), ...up }]]);
  const facts = {
    podIp: "10.244.0.2",
    hostIp: "127.0.0.1",
    startTime: t0,
    records,
    step: { initialized: true },
    stopped: false,
  };
  const status = podStatus({ ...gated, status: { conditions: [foreign] } }, facts, t0);
  expect(status.conditions).toContainEqual(foreign);
  expect(condition(status, "Ready")).toMatchObject({ status: "False", reason: "ReadinessGatesNotReady" });
  expect(condition(status, "ContainersReady")).toMatchObject({ status: "True" });
});

test("a stopped pod is Succeeded only when every container ended well", () => {
  const phase = (exitCode: number) =>
    statusOf({ init: initDone, main: { ...up, phase: "ended", exit: exit(exitCode) } }, { stopped: true })
      .phase;
  expect(phase(0)).toBe("Succeeded");
  expect(phase(137)).toBe("Failed");
});
