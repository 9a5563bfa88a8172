import { describe, expect, test } from "vitest";
import type { ContainerStatus, Deployment, KubeEvent, Pod, ReplicaSet } from "./kinds.ts";
import { type Observed, judgeRollout } from "./rollout.ts";

const now = Date.parse("2026-01-01T12:00:00Z");
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();
const revision = (number: string) => ({ "deployment.kubernetes.io/revision": number });

interface Progress {
  available: boolean;
  progressing: "complete" | "moving" | "overdue";
}

function deployment({ available, progressing }: Progress, status: Deployment["status"] = {}): Deployment {
  const reasons = {
    complete: "NewReplicaSetAvailable",
    moving: "ReplicaSetUpdated",
    overdue: "ProgressDeadlineExceeded",
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "hello", generation: 2, annotations: revision("2") },
    spec: { replicas: 1 },
    status: {
      observedGeneration: 2,
      updatedReplicas: 1,
      availableReplicas: available ? 1 : 0,
      conditions: [
        { type: "Available", status: available ? "True" : "False" },
        {
          type: "Progressing",
          status: progressing === "overdue" ? "False" : "True",
          reason: reasons[progressing],
          message: "it has timed out progressing",
        },
      ],
      ...status,
    },
  };
}

function replicaSet(number: string, availableReplicas: number): ReplicaSet {
  const metadata = { name: `hello-${number}`, uid: `rs-${number}`, annotations: revision(number) };
  return { apiVersion: "apps/v1", kind: "ReplicaSet", metadata, status: { availableReplicas } };
}

function pod(status: Pod["status"], owner = "rs-2"): Pod {
  const ownerReferences = [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: "hello", uid: owner }];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "hello-x", uid: "pod-1", ownerReferences },
    status: status ?? {},
  };
}

const container = (status: Partial<ContainerStatus>) =>
  pod({ containerStatuses: [{ name: "function", ...status }] });
const installer = (status: Partial<ContainerStatus>) =>
  pod({ initContainerStatuses: [{ name: "dependencies", ...status }] });
const ended = (exitCode: number, more: object = {}) => ({
  terminated: { exitCode, finishedAt: ago(5), ...more },
});

function judge(progress: Progress, pods: Pod[], more: Partial<Observed> = {}) {
  const older = replicaSet("1", 0);
  return judgeRollout({
    deployment: deployment(progress),
    change: "none",
    replicaSets: [replicaSet("2", 0), older],
    pods,
    mountEvents: [],
    memoryLimit: "256Mi",
    now,
    ...more,
  });
}

const moving: Progress = { available: false, progressing: "moving" };
const overdue: Progress = { available: false, progressing: "overdue" };

describe("steps", () => {
  test.each([
    ["created", undefined, "DeploymentCreated"],
    ["updated", undefined, "DeploymentUpdated"],
  ] as const)("just %s", (change, previousReason, reason) => {
    expect(judge(moving, [], { change, previousReason })).toMatchObject({ status: "Unknown", reason });
  });

  test.each([
    ["DeploymentCreated", "DeploymentCreated"],
    ["DeploymentReady", "DeploymentUpdated"],
  ])("not seen by the Deployment controller yet, after %s", (previousReason, reason) => {
    const unseen = deployment({ available: true, progressing: "complete" }, { observedGeneration: 1 });
    expect(judge(moving, [], { deployment: unseen, previousReason })).toMatchObject({
      status: "Unknown",
      reason,
    });
  });

  test("complete", () => {
    const state = judge({ available: true, progressing: "complete" }, [container({ ready: true })]);
    expect(state).toEqual({ status: "True", reason: "DeploymentReady", message: "The Function runs." });
  });

  test("scaled to zero", () => {
    const idle = deployment(
      { available: true, progressing: "complete" },
      { updatedReplicas: 0, availableReplicas: 0 },
    );
    const state = judge(moving, [], { deployment: { ...idle, spec: { replicas: 0 } } });
    expect(state).toMatchObject({ status: "True", message: expect.stringMatching(/scaled to 0/) });
  });

  test("a new version on its way, the old one available", () => {
    const state = judge({ available: true, progressing: "moving" }, [], {
      replicaSets: [replicaSet("1", 1), replicaSet("2", 0)],
    });
    expect(state).toMatchObject({ status: "Unknown", reason: "DeploymentWaiting" });
    expect(state.message).toBe("The new version is being rolled out. The previous version still serves.");
  });

  test("a complete roll-out whose pod fails later is not ready, but no failed roll-out", () => {
    const state = judge({ available: false, progressing: "complete" }, [
      container({ lastState: ended(1, { message: "Boom" }) }),
    ]);
    expect(state).toMatchObject({ status: "False", reason: "MinReplicasNotAvailable", message: "Boom." });
  });
});

