import { expect, test } from "vitest";
import { podState, podSummary } from "./pod-state.ts";

type Pod = Parameters<typeof podState>[0];
type Status = NonNullable<Pod["status"]>;
type ContainerStatus = NonNullable<Status["containerStatuses"]>[number];

function pod(status: Status, spec: Pod["spec"] = {}, metadata: Pod["metadata"] = {}): Pod {
  return { metadata, spec: { containers: [{ name: "a" }], ...spec }, status };
}
const running: ContainerStatus = { name: "a", ready: true, restartCount: 0, state: { running: {} } };
const waiting = (reason: string, name = "a"): ContainerStatus => ({ name, state: { waiting: { reason } } });
const ended = (exitCode: number, extra: object = {}, name = "a"): ContainerStatus => ({
  name,
  state: { terminated: { exitCode, ...extra } },
});
const ready = [{ type: "Ready", status: "True" }];

// The left side is what kubectl 1.36 prints in STATUS for such a pod.
const cases: [string, Pod, string][] = [
  ["Running", pod({ phase: "Running", conditions: ready, containerStatuses: [running] }), "OK"],
  ["Running", pod({ phase: "Running", containerStatuses: [{ ...running, ready: false }] }), "WARNING"],
  ["Pending", pod({ phase: "Pending" }), "PROGRESS"],
  [
    "ContainerCreating",
    pod({ phase: "Pending", containerStatuses: [waiting("ContainerCreating")] }),
    "PROGRESS",
  ],
  ["CrashLoopBackOff", pod({ phase: "Running", containerStatuses: [waiting("CrashLoopBackOff")] }), "ERROR"],
  ["ImagePullBackOff", pod({ phase: "Pending", containerStatuses: [waiting("ImagePullBackOff")] }), "ERROR"],
  ["OOMKilled", pod({ phase: "Running", containerStatuses: [ended(137, { reason: "OOMKilled" })] }), "ERROR"],
  ["ExitCode:3", pod({ phase: "Failed", containerStatuses: [ended(3)] }), "ERROR"],
  ["Signal:9", pod({ phase: "Failed", containerStatuses: [ended(137, { signal: 9 })] }), "ERROR"],
  ["Completed", pod({ phase: "Succeeded", containerStatuses: [ended(0, { reason: "Completed" })] }), "NONE"],
  ["Evicted", pod({ phase: "Failed", reason: "Evicted" }), "ERROR"],
  [
    "SchedulingGated",
    pod({
      phase: "Pending",
      conditions: [{ type: "PodScheduled", status: "False", reason: "SchedulingGated" }],
    }),
    "PROGRESS",
  ],
  [
    "NotReady",
    pod(
      { phase: "Running", containerStatuses: [ended(0, { reason: "Completed" }), { ...running, name: "b" }] },
      { containers: [{ name: "a" }, { name: "b" }] },
    ),
    "WARNING",
  ],
  [
    "Init:0/2",
    pod(
      {
        phase: "Pending",
        initContainerStatuses: [{ name: "i", state: { running: {} } }, waiting("PodInitializing", "j")],
      },
      { initContainers: [{ name: "i" }, { name: "j" }] },
    ),
    "PROGRESS",
  ],
  [
    "Init:1/2",
    pod(
      { phase: "Pending", initContainerStatuses: [ended(0, {}, "i"), waiting("PodInitializing", "j")] },
      { initContainers: [{ name: "i" }, { name: "j" }] },
    ),
    "PROGRESS",
  ],
  [
    "Init:Error",
    pod({ initContainerStatuses: [ended(1, { reason: "Error" }, "i")] }, { initContainers: [{ name: "i" }] }),
    "ERROR",
  ],
  [
    "Init:ExitCode:2",
    pod({ initContainerStatuses: [ended(2, {}, "i")] }, { initContainers: [{ name: "i" }] }),
    "ERROR",
  ],
  [
    "Init:CrashLoopBackOff",
    pod({ initContainerStatuses: [waiting("CrashLoopBackOff", "i")] }, { initContainers: [{ name: "i" }] }),
    "ERROR",
  ],
  [
    "Terminating",
    pod(
      { phase: "Running", conditions: ready, containerStatuses: [running] },
      {},
      { deletionTimestamp: "x" },
    ),
    "PROGRESS",
  ],
  ["Unknown", pod({ phase: "Running", reason: "NodeLost" }, {}, { deletionTimestamp: "x" }), "ERROR"],
];

test.for(cases)("%s", ([word, object, health]) => {
  expect(podSummary(object)).toMatchObject({ status: word, health });
  expect(podState(object)).toMatchObject({ word, health });
});

test("the sentence is that of the container whose state the word is", () => {
  const crashing = waiting("CrashLoopBackOff", "b");
  const object = pod({
    phase: "Running",
    containerStatuses: [
      running,
      {
        ...crashing,
        restartCount: 2,
        state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 10s" } },
        lastState: { terminated: { exitCode: 1, reason: "Error" } },
      },
    ],
  });
  expect(podState(object).sentence).toBe(
    "back-off 10s; Container b ended with exit code 1 (Error); restarted 2 times",
  );
  const unscheduled = pod({
    phase: "Pending",
    conditions: [{ type: "PodScheduled", status: "False", message: "0/1 nodes are available" }],
  });
  expect(podState(unscheduled).sentence).toBe("0/1 nodes are available");
});

test("a pod that ended stays what it was while it is deleted", () => {
  const done = pod(
    { phase: "Succeeded", containerStatuses: [ended(0, { reason: "Completed" })] },
    {},
    { deletionTimestamp: "x" },
  );
  expect(podSummary(done).status).toBe("Completed");
});

test("sidecars count as containers, and their restarts stay when the main ones run", () => {
  const object = pod(
    {
      phase: "Running",
      conditions: [...ready, { type: "Initialized", status: "True" }],
      initContainerStatuses: [
        { ...ended(0, {}, "once"), restartCount: 4 },
        { name: "proxy", ready: true, started: true, restartCount: 2, state: { running: {} } },
      ],
      containerStatuses: [
        {
          ...running,
          restartCount: 1,
          lastState: { terminated: { exitCode: 1, finishedAt: "2026-01-01T00:00:00Z" } },
        },
      ],
    },
    { initContainers: [{ name: "once" }, { name: "proxy", restartPolicy: "Always" }] },
  );
  expect(podSummary(object)).toMatchObject({
    readyContainers: 2,
    containers: 2,
    restarts: 3,
    lastRestart: "2026-01-01T00:00:00Z",
    isReady: true,
  });
});
