import type { UnknownObject } from "@kyma/kube/objects.ts";
import { jobs, nodes, pods } from "@kyma/kube/resource-types.ts";
import { describe, expect, it } from "vitest";
import { factOf, podRequests } from "./facts.ts";
import { summarize } from "./summary.ts";
import { warningOf } from "./warning.ts";

function pod(name: string, fields: { spec?: object; status?: object }): UnknownObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "shop", uid: name, creationTimestamp: "2026-11-22T10:00:00Z" },
    spec: { containers: [] },
    ...fields,
  };
}

const asking = (cpu: string, memory: string) => ({
  containers: [{ name: "app", resources: { requests: { cpu, memory } } }],
});
const running = {
  phase: "Running",
  conditions: [{ type: "Ready", status: "True" }],
  containerStatuses: [{ name: "app", ready: true, state: { running: {} } }],
};
const crashing = {
  phase: "Running",
  containerStatuses: [{ name: "app", restartCount: 4, state: { waiting: { reason: "CrashLoopBackOff" } } }],
};
const node: UnknownObject = {
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "one", uid: "one" },
  status: {
    allocatable: { cpu: "2", memory: "4Gi", pods: "110" },
    conditions: [{ type: "Ready", status: "True" }],
  },
};

describe("summarize", () => {
  const facts = [
    factOf(nodes, node),
    factOf(pods, pod("well", { spec: asking("500m", "1Gi"), status: running })),
    factOf(pods, pod("ill", { spec: asking("250m", "512Mi"), status: crashing })),
    factOf(pods, pod("over", { spec: asking("1", "1Gi"), status: { phase: "Succeeded" } })),
  ];

  it("counts objects by kind and health", () => {
    const { kinds } = summarize(facts, [], true);
    expect(kinds.find(({ kind }) => kind === "Pod")).toMatchObject({ total: 3, ok: 2, error: 1 });
  });

  it("names what fails and why", () => {
    const { failing, failingTotal } = summarize(facts, [], true);
    expect(failingTotal).toBe(1);
    expect(failing[0]).toMatchObject({ name: "ill", namespace: "shop", state: { word: "CrashLoopBackOff" } });
  });

  it("holds requests of pods that are not over against what nodes have to give", () => {
    expect(summarize(facts, [], true).capacity).toEqual({
      nodes: 1,
      cpu: { allocatable: 2, requested: 0.75 },
      memory: { allocatable: 4 * 2 ** 30, requested: 1.5 * 2 ** 30 },
      pods: { allocatable: 110, requested: 2 },
    });
  });

  it("tells no capacity from a part of the pods", () => {
    expect(summarize(facts, [], false).capacity).toBeNull();
  });

  it("keeps the 50 worst of many and their exact number", () => {
    const many = Array.from({ length: 70 }, (_, index) =>
      factOf(pods, pod(`p${index}`, { status: crashing })),
    );
    const summary = summarize([...many, factOf(jobs, failedJob)], [], false);
    expect(summary.failing).toHaveLength(50);
    expect(summary.failingTotal).toBe(71);
  });

  it("shows the newest warnings first, of old and new Events alike", () => {
    const old = warningOf(event("old", { lastTimestamp: "2026-11-22T10:00:00Z", count: 7 }));
    const young = warningOf(event("young", { eventTime: "2026-11-22T11:00:00.000000Z" }));
    expect(summarize([], [old, young], false).warnings.map(({ key, count }) => [key, count])).toEqual([
      ["young", 1],
      ["old", 7],
    ]);
  });
});

const failedJob: UnknownObject = {
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name: "import", namespace: "shop", uid: "import" },
  status: {
    conditions: [{ type: "Failed", status: "True", message: "Job has reached the specified backoff limit" }],
  },
};

function event(name: string, times: object): UnknownObject {
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name, uid: name },
    type: "Warning",
    reason: "BackOff",
    involvedObject: { kind: "Pod", name: "ill", namespace: "shop" },
    ...times,
  };
}

describe("podRequests", () => {
  const init = (cpu: string, restartPolicy?: string) => ({
    ...(restartPolicy ? { restartPolicy } : {}),
    resources: { requests: { cpu } },
  });

  it("takes the largest start when it is more than what runs later", () => {
    const spec = { ...asking("100m", "0"), initContainers: [init("1"), init("500m")] };
    expect(podRequests(spec).cpu).toBe(1);
  });

  it("adds sidecars to what runs, and to the init containers after them", () => {
    const spec = { ...asking("1", "0"), initContainers: [init("500m", "Always"), init("2")] };
    expect(podRequests(spec).cpu).toBe(2.5);
    expect(podRequests({ ...asking("3", "0"), initContainers: [init("500m", "Always")] }).cpu).toBe(3.5);
  });

  it("adds the overhead of the pod", () => {
    expect(podRequests({ ...asking("1", "0"), overhead: { cpu: "250m" } }).cpu).toBe(1.25);
  });
});