describe("causes", () => {
  const failing: [string, Pod, string | RegExp][] = [
    [
      "a syntax error",
      container({
        state: { waiting: { reason: "CrashLoopBackOff" } },
        lastState: ended(1, { message: "SyntaxError in handler.js, line 3" }),
      }),
      "SyntaxError in handler.js, line 3.",
    ],
    ["a crash just now", container({ state: ended(1, { message: "No main.\n" }) }), "No main."],
    [
      "no last words",
      container({ state: ended(3) }),
      "The Function's process ended with exit code 3; see its log.",
    ],
    [
      "killed for not answering",
      container({ lastState: ended(137) }),
      /was killed \(exit code 137\).*health check/,
    ],
    [
      "out of memory",
      container({ state: ended(137, { reason: "OOMKilled" }) }),
      /memory limit of 256Mi.*OOMKilled/,
    ],
    [
      "a dependency that does not exist",
      installer({ state: ended(1, { message: "The package left-padd does not exist" }) }),
      "Dependencies could not be installed: The package left-padd does not exist.",
    ],
    [
      "an installer out of memory",
      installer({ state: ended(137, { reason: "OOMKilled" }) }),
      /installation.*OOMKilled/,
    ],
    [
      "an image that nobody has",
      container({
        state: { waiting: { reason: "ErrImagePull", message: "only images of this project run here" } },
      }),
      "The image cannot be pulled (ErrImagePull): only images of this project run here.",
    ],
    [
      "a Secret that is not there",
      container({
        state: { waiting: { reason: "CreateContainerConfigError", message: 'secret "keys" not found' } },
      }),
      'The pod cannot start: Secret "keys" does not exist.',
    ],
    [
      "a key that is not there",
      container({
        state: {
          waiting: {
            reason: "CreateContainerConfigError",
            message: "couldn't find key k in Secret shop/keys",
          },
        },
      }),
      "The pod cannot start: couldn't find key k in Secret shop/keys.",
    ],
    ["an evicted pod", pod({ phase: "Failed", reason: "Evicted" }), "The pod failed: Evicted."],
    [
      "a source that blocks",
      container({ started: false, state: { running: { startedAt: ago(16) } } }),
      /does not answer \/healthz yet/,
    ],
  ];
  test.each(failing)("%s", (_what, failed, message) => {
    const state = judge(moving, [failed]);
    expect(state).toMatchObject({ status: "False", reason: "DeploymentFailed" });
    expect(state.message).toMatch(message);
  });

  test("a Secret that cannot be mounted", () => {
    const message = 'MountVolume.SetUp failed for volume "keys" : secret "keys" not found';
    const event: KubeEvent = {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: "e" },
      involvedObject: { uid: "pod-1" },
      message,
    };
    const waiting = container({ state: { waiting: { reason: "ContainerCreating" } } });
    expect(judge(moving, [waiting], { mountEvents: [event] }).message).toBe(
      'The pod cannot start: Secret "keys" does not exist.',
    );
    const running = container({ ready: true, started: true, state: { running: { startedAt: ago(1) } } });
    const done = {
      ...running,
      status: { ...running.status, conditions: [{ type: "Initialized", status: "True" as const }] },
    };
    expect(judge(moving, [done], { mountEvents: [event] }).status).toBe("Unknown");
  });

  test("a quota that allows no pod", () => {
    const refused = deployment(moving);
    refused.status?.conditions?.push({
      type: "ReplicaFailure",
      status: "True",
      message: "exceeded quota: small",
    });
    const state = judge(moving, [], { deployment: refused });
    expect(state).toMatchObject({ status: "False", message: "No pod can be created: exceeded quota: small" });
  });

  test("pods of the older version do not count, and serve on", () => {
    const old = pod(
      { containerStatuses: [{ name: "function", lastState: ended(1, { message: "old" }) }] },
      "rs-1",
    );
    const bad = container({ state: ended(1, { message: "new" }) });
    const sets = [replicaSet("1", 1), replicaSet("2", 0)];
    const state = judge({ available: true, progressing: "moving" }, [old, bad], { replicaSets: sets });
    expect(state).toMatchObject({ status: "False", message: "new. The previous version still serves." });
  });
});

describe("time", () => {
  test("a process that is still starting is given 15 s, then looked at again", () => {
    const state = judge(overdue, [container({ started: false, state: { running: { startedAt: ago(5) } } })]);
    expect(state).toMatchObject({
      status: "Unknown",
      reason: "MinReplicasNotAvailable",
      recheckAfterMs: 10_000,
    });
  });

  test("an installation may take longer than the deadline", () => {
    const state = judge(overdue, [installer({ state: { running: { startedAt: ago(60) } } })]);
    expect(state).toMatchObject({ status: "Unknown", message: "The dependencies are being installed." });
  });

  test.each([
    [moving, "Unknown", "MinReplicasNotAvailable"],
    [overdue, "False", "DeploymentFailed"],
  ])("no node for the pod: %j", (progress, status, reason) => {
    const conditions = [{ type: "PodScheduled", status: "False" as const, message: "Insufficient memory" }];
    const state = judge(progress, [pod({ conditions })]);
    expect(state).toMatchObject({ status, reason, message: "No node takes the pod: Insufficient memory." });
  });

  test("past the deadline without a known cause", () => {
    expect(judge(overdue, [])).toMatchObject({
      status: "False",
      message: expect.stringMatching(/timed out progressing/),
    });
  });

  test("a restart is told for ten minutes though the Function runs again", () => {
    const ready: Progress = { available: true, progressing: "complete" };
    const restarted = (seconds: number) =>
      container({
        ready: true,
        lastState: { terminated: { exitCode: 137, reason: "OOMKilled", finishedAt: ago(seconds) } },
      });
    const state = judge(ready, [restarted(60)]);
    expect(state).toMatchObject({ status: "True", recheckAfterMs: 540_000 });
    expect(state.message).toMatch(/^Warning: a pod was restarted at .*memory limit of 256Mi/);
    expect(judge(ready, [restarted(601)])).toMatchObject({ message: "The Function runs." });
  });
});
