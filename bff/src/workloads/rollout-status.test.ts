import { expect, test } from "vitest";
import { rolloutOf } from "./rollout-status.ts";
import type { Pod, Workload } from "./workload-objects.ts";

function workload(kind: string, status: Workload["status"], spec: Partial<Workload["spec"]> = {}): Workload {
  return {
    apiVersion: "apps/v1",
    kind,
    metadata: { name: "web", generation: 2 },
    spec: { replicas: 3, template: { spec: { containers: [{ name: "a" }] } }, ...spec },
    status: { observedGeneration: 2, ...status },
  };
}
const progressing = (reason: string) => ({ conditions: [{ type: "Progressing", status: "True", reason }] });

const deployment = (status: Workload["status"], spec = {}) => workload("Deployment", status, spec);
const stateful = (status: Workload["status"], spec = {}) =>
  workload("StatefulSet", status, {
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 0 } },
    ...spec,
  });
const daemon = (status: Workload["status"], spec = {}) => workload("DaemonSet", status, spec);

// The sentences are those of `kubectl rollout status`.
const cases: [string, Workload, string][] = [
  [
    "Waiting for deployment spec update to be observed...",
    deployment({ observedGeneration: 1 }),
    "PROGRESSING",
  ],
  [
    'Waiting for deployment "web" rollout to finish: 1 out of 3 new replicas have been updated...',
    deployment({ replicas: 3, updatedReplicas: 1 }),
    "PROGRESSING",
  ],
  [
    'Waiting for deployment "web" rollout to finish: 1 out of 3 new replicas have been updated...',
    deployment({ replicas: 3, updatedReplicas: 1 }, { paused: true }),
    "PAUSED",
  ],
  [
    'Waiting for deployment "web" rollout to finish: 2 old replicas are pending termination...',
    deployment({ replicas: 5, updatedReplicas: 3 }),
    "PROGRESSING",
  ],
  [
    'Waiting for deployment "web" rollout to finish: 1 of 3 updated replicas are available...',
    deployment({ replicas: 3, updatedReplicas: 3, availableReplicas: 1 }),
    "PROGRESSING",
  ],
  [
    'deployment "web" successfully rolled out',
    deployment({ replicas: 3, updatedReplicas: 3, availableReplicas: 3 }),
    "COMPLETE",
  ],
  [
    'deployment "web" exceeded its progress deadline',
    deployment({ replicas: 3, updatedReplicas: 1, ...progressing("ProgressDeadlineExceeded") }),
    "STUCK",
  ],
  [
    "Waiting for statefulset spec update to be observed...",
    stateful({ observedGeneration: 1 }),
    "PROGRESSING",
  ],
  ["Waiting for 2 pods to be ready...", stateful({ replicas: 3, readyReplicas: 1 }), "PROGRESSING"],
  [
    "Waiting for partitioned roll out to finish: 1 out of 3 new pods have been updated...",
    stateful({ readyReplicas: 3, updatedReplicas: 1 }),
    "PROGRESSING",
  ],
  [
    "partitioned roll out complete: 3 new pods have been updated...",
    stateful({ readyReplicas: 3, updatedReplicas: 3 }),
    "COMPLETE",
  ],
  [
    "waiting for statefulset rolling update to complete 1 pods at revision web-2...",
    stateful(
      { readyReplicas: 3, updatedReplicas: 1, updateRevision: "web-2", currentRevision: "web-1" },
      { updateStrategy: { type: "RollingUpdate" } },
    ),
    "PROGRESSING",
  ],
  [
    'Waiting for daemon set "web" rollout to finish: 0 out of 2 new pods have been updated...',
    daemon({ desiredNumberScheduled: 2, updatedNumberScheduled: 0 }),
    "PROGRESSING",
  ],
  [
    'Waiting for daemon set "web" rollout to finish: 1 of 2 updated pods are available...',
    daemon({ desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1 }),
    "PROGRESSING",
  ],
  [
    'daemon set "web" successfully rolled out',
    daemon({ desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 }),
    "COMPLETE",
  ],
  [
    "rollout status is not tracked for strategy OnDelete: pods get a new template when they are deleted",
    daemon({ desiredNumberScheduled: 1, numberAvailable: 1 }, { updateStrategy: { type: "OnDelete" } }),
    "UNKNOWN",
  ],
  [
    "1 of 3 replicas are available...",
    workload("ReplicaSet", { replicas: 3, availableReplicas: 1 }),
    "PROGRESSING",
  ],
];

test.for(cases)("%s", ([sentence, object, state]) => {
  expect(rolloutOf(object, [])).toEqual({ sentence, state, problems: [] });
});

function pod(status: Pod["status"]): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web-1" },
    spec: { containers: [{ name: "a" }] },
    ...(status ? { status } : {}),
  };
}

test("a rollout whose pods cannot come up is stuck, with the pod's reason", () => {
  const crashing = pod({
    phase: "Running",
    containerStatuses: [
      {
        name: "a",
        restartCount: 3,
        state: {
          waiting: { reason: "CrashLoopBackOff", message: "back-off 40s restarting failed container=a" },
        },
        lastState: { terminated: { exitCode: 1, reason: "Error" } },
      },
    ],
  });
  const rollout = rolloutOf(deployment({ replicas: 3, updatedReplicas: 1 }), [
    crashing,
    pod({ phase: "Pending" }),
  ]);
  expect(rollout.state).toBe("STUCK");
  expect(rollout.problems).toEqual([
    {
      pod: "web-1",
      reason: "CrashLoopBackOff",
      message:
        "Container a: It ends again and again (3 restarts), so Kubernetes waits longer each time before it starts it anew. The last run ended like this: It ended with an error (exit code 1).",
    },
  ]);
});

test("no node, and no right to make pods, hold a rollout up too", () => {
  const conditions = [
    { type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/1 nodes are available" },
  ];
  const failure = {
    type: "ReplicaFailure",
    status: "True",
    reason: "FailedCreate",
    message: "exceeded quota",
  };
  const { problems } = rolloutOf(deployment({ conditions: [failure] }), [
    pod({ phase: "Pending", conditions }),
  ]);
  expect(problems).toEqual([
    { pod: null, reason: "FailedCreate", message: "exceeded quota" },
    { pod: "web-1", reason: "Unschedulable", message: "No node takes it: 0/1 nodes are available" },
  ]);
});
